using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Identification;

/// <summary>Who doesn't say in time who it is. Here the time is short; that of those who have said it is not.</summary>
public sealed class IdentifyTimeoutTests(ImpatientNode fixture) : IClassFixture<ImpatientNode>, IAsyncLifetime
{
    private const int AuthFailed = 4004;

    private WireClient _bystander = null!;

    public async Task InitializeAsync() => _bystander = await fixture.Node.JoinAsync();

    public Task DisposeAsync() => _bystander.ShouldBeUndisturbedAsync();

    [Fact]
    public async Task ClientThatSaysNothing_IsClosedWithAuthFailed()
    {
        WireClient client = await fixture.Node.ConnectAsync();

        (await client.ReceiveCloseAsync()).ShouldBe(AuthFailed);
        await client.Socket.ReadEndAsync();
    }

    [Fact]
    public async Task ClientThatOnlyPings_IsClosedWithAuthFailed()
    {
        WireClient client = await fixture.Node.ConnectAsync();

        await client.SendAsync(Opcode.Ping, "are you there?"u8);

        (await client.ReceiveCloseAsync()).ShouldBe(AuthFailed);
    }

    [Fact]
    public async Task IdentifyByteByByte_ThatTakesTooLong_IsClosedWithAuthFailed()
    {
        WireClient client = await fixture.Node.ConnectAsync();
        Task<int> closing = client.ReceiveCloseAsync();

        // A byte with every ping that somebody else gets: slow enough, and without a clock.
        foreach (byte next in Frame.Masked(Payloads.Identify("drip")))
        {
            await _bystander.ReceivePingAsync();
            if (closing.IsCompleted || !await client.Socket.TrySendAsync([next])) break;
        }

        (await closing).ShouldBe(AuthFailed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /ws HTTP/1.1\r\nHost: concierge\r\nUpgrade: web")]
    public async Task SocketThatNeverFinishesItsRequest_IsDropped(string request)
    {
        await using WireSocket socket = await fixture.Node.DialAsync();
        if (request.Length > 0) await socket.SendRequestAsync(request);

        await socket.ReadEndAsync();
    }
}

public sealed class ImpatientNode() : NodeFixture("identify-timeout=2s", "heartbeat.interval=100ms", "heartbeat.timeout=1m");
