using NuGet.Versioning;

namespace Concierge.Protocol;

/// <summary>The version of the protocol, and which versions of it a client may speak (protocol, section "Identification").</summary>
public static class ProtocolVersion
{
    /// <summary>The version that this library speaks.</summary>
    public const string Current = "0.2.0";

    // Longer than any version that people write, short enough that a hostile one costs nothing.
    private const int Longest = 256;

    private static readonly SemanticVersion Next = new(0, 3, 0);
    private static readonly SemanticVersion Oldest = SemanticVersion.Parse(Current);

    /// <summary>
    /// Whether a client of that version is let in: a semantic version of three parts that satisfies <c>^0.2.0</c>
    /// (≥ 0.2.0, &lt; 0.3.0). Pre-releases are refused, build metadata makes no difference.
    /// </summary>
    public static bool IsAccepted(string? version) =>
        version is { Length: <= Longest }
        && SemanticVersion.TryParse(version, out var parsed)
        && !parsed.IsPrerelease
        && parsed >= Oldest
        && parsed < Next;
}
