using System.Buffers;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Connections;

/// <summary>Encodes payloads as whole WebSocket text frames.</summary>
internal static class PayloadFrame
{
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    /// <summary>A payload as a frame of its own, to be shared by all its receivers.</summary>
    public static byte[] Encode(ServerPayload payload)
    {
        byte[] frame = ServerFrames.Text(Write(payload));
        if (_scratch!.Capacity > LargestKept) _scratch = null;
        return frame;
    }

    /// <summary>Appends a payload's frame to others.</summary>
    public static void Append(ArrayBufferWriter<byte> frames, ServerPayload payload)
    {
        AppendText(frames, Write(payload));
        if (_scratch!.Capacity > LargestKept) _scratch = null;
    }

    /// <summary>Appends a MESSAGE's frame: what comes before its data, the data as it came in, and the closing brace.</summary>
    public static void AppendMessage(ArrayBufferWriter<byte> frames, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> data)
    {
        AppendHeader(frames, prefix.Length + data.Length + 1);
        frames.Write(prefix);
        frames.Write(data);
        frames.Write("}"u8);
    }

    /// <summary>Appends text as a frame of its own.</summary>
    public static void AppendText(ArrayBufferWriter<byte> frames, ReadOnlySpan<byte> text)
    {
        AppendHeader(frames, text.Length);
        frames.Write(text);
    }

    private static void AppendHeader(ArrayBufferWriter<byte> frames, int payloadLength)
    {
        int size = ServerFrames.HeaderSize(payloadLength);
        ServerFrames.WriteHeader(frames.GetSpan(size), Opcode.Text, payloadLength);
        frames.Advance(size);
    }

    private static ReadOnlySpan<byte> Write(ServerPayload payload)
    {
        _scratch ??= new ArrayBufferWriter<byte>(1024);
        _scratch.ResetWrittenCount();
        ServerPayloadWriter.Write(_scratch, payload);
        return _scratch.WrittenSpan;
    }
}
