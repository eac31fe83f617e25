using Concierge.Protocol.WebSockets;

namespace Concierge.Load;

/// <summary>A client's frames: a server's, masked.</summary>
internal static class ClientFrame
{
    public static byte[] Text(ReadOnlySpan<byte> payload) => Frame(Opcode.Text, payload);

    public static byte[] Pong() => Frame(Opcode.Pong, []);

    // The key is zero. A server unmasks all the same, and the generator has one thing less to do.
    private static byte[] Frame(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        int header = ServerFrames.HeaderSize(payload.Length);
        var frame = new byte[header + sizeof(uint) + payload.Length];
        ServerFrames.WriteHeader(frame, opcode, payload.Length);
        frame[1] |= 0x80;
        payload.CopyTo(frame.AsSpan(header + sizeof(uint)));
        return frame;
    }
}
