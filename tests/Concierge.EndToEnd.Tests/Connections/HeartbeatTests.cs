using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Connections;

/// <summary>Pings, and what becomes of those who let nothing be heard. The node's own pings are the clock of these tests.</summary>
public sealed class HeartbeatTests : IAsyncLifetime
{
    private const int HeartbeatFailed = 4009;

    // More pings than fit into the time-out.
    private const int Pings = 25;

    private NodeProcess _node = null!;

    public async Task InitializeAsync() => _node = await NodeProcess.StartAsync("heartbeat.interval=100ms", "heartbeat.timeout=2s");

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task ClientThatAnswersPings_Stays()
    {
        WireClient client = await _node.JoinAsync();

        for (int i = 0; i < Pings; i++) await client.SendAsync(Opcode.Pong, (await client.ReceivePingAsync()).Payload);

        await client.ShouldBeUndisturbedAsync();
    }

    [Theory]
    [InlineData(Opcode.Ping)]
    [InlineData(Opcode.Binary)]
    [InlineData(Opcode.Text)]
    public async Task ClientThatSendsAnythingElse_StaysToo(Opcode opcode)
    {
        WireClient client = await _node.JoinAsync();
        client.AnswersPings = false;

        int pings = 0;
        while (pings < Pings)
        {
            Frame frame = (await client.Socket.ReadFrameAsync()).ShouldNotBeNull();
            frame.Opcode.ShouldNotBe(Opcode.Close);
            if (frame.Opcode != Opcode.Ping) continue;
            pings++;
            await client.SendAsync(opcode, "x"u8);
        }

        (await client.ReceiveCloseAsync()).ShouldBe(HeartbeatFailed);
    }

    [Fact]
    public async Task ClientThatLetsNothingBeHeard_IsClosed_AndItsLeavingIsTold()
    {
        WireClient silent = await _node.JoinAsync(), watcher = await _node.JoinAsync(presence: true);
        silent.AnswersPings = false;

        await watcher.ExpectAsync($$"""{"type":"CLIENT_LEFT","client":{{silent.Info}}}""");

        (await silent.ReceiveCloseAsync()).ShouldBe(HeartbeatFailed);
        await silent.Socket.ReadEndAsync();
        await watcher.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task ClientThatSendsAByteWithEveryPing_ButNeverAFrame_IsClosed_AndDisturbsNobody()
    {
        WireClient slow = await _node.JoinAsync(), clock = await _node.JoinAsync(), bystander = await _node.JoinAsync(presence: true);
        slow.AnswersPings = false;
        Task<int> closing = slow.ReceiveCloseAsync();
        Task leaving = bystander.ExpectAsync($$"""{"type":"CLIENT_LEFT","client":{{slow.Info}}}""");

        foreach (byte next in Frame.Masked(Payloads.Message(Payloads.ToUuid(bystander.Uuid), $"\"{new string('x', 1000)}\"")))
        {
            await clock.SendAsync(Opcode.Pong, (await clock.ReceivePingAsync()).Payload);
            if (closing.IsCompleted || !await slow.Socket.TrySendAsync([next])) break;
        }

        (await closing).ShouldBe(HeartbeatFailed);
        await leaving;
        await bystander.ShouldBeUndisturbedAsync();
    }
}
