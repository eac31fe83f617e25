using Akka.Actor;
using Concierge.Actors.Sessions;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Sessions;

public class DrainTests : ConciergeTest
{
    [Fact]
    public async Task Drain_ClosesEveryConnectionWith1001_IdentifiedOrNot()
    {
        TestClient ann = await Identify("ann"), newcomer = await Connect();
        Concierge.Tell(SessionsActor.Drain.Instance, TestActor);

        (await ann.Closed()).ShouldBe(CloseCode.GoingAway);
        (await newcomer.Closed()).ShouldBe(CloseCode.GoingAway);
        await ExpectMsgAsync<SessionsActor.Drained>();
    }

    [Fact]
    public async Task Drain_WithoutClients_IsDoneAtOnce()
    {
        Concierge.Tell(SessionsActor.Drain.Instance, TestActor);
        await ExpectMsgAsync<SessionsActor.Drained>();
    }

    [Fact]
    public async Task Drain_AskedForTwice_IsAnsweredTwice()
    {
        await Identify("ann");
        Concierge.Tell(SessionsActor.Drain.Instance, TestActor);
        Concierge.Tell(SessionsActor.Drain.Instance, TestActor);

        await ExpectMsgAsync<SessionsActor.Drained>();
        await ExpectMsgAsync<SessionsActor.Drained>();
    }

    [Fact]
    public async Task Drain_SendsFirstWhatWaits()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await ann.Ask<ServerPayload.Ok>(To(bob, "1"));
        Concierge.Tell(SessionsActor.Drain.Instance, TestActor);

        (await bob.Closed()).ShouldBe(CloseCode.GoingAway);
        (await bob.HearMessage()).ShouldBe("1");
    }

    [Fact]
    public async Task Newcomer_WhileDraining_IsClosedWith1001_AndWhatItSendsIsDoneWithAtOnce()
    {
        Concierge.Tell(SessionsActor.Drain.Instance, TestActor);
        await ExpectMsgAsync<SessionsActor.Drained>();
        TestClient newcomer = await Connect();

        newcomer.Session.IsNobody().ShouldBeTrue();
        (await newcomer.Closed()).ShouldBe(CloseCode.GoingAway);
        await newcomer.Send(ClientFrames.Close(CloseCode.GoingAway)).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Drain_OfMany_ClosesThemAFewHundredAtATime()
    {
        TestClient[] clients = await Task.WhenAll(Enumerable.Range(0, 501).Select(_ => Connect()));
        Concierge.Tell(SessionsActor.Drain.Instance, TestActor);
        Task<CloseCode[]> closed = Task.WhenAll(clients.Select(client => client.Closed()));
        await AwaitConditionAsync(() => clients.Count(client => client.IsClosed) == 500);
        await Sys.ActorSelection("/user/concierge/sessions").Ask<ActorIdentity>(new Identify(null));
        closed.IsCompleted.ShouldBeFalse();

        Advance(seconds: 0.05);
        (await closed).ShouldAllBe(code => code == CloseCode.GoingAway);
        await ExpectMsgAsync<SessionsActor.Drained>();
    }
}
