using System.Buffers.Binary;
using System.Text;
using Concierge.Protocol.WebSockets;

namespace Concierge.Protocol.Tests.WebSockets;

/// <summary>Writes frames as a client does, right or wrong, byte by byte and independently of the code under test.</summary>
internal static class ClientFrames
{
    public static readonly byte[] Key = [0x37, 0xfa, 0x21, 0x3d];

    public static byte[] Frame(Opcode opcode, ReadOnlySpan<byte> payload, bool final = true, byte[]? key = null)
    {
        key ??= Key;
        var frame = new List<byte>(Header(opcode, payload.Length, final, key));
        for (int i = 0; i < payload.Length; i++) frame.Add((byte)(payload[i] ^ key[i % 4]));
        return [.. frame];
    }

    public static byte[] Text(string text, bool final = true) => Frame(Opcode.Text, Encoding.UTF8.GetBytes(text), final);

    public static byte[] Continuation(string text, bool final) => Frame(Opcode.Continuation, Encoding.UTF8.GetBytes(text), final);

    public static byte[] Close(int code, params ReadOnlySpan<byte> reason)
    {
        byte[] payload = [0, 0, .. reason];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        return Frame(Opcode.Close, payload);
    }

    /// <summary>A header alone; it may announce what never comes.</summary>
    public static byte[] Header(Opcode opcode, long length, bool final = true, byte[]? key = null)
    {
        byte first = (byte)((byte)opcode | (final ? 0x80 : 0));
        byte[] start = length switch
        {
            < 126 => [first, (byte)(0x80 | length)],
            < 65536 => [first, 0x80 | 126, (byte)(length >> 8), (byte)length],
            _ => [first, 0x80 | 127, .. BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(length))],
        };
        return [.. start, .. key ?? Key];
    }

    /// <summary>What a fresh reader makes of the bytes, if it gets them in chunks of that size (0: all at once).</summary>
    public static List<Seen> Read(byte[] bytes, int chunkSize = 0, int maxMessageSize = 1 << 20) =>
        Read(new MessageReader(maxMessageSize), bytes, chunkSize);

    public static List<Seen> Read(MessageReader reader, byte[] bytes, int chunkSize = 0)
    {
        var seen = new List<Seen>();
        foreach (byte[] chunk in chunkSize == 0 ? [bytes] : bytes.Chunk(chunkSize)) seen.AddRange(ReadChunk(reader, chunk));
        return seen;
    }

    public static List<Seen> ReadChunk(MessageReader reader, ReadOnlySpan<byte> chunk)
    {
        byte[] own = chunk.ToArray();
        var messages = new List<InboundMessage>();
        reader.Read(own, messages);
        List<Seen> seen = messages.ConvertAll(Seen.Of);

        // Whatever is not in a message by now must not depend on the chunk any more.
        own.AsSpan().Fill(0xEE);
        return seen;
    }
}

/// <summary>A message's content, comparable; payloads as Latin-1, a character for each byte.</summary>
internal sealed record Seen(MessageKind Kind, string Payload, CloseCode? Code = null)
{
    public string? Reason { get; private init; }

    public static Seen Of(InboundMessage message) =>
        new(message.Kind, Encoding.Latin1.GetString(message.Payload.Span), message.Code) { Reason = message.Reason };

    // The reason of a violation is for people; tests look at it by name.
    public bool Equals(Seen? other) => other is not null && (Kind, Payload, Code) == (other.Kind, other.Payload, other.Code);

    public override int GetHashCode() => HashCode.Combine(Kind, Payload, Code);
}
