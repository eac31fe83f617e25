using System.Buffers.Binary;
using System.Text;

namespace Concierge.EndToEnd.Tests.Wire;

public enum Opcode
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>A frame as the server sent it.</summary>
public sealed record Frame(Opcode Opcode, bool IsFinal, byte[] Payload)
{
    public string Text => Encoding.UTF8.GetString(Payload);

    /// <summary>The code of a close frame; 1005 where it has none (RFC 6455, section 7.4.1).</summary>
    public int CloseCode => Payload.Length < 2 ? 1005 : BinaryPrimitives.ReadUInt16BigEndian(Payload);

    /// <summary>
    /// The bytes of a client's frame, masked as RFC 6455 demands. Its header tells the length that is
    /// <paramref name="announced"/>, where that isn't the payload's.
    /// </summary>
    public static byte[] Masked(Opcode opcode, ReadOnlySpan<byte> payload, bool isFinal = true, ulong? announced = null)
    {
        ReadOnlySpan<byte> mask = [0x1B, 0x5E, 0xA7, 0x90];
        byte first = (byte)((isFinal ? 0x80 : 0) | (int)opcode);
        ulong length = announced ?? (ulong)payload.Length;
        Span<byte> extended = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(extended, length);

        byte[] header = length switch
        {
            < 126 => [first, (byte)(0x80 | length)],
            <= ushort.MaxValue => [first, 0x80 | 126, .. extended[6..]],
            _ => [first, 0x80 | 127, .. extended],
        };
        byte[] masked = payload.ToArray();
        for (int i = 0; i < masked.Length; i++) masked[i] ^= mask[i % 4];
        return [.. header, .. mask, .. masked];
    }

    public static byte[] Masked(string text) => Masked(Opcode.Text, Encoding.UTF8.GetBytes(text));

    /// <summary>A close frame from the client.</summary>
    public static byte[] MaskedClose(int code)
    {
        Span<byte> payload = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        return Masked(Opcode.Close, payload);
    }
}
