using System.Text;

namespace Concierge.Load;

/// <summary>SignalR's hub protocol in JSON, for <see cref="SignalRPeer"/>. Topics are groups, and so are single clients.</summary>
internal sealed class SignalRDialect : Dialect
{
    // By which every record ends.
    private const string End = "\u001e";

    public override byte[] DeliveryStart { get; } = [.. "{\"type\":1,"u8];

    public override byte[] DeliveryEnd { get; } = [.. "]}"u8];

    public override Task GreetAsync(ClientSocket client, string name) =>
        client.AskAsync(Utf8("{\"protocol\":\"json\",\"version\":1}" + End), "{}");

    public override Task ListenAsync(ClientSocket client, Address to) =>
        client.AskAsync(Utf8($$"""{"type":1,"invocationId":"1","target":"Join","arguments":["{{to.Name}}"]}{{End}}"""), "\"invocationId\":\"1\"");

    public override byte[] Message(Address to, byte[] data) =>
        Utf8($$"""{"type":1,"target":"Publish","arguments":["{{to.Name}}",{{Encoding.UTF8.GetString(data)}}]}{{End}}""");

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
