using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Concierge.Protocol.WebSockets;

// The two answers to a handshake, as the bytes to send.
public abstract partial record Handshake
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The response that opens the WebSocket: 101, after which both sides send frames (RFC 6455, section 4.2.2).</summary>
    /// <param name="key">The client's Sec-WebSocket-Key, as in <see cref="Upgrade"/>.</param>
    /// <param name="subprotocol">One that the client offered, or null to name none.</param>
    /// <exception cref="ArgumentException">The key is not of 24 characters, or the subprotocol is no token.</exception>
    public static byte[] Accept(string key, string? subprotocol = null)
    {
        if (key.Length != KeySize)
        {
            throw new ArgumentException($"Sec-WebSocket-Key has {key.Length} characters; expected {KeySize}.", nameof(key));
        }

        if (subprotocol is not null && (subprotocol.Length == 0 || subprotocol.AsSpan().ContainsAnyExcept(TokenCharacters)))
        {
            throw new ArgumentException($"'{subprotocol}' is no subprotocol's name; expected a token as in HTTP.", nameof(subprotocol));
        }

        ReadOnlySpan<byte> start =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"u8 + "Sec-WebSocket-Accept: "u8;
        ReadOnlySpan<byte> naming = "\r\nSec-WebSocket-Protocol: "u8;
        ReadOnlySpan<byte> end = "\r\n\r\n"u8;
        const int ProofSize = 28;

        var response = new byte[start.Length + ProofSize + (subprotocol is null ? 0 : naming.Length + subprotocol.Length) + end.Length];
        Span<byte> rest = response;
        Append(ref rest, start);
        Span<byte> proof = stackalloc byte[ProofSize];
        Prove(key, proof);
        Append(ref rest, proof);
        if (subprotocol is not null)
        {
            Append(ref rest, naming);
            rest = rest[Encoding.ASCII.GetBytes(subprotocol, rest)..];
        }

        Append(ref rest, end);
        return response;
    }

    /// <summary>Sec-WebSocket-Accept, for a response that somebody else writes.</summary>
    /// <param name="key">The client's Sec-WebSocket-Key, for which <see cref="IsKey(string)"/> holds.</param>
    public static string Proof(string key)
    {
        Span<byte> proof = stackalloc byte[28];
        Prove(key, proof);
        return Encoding.ASCII.GetString(proof);
    }

    /// <summary>A complete response in plain text that refuses the request; the connection is to be closed after it.</summary>
    /// <param name="status">The status code, 400 to 599.</param>
    /// <param name="reasonPhrase">The status in words, such as <c>Service Unavailable</c>.</param>
    /// <param name="body">For whoever sees the response; sent as UTF-8.</param>
    /// <param name="headers">Headers beyond Content-Type, Content-Length and Connection: close.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is no error's.</exception>
    /// <exception cref="ArgumentException">The phrase or a header is not in visible ASCII.</exception>
    public static byte[] Refuse(int status, string reasonPhrase, string body, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);

        var head = new StringBuilder($"HTTP/1.1 {status} {Checked(reasonPhrase)}\r\nConnection: close\r\n");
        foreach ((string name, string value) in headers) head.Append($"{Checked(name)}: {Checked(value)}\r\n");
        head.Append($"Content-Type: text/plain; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n");
        return Encoding.UTF8.GetBytes(head.Append(body).ToString());
    }

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 asks for SHA-1 here, and not for secrecy.")]
    private static void Prove(string key, Span<byte> proof)
    {
        ReadOnlySpan<byte> id = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8;
        Span<byte> question = stackalloc byte[KeySize + id.Length];
        Encoding.ASCII.GetBytes(key, question);
        id.CopyTo(question[KeySize..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(question, hash);
        Base64.EncodeToUtf8(hash, proof, out _, out _);
    }

    private static void Append(ref Span<byte> rest, scoped ReadOnlySpan<byte> part)
    {
        part.CopyTo(rest);
        rest = rest[part.Length..];
    }

    // A line break here would let a value write headers of its own.
    private static string Checked(string text) => text.AsSpan().ContainsAnyExceptInRange(' ', '~')
        ? throw new ArgumentException($"'{text}' can't stand in a response's head; expected visible ASCII and spaces.")
        : text;
}
