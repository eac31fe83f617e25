using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Connections;

/// <summary>A client that takes less than it is sent is closed with 4010, and slows down nobody.</summary>
public sealed class SlowConsumerTests : IAsyncLifetime
{
    private const int SlowConsumer = 4010;
    private const int SmallBuffer = 4 * 1024;

    private static readonly string Big = $"\"{new string('x', 32 * 1024)}\"";

    private NodeProcess _node = null!;

    public async Task InitializeAsync() =>
        _node = await NodeProcess.StartAsync("limits.outgoing-queue=256KiB", "limits.frame-size=64KiB", "heartbeat.interval=10m", "heartbeat.timeout=20m");

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task ClientThatNeverReads_IsDropped_AndItsLeavingIsTold()
    {
        WireClient slow = await _node.JoinAsync(receiveBuffer: SmallBuffer);
        WireClient sender = await _node.JoinAsync(), watcher = await _node.JoinAsync(presence: true);

        await FloodAsync(sender, Payloads.ToUuid(slow.Uuid), until: "INVALID_UUID");

        await watcher.ExpectAsync($$"""{"type":"CLIENT_LEFT","client":{{slow.Info}}}""");
        await slow.Socket.WaitUntilDroppedAsync();
        await sender.ShouldBeUndisturbedAsync();
        await watcher.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task ClientThatReadsAgain_FindsTheCode()
    {
        WireClient slow = await _node.JoinAsync(receiveBuffer: SmallBuffer), sender = await _node.JoinAsync();

        await FloodAsync(sender, Payloads.ToUuid(slow.Uuid), until: "INVALID_UUID");

        (await slow.ReceiveCloseAsync()).ShouldBe(SlowConsumer);
        await slow.Socket.ReadEndAsync();
    }

    [Fact]
    public async Task SubscriberThatNeverReads_CostsTheOthersNothing()
    {
        WireClient owner = await _node.JoinAsync(), reader = await _node.JoinAsync(), slow = await _node.JoinAsync(receiveBuffer: SmallBuffer);
        await owner.CreateServiceAsync("news");
        await reader.SubscribeAsync("news");
        await slow.SubscribeAsync("news");

        // Until the slow one is gone, and a while longer: the reader gets each message, and in order.
        int sent = 0;
        bool gone;
        do
        {
            await owner.SendAsync(Payloads.Message(Payloads.ToService("news"), $"[{sent},{Big}]"));
            (await owner.ReceiveAsync()).TypeOf().ShouldBe("OK");
            (await reader.ReceiveAsync()).GetProperty("data")[0].GetInt32().ShouldBe(sent);
            sent++;
            gone = (await owner.AskAsync($$"""{"type":"CLIENT_FETCH","uuid":"{{slow.Uuid}}"}""")).TypeOf() == "INVALID_UUID";
        }
        while (!gone);

        sent.ShouldBeGreaterThan(1);
        await reader.ShouldBeUndisturbedAsync();
        var service = await owner.AskAsync("""{"type":"SERVICE_FETCH","service":"news"}""");
        service.GetProperty("service").ShouldBeJson(Payloads.Service("news", owner, reader));
    }

    [Fact]
    public async Task ClientThatDoesNotReadItsOwnAnswers_IsDroppedToo()
    {
        WireClient greedy = await _node.JoinAsync(receiveBuffer: SmallBuffer), watcher = await _node.JoinAsync(presence: true);
        byte[] toItself = Frame.Masked(Payloads.Message(Payloads.ToUuid(greedy.Uuid), Big));

        while (await greedy.Socket.TrySendAsync(toItself))
        {
        }

        await watcher.ExpectAsync($$"""{"type":"CLIENT_LEFT","client":{{greedy.Info}}}""");
        await watcher.ShouldBeUndisturbedAsync();
    }

    private static async Task FloodAsync(WireClient sender, string target, string until)
    {
        string answer;
        do answer = (await sender.AskAsync(Payloads.Message(target, Big))).TypeOf();
        while (answer == "OK");

        answer.ShouldBe(until);
    }
}
