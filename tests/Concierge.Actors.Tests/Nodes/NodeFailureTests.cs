using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Nodes;

// What the others notice when a node fails, or the registrar with it.
public class NodeFailureTests : ClusterTest
{
    [Fact]
    public async Task ANodeThatIsGone_TakesItsClientsWithIt_AndTheirNamesAreFree()
    {
        await FormAsync();
        TestClient ann = await One.Identify("ann", presence: true), bob = await Two.Identify("bob");
        await ann.Hear<ServerPayload.ClientJoined>();
        await bob.Ask<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate("his", null));
        await ann.Hear<ServerPayload.ServiceCreateResult>();
        Sys.Stop(Two.Actor);
        foreach (TestNode node in (TestNode[])[One, Three]) node.Sees(Up(One), Up(Three));

        (await ann.Hear<ServerPayload.ServiceDeleteResult>()).Service.Name.ShouldBe("his");
        (await ann.Hear<ServerPayload.ClientLeft>()).Client.ShouldBe(bob.Info);
        await Three.Identify("bob");
    }

    [Fact]
    public async Task WhileANodeDoesNotAnswer_TheOthersGoOn_AndWaitNoLongerThanUntilItIsNoticed()
    {
        await FormAsync();
        TestClient ann = await One.Identify("ann"), bob = await Three.Identify("bob");
        Sys.Stop(Two.Actor);
        TestClient newcomer = await One.Ask("newcomer");
        await ann.Ask<ServerPayload.Ok>(To(bob, "1"));
        (await bob.HearMessage()).ShouldBe("1");
        foreach (TestNode node in (TestNode[])[One, Three]) node.Sees(Up(One), Unreachable(Two), Up(Three));

        await newcomer.Identified("newcomer");
        await bob.Ask<ServerPayload.Ok>(To(newcomer, "2"));
        (await newcomer.HearMessage()).ShouldBe("2");
    }

    [Fact]
    public async Task WithoutARegistrar_NewcomersWait_MessagesDoNot_AndTheNextRegistrarKnowsAllNames()
    {
        await FormAsync();
        TestClient ann = await Two.Identify("ann"), bob = await Three.Identify("bob");
        One.StopRegistrar();
        TestClient newcomer = await Three.Ask("newcomer"), impostor = await Three.Ask("ann");
        await ann.Ask<ServerPayload.Ok>(To(bob, "1"));
        (await bob.HearMessage()).ShouldBe("1");
        Two.StartRegistrar();

        await newcomer.Identified("newcomer");
        (await impostor.Closed()).ShouldBe(CloseCode.DuplicateAuth);
    }

    [Fact]
    public async Task ANewcomerThatHasToWait_IsNotClosedForBeingLate()
    {
        await FormAsync();
        One.StopRegistrar();
        TestClient newcomer = await Three.Ask("newcomer");
        await newcomer.Settled();
        Advance(60);
        Two.StartRegistrar();

        await newcomer.Identified("newcomer");
    }

    [Fact]
    public async Task ARegistrar_ThatSeesNoMajority_GrantsNothing()
    {
        await FormAsync();
        TestClient ann = await One.Identify("ann");
        One.Sees(Up(One), Unreachable(Two), Unreachable(Three));
        TestClient newcomer = await One.Ask("newcomer");
        await ann.Ask<ServerPayload.Ok>(ToAll("1"));
        await ann.HearUntil("1");
        (await ann.Ask<ServerPayload.ClientFetchAllResult>(new ClientPayload.ClientFetchAll())).Clients.ShouldBe([ann.Info]);
        One.Sees(Up(One), Up(Two), Unreachable(Three));

        await newcomer.Identified("newcomer");
    }

    [Fact]
    public async Task ANodeThatJoins_KnowsEverybody_BeforeItIsReady()
    {
        await FormAsync();
        TestClient ann = await One.Identify("ann"), bob = await Two.Identify("bob");
        await ann.Ask<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate("news", null));
        await bob.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe("news"));
        await bob.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("r"));
        TestNode four = await AddAsync("four");
        four.Cluster.IsReady.ShouldBeFalse();
        foreach (TestNode node in (TestNode[])[One, Two, Three, four]) node.Sees(Up(One), Up(Two), Up(Three), Up(four));
        await Until(() => four.Cluster.IsReady);

        TestClient cid = await four.Identify("cid");
        (await cid.Ask<ServerPayload.ClientFetchAllResult>(new ClientPayload.ClientFetchAll())).Clients.ShouldBe([ann.Info, bob.Info, cid.Info], ignoreOrder: true);
        (await cid.Ask<ServerPayload.ServiceFetchResult>(new ClientPayload.ServiceFetch("news"))).Service.Subscribers.ShouldBe([bob.Uuid]);
        (await cid.Ask<ServerPayload.RoomFetchResult>(new ClientPayload.RoomFetch("r"))).Room.Members.ShouldBe([bob.Uuid]);
    }
}
