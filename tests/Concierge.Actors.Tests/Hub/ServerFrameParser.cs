using System.Buffers.Binary;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Tests.Hub;

/// <summary>Takes apart what a server sent, as a client sees it: unmasked frames, none of them fragmented.</summary>
internal sealed class ServerFrameParser
{
    private byte[] _rest = [];

    public IEnumerable<(Opcode Opcode, byte[] Payload)> Parse(byte[] bytes)
    {
        byte[] all = [.. _rest, .. bytes];
        int at = 0;
        while (TryRead(all.AsMemory(at), out Opcode opcode, out ReadOnlyMemory<byte> payload, out int size))
        {
            yield return (opcode, payload.ToArray());
            at += size;
        }
        _rest = all[at..];
    }

    private static bool TryRead(ReadOnlyMemory<byte> memory, out Opcode opcode, out ReadOnlyMemory<byte> payload, out int size)
    {
        ReadOnlySpan<byte> bytes = memory.Span;
        (opcode, payload, size) = (default, default, 0);
        if (bytes.Length < 2) return false;

        int header = bytes[1] switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < header) return false;
        int length = header switch
        {
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            10 => (int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            _ => bytes[1],
        };
        size = header + length;
        if (bytes.Length < size) return false;

        opcode = (Opcode)(bytes[0] & 0x0F);
        payload = memory.Slice(header, length);
        return true;
    }
}
