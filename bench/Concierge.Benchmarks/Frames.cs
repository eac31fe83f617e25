using System.Buffers;
using System.Text;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Benchmarks;

/// <summary>What the benchmarks have in common: a service's owner who sends 128 bytes to its subscribers.</summary>
internal static class Frames
{
    public static ClientInfo Owner { get; } = new("weather", "Weather station", new Guid("6f1d3c9e-8c1b-4f0a-9b35-0d6f5a1e2c47"), ["sensor", "outdoor"]);

    public static ServiceInfo Service { get; } = new("weather/now", "The weather now", Owner.Uuid, []);

    public static Target Target { get; } = new Target.ToService(Service.Name);

    /// <summary>A JSON value of 128 bytes.</summary>
    public static byte[] Data { get; } = Encoding.UTF8.GetBytes($$"""{"type":"TEXT","text":"{{new string('x', 103)}}"}""");

    /// <summary>The text of what receivers get, up to the data.</summary>
    public static byte[] Prefix { get; } = Written(output => ServerPayloadWriter.WriteMessagePrefix(output, new Origin(Owner, Service), Target));

    /// <summary>The text of what the owner sends.</summary>
    public static byte[] ServiceMessage { get; } =
        Written(output => ClientPayloadWriter.Write(output, new ClientPayload.Message(Target, new RawJson(Data))));

    /// <summary>A client's frame of letters.</summary>
    public static byte[] Masked(Opcode opcode, int length, bool isFinal)
    {
        byte[] key = [0x37, 0xfa, 0x21, 0x3d];
        byte[] frame = new byte[ServerFrames.HeaderSize(length) + key.Length + length];
        int header = ServerFrames.WriteHeader(frame, opcode, length);
        if (!isFinal) frame[0] &= 0x7F;
        frame[1] |= 0x80;
        key.CopyTo(frame, header);
        for (int i = 0; i < length; i++) frame[header + key.Length + i] = (byte)('x' ^ key[i % key.Length]);
        return frame;
    }

    private static byte[] Written(Action<ArrayBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }
}
