using Akka.Actor;
using Concierge.Actors.Directory;
using Concierge.Actors.Services;
using Concierge.Actors.Sessions;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Sessions;

// A client without information, which no client ever is, makes the frames fail that look at it.
public class SessionFailureTests : ConciergeTest
{
    [Fact]
    public async Task AFrameThatFails_IsAnsweredWithErrorInternal_AndLogged_AndTheSessionGoesOn()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        View.Clients.Add(Broken());
        await EventFilter.Exception<NullReferenceException>().ExpectOneAsync(async () =>
        {
            _ = ann.Send(To(bob, "1"), new ClientPayload.ClientFetchAll(), To(bob, "2"));
            await ann.Answered<ServerPayload.Ok>(seq: 0);
            await ann.Answered<ServerPayload.ErrorInternal>(seq: 1);
            await ann.Answered<ServerPayload.Ok>(seq: 2);
        });

        (await bob.HearMessage()).ShouldBe("1");
        (await bob.HearMessage()).ShouldBe("2");
    }

    [Fact]
    public async Task AFrameThatFails_TellsTheClientNothingOfTheFault()
    {
        TestClient ann = await Identify("ann");
        View.Clients.Add(Broken());
        await EventFilter.Exception<NullReferenceException>().ExpectOneAsync(async () =>
        {
            var error = await ann.Ask<ServerPayload.ErrorInternal>(new ClientPayload.ClientFetchAll());
            error.Desc.ShouldNotContain("reference");
        });
    }

    [Fact]
    public async Task AnAnswerThatCannotBeToldTheClient_FailsThatFrameAlone()
    {
        TestClient ann = await Identify("ann");
        var service = CreateTestProbe();
        ServiceEntry entry = CreatePlayed(ann, "s", service);
        entry.Subscribers.Add(Broken());
        await EventFilter.Exception<NullReferenceException>().ExpectOneAsync(async () =>
        {
            _ = ann.Send(new ClientPayload.SelfSubscribe("s"), new ClientPayload.SelfFetch());
            ann.Session.Tell(new SessionActor.Answer(await service.ExpectMsgAsync<ServiceActor.Subscribe>(), Outcome.Done));
            await ann.Answered<ServerPayload.ErrorInternal>(seq: 0);
        });

        await ann.Answered<ServerPayload.SelfFetchResult>(seq: 1);
    }

    [Fact]
    public async Task ASessionThatFails_IsClosedWith4000_AndItsClientHasLeft()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await EventFilter.Exception<ActorKilledException>().ExpectOneAsync(async () =>
        {
            ann.Session.Tell(Kill.Instance);
            (await ann.Closed()).ShouldBe(CloseCode.Unknown);
        });

        (await bob.Hear<ServerPayload.ClientLeft>()).Client.ShouldBe(ann.Info);
        await bob.Ask<ServerPayload.SelfFetchResult>(new ClientPayload.SelfFetch());
    }

    private ClientEntry Broken() => new(null!, default, true, new TestClient(Metrics, ClosingTime, 1).Connection.Outbox, TestActor);
}
