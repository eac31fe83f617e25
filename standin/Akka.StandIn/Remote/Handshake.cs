using System.Buffers.Binary;
using Akka.Actor;

namespace Akka.Remote;

/// <summary>Who connects says hello: magic, version, its uid, its address and the one it means to reach. The answer is a welcome with a uid, or a refusal.</summary>
internal sealed record Hello(int Uid, Address From, Address To)
{
    /// <summary>A frame, without its length, that a stranger may send.</summary>
    internal const int LongestFrame = 2048;

    private const ushort Version = 1;

    private static ReadOnlySpan<byte> Magic => "AkkaStandIn"u8;

    internal byte[] ToFrame()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(0);
        writer.Write(Frame.Hello);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(Uid);
        writer.Write(From.ToString());
        writer.Write(To.ToString());
        return Handshake.WithLength(bytes);
    }

    internal static Hello Parse(byte[] frame)
    {
        if (!frame.AsSpan(1).StartsWith(Magic) || frame[0] != Frame.Hello)
            throw new ProtocolException("It doesn't speak this protocol.");
        try
        {
            using var reader = new BinaryReader(new MemoryStream(frame[(1 + Magic.Length)..]));
            if (reader.ReadUInt16() is var version && version != Version)
                throw new ProtocolException($"It speaks version {version} of this protocol; expected {Version}.");
            return new Hello(reader.ReadInt32(), Address.Parse(reader.ReadString()), Address.Parse(reader.ReadString()));
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            throw new ProtocolException("Its hello is malformed.", e);
        }
    }
}

internal static class Handshake
{
    internal enum Reason : byte
    {
        OtherSystem = 1,
        Quarantined = 2,
    }

    internal static byte[] Welcome(int uid)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(0);
        writer.Write(Frame.Welcome);
        writer.Write(uid);
        return WithLength(bytes);
    }

    internal static byte[] Refusal(Reason reason) => [2, 0, 0, 0, Frame.Refusal, (byte)reason];

    /// <summary>The uid of who welcomes.</summary>
    /// <exception cref="RefusedException">It refuses.</exception>
    internal static int ParseAnswer(byte[] frame) => frame switch
    {
        [Frame.Welcome, _, _, _, _] => BinaryPrimitives.ReadInt32LittleEndian(frame.AsSpan(1)),
        [Frame.Refusal, var reason] => throw new RefusedException((Reason)reason),
        _ => throw new ProtocolException("It doesn't answer in this protocol."),
    };

    internal static byte[] WithLength(MemoryStream bytes)
    {
        var frame = bytes.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - sizeof(int));
        return frame;
    }
}

internal sealed class RefusedException(Handshake.Reason reason) : AkkaException(reason switch
{
    Handshake.Reason.OtherSystem => "It is another system than the one addressed.",
    Handshake.Reason.Quarantined => "It has quarantined this system.",
    _ => $"It refuses, for the unknown reason {reason:D}.",
})
{
    internal Handshake.Reason Reason { get; } = reason;
}
