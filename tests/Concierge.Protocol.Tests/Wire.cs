using System.Buffers;
using System.Text;

namespace Concierge.Protocol.Tests;

/// <summary>Between payloads and what goes over the wire.</summary>
internal static class Wire
{
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static ClientPayload ReadClient(string frame)
    {
        ClientPayloadReader.TryRead(Bytes(frame), out var payload, out var error).ShouldBeTrue(error?.Description);
        return payload!;
    }

    public static ReadError RefuseClient(string frame) => RefuseClient(Bytes(frame));

    public static ReadError RefuseClient(byte[] frame)
    {
        ClientPayloadReader.TryRead(frame, out var payload, out var error).ShouldBeFalse(payload?.ToString());
        return error!;
    }

    public static ServerPayload ReadServer(string frame)
    {
        ServerPayloadReader.TryRead(Bytes(frame), out var payload, out var error).ShouldBeTrue(error?.Description);
        return payload!;
    }

    public static ReadError RefuseServer(string frame)
    {
        ServerPayloadReader.TryRead(Bytes(frame), out var payload, out var error).ShouldBeFalse(payload?.ToString());
        return error!;
    }

    public static byte[] Write(ClientPayload payload)
    {
        var output = new ArrayBufferWriter<byte>();
        ClientPayloadWriter.Write(output, payload);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Write(ServerPayload payload)
    {
        var output = new ArrayBufferWriter<byte>();
        ServerPayloadWriter.Write(output, payload);
        return output.WrittenSpan.ToArray();
    }

    public static string Text(ClientPayload payload) => Encoding.UTF8.GetString(Write(payload));

    public static string Text(ServerPayload payload) => Encoding.UTF8.GetString(Write(payload));
}
