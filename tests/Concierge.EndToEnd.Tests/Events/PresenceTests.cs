using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Events;

/// <summary>Who hears of clients that come and go, and of services (protocol, section "Events").</summary>
public class PresenceTests(SharedNode shared) : SharedNodeTests(shared)
{
    [Fact]
    public async Task Joining_IsToldToEveryoneElse()
    {
        WireClient watcher = await Node.JoinAsync(presence: true);

        WireClient newcomer = await Node.JoinAsync(nickname: "New", tags: ["a", "b"], presence: true);

        await watcher.ExpectAsync($$"""{"type":"CLIENT_JOINED","client":{{newcomer.Info}}}""");
        await newcomer.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task Leaving_IsToldToEveryoneElse()
    {
        WireClient leaver = await Node.JoinAsync(nickname: "Old", tags: ["x"]), watcher = await Node.JoinAsync(presence: true);

        await leaver.LeaveAsync();

        await watcher.ExpectAsync($$"""{"type":"CLIENT_LEFT","client":{{leaver.Info}}}""");
    }

    [Fact]
    public async Task CreatingAndDeletingAService_IsToldToEveryone()
    {
        WireClient owner = await Node.JoinAsync(), watcher = await Node.JoinAsync(presence: true), subscriber = await Node.JoinAsync(presence: true);
        await watcher.ExpectAsync($$"""{"type":"CLIENT_JOINED","client":{{subscriber.Info}}}""");
        string name = Unique("service"), service = Payloads.Service(name, owner);

        await owner.CreateServiceAsync(name);
        await subscriber.ExpectAsync($$"""{"type":"SERVICE_CREATE_RESULT","successful":true,"service":{{service}}}""");
        await subscriber.SubscribeAsync(name);
        await owner.SendAsync($$"""{"type":"SERVICE_DELETE","service":"{{name}}"}""");

        await watcher.ExpectAsync($$"""{"type":"SERVICE_CREATE_RESULT","successful":true,"service":{{service}}}""");
        await watcher.ExpectAsync($$"""{"type":"SERVICE_DELETE_RESULT","service":{{service}}}""");
        await subscriber.ExpectAsync($$"""{"type":"SERVICE_DELETE_RESULT","service":{{service}}}""");
        await subscriber.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task ServiceThatExistsAlready_IsNoEvent()
    {
        WireClient owner = await Node.JoinAsync(), second = await Node.JoinAsync(), watcher = await Node.JoinAsync(presence: true);
        string name = Unique("service");
        await owner.CreateServiceAsync(name);
        await watcher.ReceiveAsync(); // SERVICE_CREATE_RESULT

        (await second.AskAsync($$"""{"type":"SERVICE_CREATE","service":"{{name}}"}""")).GetProperty("successful").GetBoolean().ShouldBeFalse();

        await watcher.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task WithoutPresence_NothingIsHeardOfOthers()
    {
        WireClient owner = await Node.JoinAsync(), quiet = await Node.JoinAsync(presence: false), leaver = await Node.JoinAsync();
        string name = Unique("service");
        await owner.CreateServiceAsync(name);
        await quiet.SubscribeAsync(name);

        await leaver.SubscribeAsync(name);
        await leaver.AskAsync($$"""{"type":"SELF_UNSUBSCRIBE","service":"{{name}}"}""");
        await leaver.LeaveAsync();
        await owner.SendAsync($$"""{"type":"SERVICE_DELETE","service":"{{name}}"}""");
        await owner.ReceiveAnswerAsync();

        await quiet.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task WithoutPresence_OnesOwnDoingsAreHeard()
    {
        WireClient quiet = await Node.JoinAsync(presence: false);
        string name = Unique("service"), service = Payloads.Service(name, quiet);

        await quiet.SendAsync($$"""{"type":"SERVICE_CREATE","service":"{{name}}"}""");

        await quiet.ExpectAsync($$"""{"type":"SERVICE_CREATE_RESULT","successful":true,"service":{{service}}}""");
        await quiet.ExpectAsync($$"""{"type":"SERVICE_CREATE_RESULT","seq":0,"successful":true,"service":{{service}}}""");
    }

    [Fact]
    public async Task RefusedClients_AreNoEvent()
    {
        WireClient watcher = await Node.JoinAsync(presence: true), refused = await Node.ConnectAsync();

        await refused.SendAsync(Payloads.Identify(watcher.Name));
        (await refused.ReceiveCloseAsync()).ShouldBe(4005);

        await watcher.ShouldBeUndisturbedAsync();
    }
}
