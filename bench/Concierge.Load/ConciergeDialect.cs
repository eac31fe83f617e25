using System.Buffers;
using Concierge.Protocol;

namespace Concierge.Load;

/// <summary>Topics are services; clients are addressed by name, and want to hear of nobody's comings and goings.</summary>
internal sealed class ConciergeDialect : Dialect
{
    public override byte[] DeliveryStart { get; } = [.. "{\"type\":\"MESSAGE\""u8];

    public override byte[] DeliveryEnd { get; } = [.. "}"u8];

    public override Task GreetAsync(ClientSocket client, string name) =>
        client.AskAsync(Text(new ClientPayload.Identify(name, null, ProtocolVersion.Current, null, [], Presence: false)), "\"HELLO\"");

    public override Task AnnounceAsync(ClientSocket publisher, Address to) => to.IsClient
        ? Task.CompletedTask
        : publisher.AskAsync(Text(new ClientPayload.ServiceCreate(to.Name, null)), "\"SERVICE_CREATE_RESULT\",\"seq\"");

    public override Task ListenAsync(ClientSocket client, Address to) => to.IsClient
        ? Task.CompletedTask
        : client.AskAsync(Text(new ClientPayload.SelfSubscribe(to.Name)), "\"SELF_SUBSCRIBE_RESULT\"");

    public override byte[] Message(Address to, byte[] data) =>
        Text(new ClientPayload.Message(to.IsClient ? new Target.ToName(to.Name) : new Target.ToService(to.Name), new RawJson(data)));

    private static byte[] Text(ClientPayload payload)
    {
        var output = new ArrayBufferWriter<byte>();
        ClientPayloadWriter.Write(output, payload);
        return output.WrittenSpan.ToArray();
    }
}
