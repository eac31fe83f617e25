using System.Buffers.Binary;

namespace Concierge.Protocol.WebSockets;

/// <summary>
/// What the first bytes of a client's frame say, as far as they have arrived (RFC 6455, section 5.2). A breach that one
/// frame alone shows is found as soon as the byte is there that shows it.
/// </summary>
internal readonly ref struct FrameHeader
{
    /// <summary>Two bytes, eight more of length, four of the masking key.</summary>
    public const int MaxSize = 14;

    /// <summary>A control frame's payload (section 5.5).</summary>
    public const int MaxControlPayload = 125;

    /// <summary>Bytes of the whole header, or 0 while some are missing.</summary>
    public int Size { get; private init; }

    public Opcode Opcode { get; private init; }

    public bool IsFinal { get; private init; }

    /// <summary>Bytes of the payload, or -1 while unknown.</summary>
    public long Length { get; private init; }

    /// <summary>As <see cref="Masking.Apply"/> takes it.</summary>
    public uint Key { get; private init; }

    /// <summary>What breaks the protocol, if something does; the other properties mean nothing then.</summary>
    public string? Violation { get; private init; }

    /// <param name="bytes">At least one byte, of which the first is a frame's first.</param>
    public static FrameHeader Read(ReadOnlySpan<byte> bytes)
    {
        var opcode = (Opcode)(bytes[0] & 0x0F);
        bool isFinal = (bytes[0] & 0x80) != 0;
        if ((bytes[0] & 0x70) != 0) return Broken("a reserved bit is set, though no extension was agreed on");
        if (opcode is not (<= Opcode.Binary or (>= Opcode.Close and <= Opcode.Pong))) return Broken($"opcode {(byte)opcode} is reserved");
        if (opcode.IsControl() && !isFinal) return Broken("a control frame is fragmented");
        var known = new FrameHeader { Opcode = opcode, IsFinal = isFinal, Length = -1 };
        if (bytes.Length < 2) return known;

        int shortLength = bytes[1] & 0x7F;
        if ((bytes[1] & 0x80) == 0) return Broken("a client's frame is not masked");
        if (opcode.IsControl() && shortLength > MaxControlPayload) return Broken("a control frame is over 125 bytes");

        int lengthEnd = shortLength switch { < 126 => 2, 126 => 4, _ => 10 };
        if (bytes.Length < lengthEnd) return known;
        ulong length = shortLength switch
        {
            < 126 => (ulong)shortLength,
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            _ => BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
        };
        if (length > long.MaxValue) return Broken("the top bit of a 64-bit length is set");
        if (length < lengthEnd switch { 2 => 0u, 4 => 126u, _ => 65536u }) return Broken("a length is not encoded in the fewest bytes");

        bool isWhole = bytes.Length >= lengthEnd + sizeof(uint);
        return new FrameHeader
        {
            Opcode = opcode,
            IsFinal = isFinal,
            Length = (long)length,
            Size = isWhole ? lengthEnd + sizeof(uint) : 0,
            Key = isWhole ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[lengthEnd..]) : 0,
        };
    }

    private static FrameHeader Broken(string violation) => new() { Violation = violation };
}

internal static class OpcodeExtensions
{
    /// <summary>Close, ping and pong may stand between the fragments of a message, and are never fragmented (section 5.4).</summary>
    public static bool IsControl(this Opcode opcode) => ((byte)opcode & 0x8) != 0;
}
