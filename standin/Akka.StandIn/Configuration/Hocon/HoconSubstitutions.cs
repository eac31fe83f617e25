namespace Akka.Configuration.Hocon;

/// <summary>Resolves a text's substitutions once it has been read to its end, so the last assignment counts.</summary>
internal static class HoconSubstitutions
{
    // Deeper than any text nests; a chain of substitutions this long is a mistake, too.
    private const int MaximumDepth = 1000;

    /// <exception cref="FormatException">A substitution refers to a path that isn't there, or to itself.</exception>
    public static void Resolve(HoconValue root, IReadOnlyList<HoconSubstitution> substitutions)
    {
        if (substitutions.Count == 0)
            return;
        var config = new Config(new HoconRoot(root));
        foreach (var substitution in substitutions)
            substitution.Resolved = null;
        foreach (var substitution in substitutions)
        {
            substitution.Resolved = config.GetValue(substitution.Path)
                ?? throw new FormatException($"{substitution.Where}: unresolved substitution ${{{substitution.Path}}}; expected a path of the same text.");
        }

        RefuseCycles(root, [], [], 0);
    }

    private static void RefuseCycles(HoconValue value, HashSet<HoconValue> open, HashSet<HoconValue> done, int depth)
    {
        if (done.Contains(value))
            return;
        if (!open.Add(value) || depth > MaximumDepth)
            throw new FormatException("A substitution refers to itself, directly or through others.");
        foreach (var element in value.Elements)
        {
            var children = element switch
            {
                HoconSubstitution { Resolved: { } resolved } => [resolved],
                HoconObject inner => inner.Items.Values,
                HoconList list => list.List,
                _ => (IEnumerable<HoconValue>)[],
            };
            foreach (var child in children)
                RefuseCycles(child, open, done, depth + 1);
        }

        open.Remove(value);
        done.Add(value);
    }
}
