using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Connections;

/// <summary><c>origins</c>: from which pages browsers may connect.</summary>
public sealed class OriginTests : IAsyncLifetime
{
    private const string Upgrade =
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

    private NodeProcess _node = null!;

    public async Task InitializeAsync() => _node = await NodeProcess.StartWithDialectsAsync("origins=self, https://app.example.org");

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData(null, 101)]
    [InlineData("http://hub:64209", 101)]
    [InlineData("https://HUB:64209", 101)]
    [InlineData("https://app.example.org", 101)]
    [InlineData("http://app.example.org", 403)]
    [InlineData("http://hub:64210", 403)]
    [InlineData("http://hub:64209.example.org", 403)]
    [InlineData("null", 403)]
    [InlineData("", 403)]
    [InlineData("https://app.example.org\r\nOrigin: http://hub:64209", 403)]
    public async Task PagesThatAreNotNamed_AreKeptOut_OnEveryWayIn(string? origin, int status)
    {
        string headers = origin is null ? "" : $"Origin: {origin}\r\n";
        await using WireSocket first = await _node.DialAsync(), later = await _node.DialAsync(), chatroom = await WireSocket.DialAsync(_node, _node.Chatroom, null);

        foreach (WireSocket socket in new[] { first, chatroom }) await socket.SendRequestAsync($"GET /ws HTTP/1.1\r\nHost: hub:64209\r\n{Upgrade}{headers}\r\n");
        await later.SendRequestAsync("GET /healthz HTTP/1.1\r\nHost: hub:64209\r\n\r\n");
        (await later.ReadResponseAsync()).Status.ShouldBe(200);
        await later.SendRequestAsync($"GET /ws HTTP/1.1\r\nHost: hub:64209\r\n{Upgrade}{headers}\r\n");

        (await first.ReadResponseAsync()).Status.ShouldBe(status);
        (await chatroom.ReadResponseAsync()).Status.ShouldBe(status);
        (await later.ReadResponseAsync()).Status.ShouldBe(status);
    }

    [Fact]
    public async Task UnlessItIsSaidOtherwise_EveryPageIsLetIn()
    {
        await using NodeProcess node = await NodeProcess.StartAsync();
        await using WireSocket socket = await node.DialAsync();

        await socket.SendRequestAsync($"GET /ws HTTP/1.1\r\nHost: hub\r\n{Upgrade}Origin: https://anywhere.example\r\n\r\n");

        (await socket.ReadResponseAsync()).Status.ShouldBe(101);
    }
}
