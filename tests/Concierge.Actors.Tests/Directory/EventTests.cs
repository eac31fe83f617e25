using Akka.Actor;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Actors.Nodes;
using Concierge.Actors.Sessions;
using Concierge.Actors.Telemetry;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Directory;

// Who hears of what others do.
public class EventTests : ConciergeTest
{
    [Fact]
    public async Task Joining_IsToldToEverybodyElse()
    {
        TestClient ann = await Identify("ann"), bob = await Identify("bob");

        (await ann.Hear<ServerPayload.ClientJoined>()).Client.ShouldBe(bob.Info);
        await bob.HearsNothingElseFrom(ann);
    }

    [Fact]
    public async Task Joining_IsToldWithAllThatTheClientSaysOfItself()
    {
        TestClient ann = await Identify("ann"), bob = await Connect();
        _ = bob.Send("""{"type":"IDENTIFY","name":"bob","nickname":"Bob","version":"0.2.0","tags":["x","y"]}""");

        var joined = await ann.Hear<ServerPayload.ClientJoined>();
        joined.Client.ShouldBe(new ClientInfo("bob", "Bob", joined.Client.Uuid, ["x", "y"]));
    }

    [Fact]
    public async Task Hello_IsTheFirstThatAClientHears_HoweverSoonOthersFindIt()
    {
        var here = new LoneNode(Sys);
        IActorRef directory = Sys.ActorOf(DirectoryActor.Props(here.Self, View, new ClusterView { Membership = Membership.Of(here.Self) }, new ConciergeMetrics(View), null));
        Sys.ActorOf(RegistrarActor.Props(Sys.ActorOf(here.Membership), _ => directory));
        var session = CreateTestProbe();
        var ann = new TestClient(Metrics, ClosingTime, outgoingLimit: 1_000);
        var entry = new ClientEntry(new ClientInfo("ann", null, Guid.NewGuid(), []), default, true, ann.Connection.Outbox, session);
        byte[] hello = PayloadFrame.Encode(new ServerPayload.Hello(entry.Info.Uuid, "0.2.0", null));
        directory.Tell(new DirectoryActor.Join(entry, () => hello), session);
        (await session.ExpectMsgAsync<SessionActor.Answer>()).Outcome.ShouldBe(Outcome.Done);

        View.Clients.Snapshot().ShouldHaveSingleItem().Outbox.Send(Lane.Others, PayloadFrame.Encode(new ServerPayload.Ok()));
        await ann.Hear<ServerPayload.Hello>();
        await ann.Hear<ServerPayload.Ok>();
    }

    [Fact]
    public async Task ClientWithoutPresence_HearsNoneOfTheEventsThatOthersCause()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        TestClient quiet = await Identify("quiet", presence: false);
        await ann.Hear<ServerPayload.ClientJoined>();
        await bob.Hear<ServerPayload.ClientJoined>();
        await Create(ann, "news", bob);
        await quiet.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe("news"));
        await quiet.Hear<ServerPayload.ServiceClientSubscribed>();
        await bob.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe("news"));
        await bob.Ask<ServerPayload.SelfUnsubscribeResult>(new ClientPayload.SelfUnsubscribe("news"));
        await ann.Ask<ServerPayload.ServiceDeleteResult>(new ClientPayload.ServiceDelete("news"));
        bob.Disconnect();
        await ann.Hear<ServerPayload.ServiceDeleteResult>();
        await ann.Hear<ServerPayload.ClientLeft>();

        await quiet.HearsNothingElseFrom(ann);
    }

    [Fact]
    public async Task ClientWithoutPresence_HearsWhatItCausesItself_AndItsMessages()
    {
        TestClient quiet = await Identify("quiet", presence: false), ann = await Identify("ann");
        await Create(quiet, "news", ann);
        await Subscribe("news", quiet);
        await ann.Ask<ServerPayload.Ok>(ToAll("1"));
        (await quiet.HearMessage()).ShouldBe("1");
        await quiet.Ask<ServerPayload.ServiceDeleteResult>(new ClientPayload.ServiceDelete("news"));

        await quiet.Hear<ServerPayload.ServiceDeleteResult>();
    }

    [Fact]
    public async Task ClientWithoutPresence_IsItselfSeenByOthers()
    {
        TestClient ann = await Identify("ann"), quiet = await Identify("quiet", presence: false);
        (await ann.Hear<ServerPayload.ClientJoined>()).Client.ShouldBe(quiet.Info);
        quiet.Disconnect();

        (await ann.Hear<ServerPayload.ClientLeft>()).Client.ShouldBe(quiet.Info);
    }

    [Fact]
    public async Task WhoLearnsOfAClient_CanReachItAtOnce()
    {
        TestClient ann = await Identify("ann");
        for (int i = 0; i < 50; i++)
        {
            TestClient other = await Connect();
            _ = other.Identify($"c{i}");
            ClientInfo joined = (await ann.Hear<ServerPayload.ClientJoined>()).Client;
            await ann.Ask<ServerPayload.Ok>(new ClientPayload.Message(new Target.ToUuid(joined.Uuid), Data("welcome")));
            (await other.HearUntil("\"welcome\"")).OfType<ServerPayload.Message>().ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Events_ForMoreThanASliceOfClients_ReachThemAllInOrder()
    {
        const int Count = 600;
        TestClient[] clients = await Task.WhenAll(Enumerable.Range(0, Count).Select(i => Identify($"c{i}")));
        TestClient ann = await Identify("ann", presence: false);
        await ann.Send(new ClientPayload.ServiceCreate("a", null), new ClientPayload.ServiceDelete("a"), ToAll("\"end\""));

        foreach (TestClient client in clients)
        {
            List<ServerPayload> heard = await client.HearUntil("\"end\"");
            heard.TakeLast(2).Select(said => said.GetType())
                .ShouldBe([typeof(ServerPayload.ServiceCreateResult), typeof(ServerPayload.ServiceDeleteResult)]);
            heard.OfType<ServerPayload.ClientJoined>().Select(said => said.Client.Name).ShouldBeUnique();
            heard.OfType<ServerPayload.ClientJoined>().Last().Client.ShouldBe(ann.Info);
        }
    }
}
