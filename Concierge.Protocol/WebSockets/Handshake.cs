using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Concierge.Protocol.WebSockets;

/// <summary>
/// What the beginning of a connection is: a WebSocket's opening handshake (RFC 6455, section 4.2), a faulty one, or something
/// for HTTP. <see cref="Read"/> decides; <see cref="Accept"/> and <see cref="Refuse"/> make the answers.
/// </summary>
public abstract partial record Handshake
{
    /// <summary>The longest request head that is looked at, in bytes.</summary>
    public const int MaxHeadSize = 16 * 1024;

    /// <summary>Base64 of the 16 bytes that a key is.</summary>
    private const int KeySize = 24;

    private Handshake()
    {
    }

    /// <summary>Looks at the first bytes of a connection.</summary>
    /// <remarks>Keeps nothing: after <see cref="Incomplete"/>, call it again when there is more.</remarks>
    /// <param name="input">All that has arrived, from the first byte on.</param>
    public static Handshake Read(in ReadOnlySequence<byte> input)
    {
        ReadOnlySequence<byte> start = input.Length > MaxHeadSize ? input.Slice(0, MaxHeadSize) : input;
        if (start.IsSingleSegment) return Decide(start.FirstSpan, input);

        byte[] joined = ArrayPool<byte>.Shared.Rent(MaxHeadSize);
        start.CopyTo(joined);
        Handshake found = Decide(joined.AsSpan(0, (int)start.Length), input);
        ArrayPool<byte>.Shared.Return(joined);
        return found;
    }

    private static Handshake Decide(ReadOnlySpan<byte> start, in ReadOnlySequence<byte> input)
    {
        if (start.IsEmpty) return Incomplete.Instance;
        if (!MayBeRequest(start)) return NotUpgrade.Instance;

        int lines = start.IndexOf("\r\n\r\n"u8);
        if (lines < 0) return start.Length < MaxHeadSize ? Incomplete.Instance : NotUpgrade.Instance;

        RequestHead head = RequestHead.Parse(start[..lines]);
        return head.IsWebSocketUpgrade ? Judge(head, input.GetPosition(lines + 4)) : NotUpgrade.Instance;
    }

    // So that TLS and other noise on this port gets HTTP's answer at once, instead of waiting here for a head that never ends.
    private static bool MayBeRequest(ReadOnlySpan<byte> start)
    {
        int lineFeed = start.IndexOf((byte)'\n');
        return char.IsAsciiLetterUpper((char)start[0]) && (lineFeed < 0 || start[lineFeed - 1] == '\r');
    }

    private static Handshake Judge(in RequestHead head, SequencePosition end)
    {
        if (head.Fault is not null) return Bad(head.Fault);
        if (!head.Version.SequenceEqual("HTTP/1.1"u8)) return Bad("A WebSocket handshake is an HTTP/1.1 request.");
        if (!head.Method.SequenceEqual("GET"u8)) return Bad("A WebSocket handshake is a GET request.");
        if (head.Hosts != 1) return Bad("A WebSocket handshake has exactly one Host header.");
        if (head.HasBody) return Bad("A WebSocket handshake has no body.");
        if (head.WebSocketVersions != 1 || !head.WebSocketVersion.SequenceEqual("13"u8)) return Invalid.Version;
        if (head.Keys != 1 || !IsKey(head.Key)) return Bad("Sec-WebSocket-Key must be there once, with 16 bytes in base64.");
        if (!head.TryGetPath(out ReadOnlySpan<byte> path)) return Bad("The request's target must be a path or an http URL, in visible ASCII.");

        return new Upgrade(
            Encoding.ASCII.GetString(path), Encoding.ASCII.GetString(head.Key), head.Subprotocols ?? "", Encoding.Latin1.GetString(head.Host), head.Origin, end);
    }

    private static Invalid Bad(string what) => new(400, Refuse(400, "Bad Request", what));

    /// <summary>Whether this is a Sec-WebSocket-Key: base64 of 16 bytes.</summary>
    public static bool IsKey(string key) => key.Length == KeySize && IsKey(Encoding.ASCII.GetBytes(key));

    private static bool IsKey(ReadOnlySpan<byte> key)
    {
        Span<byte> nonce = stackalloc byte[16 + 2];
        return key.Length == KeySize
            && Base64.DecodeFromUtf8(key, nonce, out int read, out int written) == OperationStatus.Done && read == KeySize && written == 16;
    }

    /// <summary>The head's end has not arrived; nothing is decided.</summary>
    public sealed record Incomplete : Handshake
    {
        internal static Incomplete Instance { get; } = new();
    }

    /// <summary>Something else, to be left to HTTP from its first byte on.</summary>
    public sealed record NotUpgrade : Handshake
    {
        internal static NotUpgrade Instance { get; } = new();
    }

    /// <summary>A sound handshake, to be answered with <see cref="Accept"/> or <see cref="Refuse"/>.</summary>
    /// <param name="Path">The path as sent, without query and not percent-decoded; starts with <c>/</c>.</param>
    /// <param name="Key">Sec-WebSocket-Key: base64 of 16 bytes.</param>
    /// <param name="Subprotocols">Sec-WebSocket-Protocol as sent, a list separated by commas; repeated headers joined; or empty.</param>
    /// <param name="Host">Host as sent: the host, and the port where it isn't the usual one.</param>
    /// <param name="Origin">Origin as sent, which names the page that a browser connects for (RFC 6455, section 10.2); null where there is none.</param>
    /// <param name="End">Where in the input the head ends and the first frame begins.</param>
    public sealed record Upgrade(string Path, string Key, string Subprotocols, string Host, string? Origin, SequencePosition End) : Handshake
    {
        /// <summary>Whether the client offers a subprotocol. Names are compared with case (RFC 6455, section 11.3.4).</summary>
        public bool Offers(string subprotocol)
        {
            ReadOnlySpan<char> offered = Subprotocols;
            foreach (Range item in offered.Split(','))
            {
                if (offered[item].Trim(" \t").SequenceEqual(subprotocol)) return true;
            }

            return false;
        }
    }

    /// <summary>A wrong WebSocket handshake. The response says so; the connection is to be closed after it.</summary>
    /// <param name="Status">426 if it asks for another version than 13, else 400.</param>
    /// <param name="Response">The response's bytes, shared: not to be changed.</param>
    public sealed record Invalid(int Status, ReadOnlyMemory<byte> Response) : Handshake
    {
        /// <summary>Section 4.4: tells which version would do.</summary>
        internal static Invalid Version { get; } = new(426, Refuse(
            426,
            "Upgrade Required",
            "Sec-WebSocket-Version must be 13.",
            ("Connection", "Upgrade"),
            ("Upgrade", "websocket"),
            ("Sec-WebSocket-Version", "13")));
    }
}
