using System.Text;

namespace Concierge.Protocol;

/// <summary>What clients, services and rooms may be called (protocol, sections "Identification" and "From the client").</summary>
public static class Names
{
    /// <summary>Whether a client may have that name: 1–64 Unicode letters, Unicode digits or <c>_</c>.</summary>
    public static bool IsClientName(string? name) => IsName(name, Limits.ClientName, alsoAllowed: "");

    /// <summary>Whether a service or room may have that name: 1–128 Unicode letters, Unicode digits or any of <c>_ - . / :</c>.</summary>
    public static bool IsServiceName(string? name) => IsName(name, Limits.ServiceName, alsoAllowed: "-./:");

    private static bool IsName(string? name, int limit, string alsoAllowed)
    {
        // A code point takes two chars at most: what is longer needs no look at its characters.
        if (string.IsNullOrEmpty(name) || name.Length > 2 * limit)
            return false;

        var length = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            length++;
            if (!Rune.IsLetterOrDigit(rune) && rune.Value != '_' && !(rune.IsAscii && alsoAllowed.Contains((char)rune.Value)))
                return false;
        }

        return length <= limit;
    }
}
