using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Tests.Hub;

/// <summary>Writes frames as a client does: masked.</summary>
internal static class ClientFrames
{
    private static readonly byte[] Key = [0x37, 0xfa, 0x21, 0x3d];

    public static byte[] Text(string text) => Frame(Opcode.Text, Encoding.UTF8.GetBytes(text));

    public static byte[] Text(ClientPayload payload)
    {
        var text = new ArrayBufferWriter<byte>();
        ClientPayloadWriter.Write(text, payload);
        return Frame(Opcode.Text, text.WrittenSpan);
    }

    public static byte[] Close(CloseCode code)
    {
        byte[] payload = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        return Frame(Opcode.Close, payload);
    }

    public static byte[] Frame(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        byte first = (byte)(0x80 | (byte)opcode);
        byte[] header = payload.Length switch
        {
            < 126 => [first, (byte)(0x80 | payload.Length)],
            <= ushort.MaxValue => [first, 0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ => [first, 0x80 | 127, 0, 0, 0, 0, .. BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(payload.Length))],
        };
        byte[] masked = payload.ToArray();
        for (int i = 0; i < masked.Length; i++) masked[i] ^= Key[i % Key.Length];
        return [.. header, .. Key, .. masked];
    }
}
