using System.Buffers;
using System.Text;

namespace Concierge.Protocol.WebSockets;

/// <summary>
/// The head of an HTTP/1.1 request (RFC 9112), as far as a WebSocket handshake is concerned: slices of the bytes that
/// came, and nothing else kept.
/// </summary>
internal ref struct RequestHead
{
    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private bool _upgradesToWebSocket;
    private bool _connectionUpgrades;

    public ReadOnlySpan<byte> Method { get; private set; }

    public ReadOnlySpan<byte> Target { get; private set; }

    public ReadOnlySpan<byte> Version { get; private set; }

    public int Hosts { get; private set; }

    public ReadOnlySpan<byte> Host { get; private set; }

    /// <summary>Which page a browser asks for; null where it is no browser. Repeated headers are joined, which is no page's.</summary>
    public string? Origin { get; private set; }

    public bool HasBody { get; private set; }

    public int Keys { get; private set; }

    public ReadOnlySpan<byte> Key { get; private set; }

    public int WebSocketVersions { get; private set; }

    public ReadOnlySpan<byte> WebSocketVersion { get; private set; }

    public string? Subprotocols { get; private set; }

    /// <summary>What is malformed in the head, if something is; the rest has been read as well as it could be.</summary>
    public string? Fault { get; private set; }

    /// <summary>
    /// Both headers are needed: an Upgrade that Connection doesn't name was meant for someone before us, and the request is an
    /// ordinary one (RFC 9110, section 7.8).
    /// </summary>
    public readonly bool IsWebSocketUpgrade => _upgradesToWebSocket && _connectionUpgrades;

    /// <param name="head">The request line and the headers, without the empty line.</param>
    public static RequestHead Parse(ReadOnlySpan<byte> head)
    {
        var request = new RequestHead();
        bool isFirst = true;
        foreach (Range line in head.Split("\r\n"u8))
        {
            if (isFirst) request.ReadRequestLine(head[line]);
            else request.ReadHeader(head[line]);
            isFirst = false;
        }

        return request;
    }

    /// <summary>The target's path without its query, of a target in origin form or absolute form (RFC 9112, section 3.2).</summary>
    public readonly bool TryGetPath(out ReadOnlySpan<byte> path)
    {
        path = Target;
        if (path.ContainsAnyExceptInRange((byte)'!', (byte)'~')) return false;

        int authority = path.IndexOf("://"u8);
        if (!path.StartsWith((byte)'/') && authority > 0)
        {
            path = path[(authority + 3)..];
            int slash = path.IndexOf((byte)'/');
            path = slash < 0 ? "/"u8 : path[slash..];
        }

        int end = path.IndexOfAny((byte)'?', (byte)'#');
        if (end >= 0) path = path[..end];
        return path.StartsWith((byte)'/');
    }

    private void ReadRequestLine(ReadOnlySpan<byte> line)
    {
        int first = line.IndexOf((byte)' ');
        int last = line.LastIndexOf((byte)' ');
        if (first < 0 || first == last)
        {
            Fault = "The request line must be a method, a target and a version.";
            return;
        }

        Method = line[..first];
        Target = line[(first + 1)..last];
        Version = line[(last + 1)..];
    }

    private void ReadHeader(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAnyExcept(TokenBytes) || line.ContainsAny((byte)'\r', (byte)'\n', (byte)0))
        {
            Fault = "A header must be a name, a colon and a value, on one line.";
            return;
        }

        ReadOnlySpan<byte> name = line[..colon];
        ReadOnlySpan<byte> value = Trim(line[(colon + 1)..]);

        // Most headers of a browser are none of these: the length alone tells.
        switch (name.Length)
        {
            case 4 when Is(name, "host"u8):
                Hosts++;
                Host = value;
                break;
            case 6 when Is(name, "origin"u8):
                Origin = Origin is null ? Encoding.Latin1.GetString(value) : $"{Origin}, {Encoding.Latin1.GetString(value)}";
                break;
            case 7 when Is(name, "upgrade"u8):
                _upgradesToWebSocket |= HasToken(value, "websocket"u8);
                break;
            case 10 when Is(name, "connection"u8):
                _connectionUpgrades |= HasToken(value, "upgrade"u8);
                break;
            case 14 when Is(name, "content-length"u8):
                HasBody |= !value.SequenceEqual("0"u8);
                break;
            case 17 when Is(name, "transfer-encoding"u8):
                HasBody = true;
                break;
            case 17 when Is(name, "sec-websocket-key"u8):
                Keys++;
                Key = value;
                break;
            case 21 when Is(name, "sec-websocket-version"u8):
                WebSocketVersions++;
                WebSocketVersion = value;
                break;
            case 22 when Is(name, "sec-websocket-protocol"u8):
                string more = Encoding.Latin1.GetString(value);
                Subprotocols = Subprotocols is null ? more : $"{Subprotocols}, {more}";
                break;
        }
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lowerCase) => Ascii.EqualsIgnoreCase(name, lowerCase);

    private static bool HasToken(ReadOnlySpan<byte> list, ReadOnlySpan<byte> lowerCase)
    {
        foreach (Range item in list.Split((byte)','))
        {
            if (Is(Trim(list[item]), lowerCase)) return true;
        }

        return false;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value) => value.Trim(" \t"u8);
}
