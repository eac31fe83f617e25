namespace Concierge.Protocol.WebSockets;

/// <summary>What a frame is (RFC 6455, section 5.2). The other ten values are reserved.</summary>
public enum Opcode : byte
{
    /// <summary>A further fragment of the message that a text or binary frame began.</summary>
    Continuation = 0x0,

    /// <summary>A text message, or its first fragment.</summary>
    Text = 0x1,

    /// <summary>A binary message, or its first fragment.</summary>
    Binary = 0x2,

    /// <summary>The end of the conversation, with a code and a reason if the sender gave them.</summary>
    Close = 0x8,

    /// <summary>A question whether the other side is there.</summary>
    Ping = 0x9,

    /// <summary>The answer to a ping, with its payload; or a sign of life that nobody asked for.</summary>
    Pong = 0xA,
}
