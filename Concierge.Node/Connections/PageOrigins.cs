namespace Concierge.Node.Connections;

/// <summary>
/// From which pages browsers may connect. A browser lets any page open a WebSocket to any host that it reaches, this machine included, and says only
/// which page it was (Origin: RFC 6455, section 10.2): whom that lets in is for the server to decide. Programs that are no browsers say nothing, and
/// could say anything: they are not concerned.
/// </summary>
public sealed class PageOrigins
{
    private const string Any = "*", Own = "self";

    private readonly HashSet<string> _allowed;

    private PageOrigins(HashSet<string> allowed) => _allowed = allowed;

    /// <summary>Takes what the configuration has.</summary>
    /// <param name="words"><c>*</c> for all pages, <c>self</c> for this node's own, and origins such as <c>https://hub.example:8443</c>.</param>
    /// <returns>Null where one of them is none of these, or there is none.</returns>
    public static PageOrigins? Parse(IReadOnlyCollection<string> words) =>
        words.Count > 0 && words.All(word => word is Any or Own || IsOrigin(word)) ? new PageOrigins(new HashSet<string>(words, StringComparer.OrdinalIgnoreCase)) : null;

    /// <summary>Whether a page is one that this node served, or a proxy before it, as far as its browser tells.</summary>
    /// <param name="origin">The browser's Origin.</param>
    /// <param name="host">The Host that it asks.</param>
    // A browser writes host and port the same way into both. The scheme is the page's, and a proxy that speaks TLS changes it. A page
    // that has no address of its own, a sandboxed one for example, has the origin null.
    public static bool IsOwn(string origin, string host) =>
        host.Length > 0
        && (origin.Equals("http://" + host, StringComparison.OrdinalIgnoreCase) || origin.Equals("https://" + host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a WebSocket may be opened.</summary>
    /// <param name="origin">The browser's Origin; null where it is no browser.</param>
    /// <param name="host">The Host that it asks.</param>
    public bool Allow(string? origin, string host) =>
        origin is null || _allowed.Contains(Any) || _allowed.Contains(origin) || (_allowed.Contains(Own) && IsOwn(origin, host));

    // As a browser writes it: without a path, and without the scheme's own port.
    private static bool IsOrigin(string word) =>
        Uri.TryCreate(word, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        && url.GetLeftPart(UriPartial.Authority).Equals(word, StringComparison.OrdinalIgnoreCase);
}
