namespace Concierge.Hosting.Configuration;

/// <summary>Guesses what somebody meant to type.</summary>
internal static class Nearest
{
    /// <summary>The candidate fewest edits away, or null where none is near enough to be meant.</summary>
    public static string? To(string typed, IEnumerable<string> candidates)
    {
        var best = candidates.Select(candidate => (candidate, distance: Distance(typed, candidate))).MinBy(pair => pair.distance);
        return best.candidate is not null && best.distance <= Math.Max(2, typed.Length / 4) ? best.candidate : null;
    }

    /// <summary>Levenshtein's distance: insertions, deletions and replacements of one character.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
