namespace Akka.Configuration.Hocon;

/// <summary>
/// What parsing a text gave. The substitutions travel with it because the text that includes it resolves them anew, under the
/// path where it is included.
/// </summary>
public class HoconRoot
{
    public HoconRoot(HoconValue value) : this(value, [])
    {
    }

    internal HoconRoot(HoconValue value, IReadOnlyList<HoconSubstitution> substitutions)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
        Substitutions = substitutions;
    }

    public HoconValue Value { get; }

    internal IReadOnlyList<HoconSubstitution> Substitutions { get; }
}
