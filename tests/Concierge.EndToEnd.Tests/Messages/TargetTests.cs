using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Messages;

/// <summary>Whom each target reaches, and what it gets (protocol, section MESSAGE).</summary>
public class TargetTests(SharedNode shared) : SharedNodeTests(shared)
{
    private const string Data = """{"text":"hello"}""";

    [Fact]
    public async Task Name_ReachesTheClientOfThatName_AndNobodyElse()
    {
        WireClient sender = await Node.JoinAsync(nickname: "Sender", tags: ["x"]), receiver = await Node.JoinAsync(), other = await Node.JoinAsync();
        string target = Payloads.ToName(receiver.Name);

        await sender.SendAsync(Payloads.Message(target, Data));

        await sender.ExpectAsync(Payloads.Ok(0));
        await receiver.ExpectAsync(Payloads.Received(sender, target, Data));
        await other.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task Uuid_ReachesTheClientOfThatUuid_AndNobodyElse()
    {
        WireClient sender = await Node.JoinAsync(), receiver = await Node.JoinAsync(), other = await Node.JoinAsync();
        string target = Payloads.ToUuid(receiver.Uuid);

        await sender.SendAsync(Payloads.Message(target, Data));

        await sender.ExpectAsync(Payloads.Ok(0));
        await receiver.ExpectAsync(Payloads.Received(sender, target, Data));
        await other.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task OwnName_ReachesTheSender_BeforeItsOk()
    {
        WireClient sender = await Node.JoinAsync();
        string target = Payloads.ToName(sender.Name);

        await sender.SendAsync(Payloads.Message(target, Data));

        await sender.ExpectAsync(Payloads.Received(sender, target, Data));
        await sender.ExpectAsync(Payloads.Ok(0));
    }

    [Fact]
    public async Task Service_FromTheOwner_ReachesEverySubscriberButTheOwner()
    {
        WireClient owner = await Node.JoinAsync(), one = await Node.JoinAsync(), two = await Node.JoinAsync(), other = await Node.JoinAsync();
        string name = Unique("service"), target = Payloads.ToService(name);
        await owner.CreateServiceAsync(name);
        foreach (WireClient subscriber in new[] { owner, one, two }) await subscriber.SubscribeAsync(name);
        // What the two subscribed after it did was an event for the owner, which wants none.

        await owner.SendAsync(Payloads.Message(target, Data));

        await owner.ExpectAsync(Payloads.Ok(2));
        string received = Payloads.Received(owner, target, Data, Payloads.Service(name, owner));
        await one.ExpectAsync(received);
        await two.ExpectAsync(received);
        await owner.ShouldBeUndisturbedAsync();
        await other.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task Service_WithoutSubscribers_IsOk()
    {
        WireClient owner = await Node.JoinAsync();
        string name = Unique("lonely");
        await owner.CreateServiceAsync(name);

        await owner.SendAsync(Payloads.Message(Payloads.ToService(name), Data));

        await owner.ExpectAsync(Payloads.Ok(1));
    }

    [Fact]
    public async Task Service_FromASubscriber_ReachesTheOwnerAlone()
    {
        WireClient owner = await Node.JoinAsync(), sender = await Node.JoinAsync(nickname: "Asker"), other = await Node.JoinAsync();
        string name = Unique("service"), target = Payloads.ToService(name);
        await owner.CreateServiceAsync(name);
        await sender.SubscribeAsync(name);
        await other.SubscribeAsync(name);

        await sender.SendAsync(Payloads.Message(target, Data));

        await sender.ExpectAsync(Payloads.Ok(1));
        await owner.ExpectAsync(Payloads.Received(sender, target, Data, Payloads.Service(name, owner)));
        await other.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task ServiceClientUuid_FromTheOwner_ReachesThatClient_SubscribedOrNot()
    {
        WireClient owner = await Node.JoinAsync(), subscriber = await Node.JoinAsync(), stranger = await Node.JoinAsync();
        string name = Unique("service");
        await owner.CreateServiceAsync(name);
        await subscriber.SubscribeAsync(name);

        foreach ((WireClient receiver, long seq) in new[] { (subscriber, 1L), (stranger, 2L) })
        {
            string target = Payloads.ToServiceClient(name, receiver.Uuid);
            await owner.SendAsync(Payloads.Message(target, Data));

            await owner.ExpectAsync(Payloads.Ok(seq));
            await receiver.ExpectAsync(Payloads.Received(owner, target, Data, Payloads.Service(name, owner)));
        }
    }

    [Fact]
    public async Task All_ReachesEveryClient_TheSenderToo_BeforeItsOk()
    {
        WireClient sender = await Node.JoinAsync(), one = await Node.JoinAsync(), two = await Node.JoinAsync(presence: true);

        await sender.SendAsync(Payloads.Message(Payloads.ToAll, Data));

        string received = Payloads.Received(sender, Payloads.ToAll, Data);
        await sender.ExpectAsync(received);
        await sender.ExpectAsync(Payloads.Ok(0));
        await one.ExpectAsync(received);
        await two.ExpectAsync(received);
    }

    [Fact]
    public async Task OriginFromAClient_IsReplaced()
    {
        WireClient sender = await Node.JoinAsync(), receiver = await Node.JoinAsync();
        string target = Payloads.ToUuid(receiver.Uuid);

        await sender.SendAsync($$"""{"origin":{{receiver.Info}},"seq":7,"data":{{Data}},"target":{{target}},"type":"MESSAGE"}""");

        await receiver.ExpectAsync(Payloads.Received(sender, target, Data));
        await sender.ExpectAsync(Payloads.Ok(0));
    }
}
