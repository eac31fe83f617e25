namespace Concierge.Protocol.WebSockets;

/// <summary>What a <see cref="MessageReader"/> found.</summary>
public enum MessageKind : byte
{
    /// <summary>A whole text message; its payload is valid UTF-8.</summary>
    Text,

    /// <summary>A whole binary message.</summary>
    Binary,

    /// <summary>A ping, to be answered with a pong of the same payload.</summary>
    Ping,

    /// <summary>A pong.</summary>
    Pong,

    /// <summary>The peer's close frame: the last thing that it says. To be answered with a close frame.</summary>
    Close,

    /// <summary>The peer broke RFC 6455 or went over the size limit: close with the code and the reason given here.</summary>
    Violation,
}

/// <summary>One thing that a WebSocket client said: a message, a control frame, or a breach of the rules.</summary>
public readonly struct InboundMessage
{
    private readonly ushort _code;

    internal InboundMessage(MessageKind kind, ReadOnlyMemory<byte> payload)
    {
        Kind = kind;
        Payload = payload;
    }

    private InboundMessage(MessageKind kind, CloseCode code, string? reason)
    {
        Kind = kind;
        _code = (ushort)code;
        Reason = reason;
    }

    /// <summary>What it is.</summary>
    public MessageKind Kind { get; }

    /// <summary>
    /// The unmasked bytes of a text, binary, ping or pong; empty for the others. A slice of the chunk that was read
    /// where the message lay in it as one frame, and so only valid as long as the chunk; else an array that is the caller's.
    /// </summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>
    /// The code of a close (null where the peer gave none; may be one that <see cref="CloseCode"/> has no name for) or the
    /// code to close with after a violation; null for the others.
    /// </summary>
    public CloseCode? Code => _code == 0 ? null : (CloseCode)_code;

    /// <summary>The peer's reason for closing, up to 123 bytes of UTF-8, or null if it gave none; of a violation, what was wrong.</summary>
    public string? Reason { get; }

    internal static InboundMessage Closing(CloseCode code, string? reason) => new(MessageKind.Close, code, reason);

    internal static InboundMessage Violation(CloseCode code, string reason) => new(MessageKind.Violation, code, reason);

    /// <summary>For logs: the kind, and the size or the code; never the payload.</summary>
    public override string ToString() => Kind switch
    {
        MessageKind.Close or MessageKind.Violation => $"{Kind} {_code} {Reason}",
        _ => $"{Kind} of {Payload.Length} bytes",
    };
}
