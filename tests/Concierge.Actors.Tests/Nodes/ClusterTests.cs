using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Nodes;

// Three nodes are one concierge: whoever has an answer finds what it says on any of them.
public class ClusterTests : ClusterTest
{
    [Fact]
    public async Task AClient_IsFoundOnEveryNode_AsSoonAsItHasItsHello()
    {
        await FormAsync();
        TestClient ann = await One.Identify("ann"), bob = await Two.Identify("bob"), cid = await Three.Identify("cid");

        foreach (TestClient client in (TestClient[])[ann, bob, cid])
        {
            (await client.Ask<ServerPayload.ClientFetchAllResult>(new ClientPayload.ClientFetchAll())).Clients
                .ShouldBe([ann.Info, bob.Info, cid.Info], ignoreOrder: true);
        }
        await ann.Ask<ServerPayload.Ok>(To(cid, "1"));
        (await cid.HearMessage()).ShouldBe("1");
        await cid.Ask<ServerPayload.Ok>(new ClientPayload.Message(new Target.ToName("bob"), RawJson.From("2")));
        var heard = await bob.Hear<ServerPayload.Message>();
        heard.Data.ToString().ShouldBe("2");
        heard.Origin.Client.ShouldBe(cid.Info);
    }

    [Fact]
    public async Task AName_IsTakenOnEveryNode_AndFreeOnEveryNodeAgain()
    {
        await FormAsync();
        TestClient ann = await One.Identify("ann"), watcher = await Three.Identify("watcher", presence: true);
        (await (await Two.Ask("ann")).Closed()).ShouldBe(CloseCode.DuplicateAuth);
        ann.Disconnect();

        (await watcher.Hear<ServerPayload.ClientLeft>()).Client.ShouldBe(ann.Info);
        await Two.Identify("ann");
        (await watcher.Hear<ServerPayload.ClientJoined>()).Client.Name.ShouldBe("ann");
    }

    [Fact]
    public async Task AService_IsSubscribedTo_FromEveryNode_AndABroadcastReachesAll_Once()
    {
        await FormAsync();
        TestClient owner = await One.Identify("owner"), near = await One.Identify("near"), far = await Two.Identify("far"), farther = await Two.Identify("farther");
        (await owner.Ask<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate("news", "News"))).Successful.ShouldBeTrue();
        foreach (TestClient client in (TestClient[])[near, far, farther])
            (await client.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe("news"))).Successful.ShouldBeTrue();
        (await far.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe("news"))).Successful.ShouldBeFalse();
        var elsewhere = await Three.Identify("elsewhere");
        (await elsewhere.Ask<ServerPayload.ServiceFetchResult>(new ClientPayload.ServiceFetch("news"))).Service.Subscribers
            .ShouldBe([near.Uuid, far.Uuid, farther.Uuid], ignoreOrder: true);
        (await elsewhere.Ask<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate("news", null))).Successful.ShouldBeFalse();
        long crossed = One.Cluster.Sent;
        await owner.Ask<ServerPayload.Ok>(ToService("news", "1"));

        foreach (TestClient client in (TestClient[])[near, far, farther])
            (await client.HearUntil("1")).OfType<ServerPayload.Message>().ShouldBeEmpty();
        // One broadcast, two receivers over there: it crossed once, and not to the node that has no subscriber.
        (One.Cluster.Sent - crossed).ShouldBe(1);
        await far.Ask<ServerPayload.Ok>(ToService("news", "2"));
        (await owner.HearUntil("2")).OfType<ServerPayload.Message>().ShouldBeEmpty();
    }

    [Fact]
    public async Task ABroadcast_FollowedByADirectMessage_ArrivesInThatOrder()
    {
        await FormAsync();
        TestClient ann = await One.Identify("ann"), bob = await Two.Identify("bob");
        ClientPayload[] messages = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? ToAll($"{i}") : To(bob, $"{i}"))];
        _ = ann.Send(messages);

        for (int i = 0; i < messages.Length; i++) (await bob.HearMessage()).ShouldBe($"{i}");
    }

    [Fact]
    public async Task ARoom_HasMembersOnEveryNode_AndEndsWithTheLast()
    {
        await FormAsync();
        TestClient ann = await One.Identify("ann", presence: true), bob = await Two.Identify("bob", presence: true);
        (await ann.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("r"))).Room.Members.ShouldBe([ann.Uuid]);
        (await bob.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("r"))).Room.Members.ShouldBe([ann.Uuid, bob.Uuid]);
        await ann.Hear<ServerPayload.ClientJoined>();
        (await ann.Hear<ServerPayload.RoomClientJoined>()).Client.ShouldBe(bob.Info);
        await bob.Ask<ServerPayload.Ok>(ToRoom("r", "1"));
        (await ann.HearMessage()).ShouldBe("1");
        TestClient cid = await Three.Identify("cid");
        (await cid.Ask<ServerPayload.RoomFetchResult>(new ClientPayload.RoomFetch("r"))).Room.Members.ShouldBe([ann.Uuid, bob.Uuid]);
        (await cid.Ask<ServerPayload.RoomLeaveResult>(new ClientPayload.RoomLeave("r"))).Successful.ShouldBeFalse();

        (await ann.Ask<ServerPayload.RoomLeaveResult>(new ClientPayload.RoomLeave("r"))).Room.Members.ShouldBe([bob.Uuid]);
        (await bob.Hear<ServerPayload.ClientJoined>()).Client.ShouldBe(cid.Info);
        (await bob.Hear<ServerPayload.RoomClientLeft>()).Client.ShouldBe(ann.Info);
        await bob.Ask<ServerPayload.RoomLeaveResult>(new ClientPayload.RoomLeave("r"));
        await cid.Ask<ServerPayload.InvalidRoom>(new ClientPayload.RoomFetch("r"));
    }

    [Fact]
    public async Task ANickname_IsChangedOnEveryNode()
    {
        await FormAsync();
        TestClient ann = await One.Identify("ann"), bob = await Two.Identify("bob", presence: true);
        await ann.Ask<ServerPayload.Ok>(new ClientPayload.SelfSetNickname("Ann"));

        (await bob.Hear<ServerPayload.ClientUpdated>()).Client.Nickname.ShouldBe("Ann");
        (await bob.Ask<ServerPayload.ClientFetchResult>(new ClientPayload.ClientFetch(ann.Uuid))).Client.Nickname.ShouldBe("Ann");
    }

    [Fact]
    public async Task AClientThatLeaves_LeavesEveryNode_WithTheEventsInTheirOrder()
    {
        await FormAsync();
        TestClient ann = await One.Identify("ann"), bob = await Two.Identify("bob", presence: true), owner = await Three.Identify("owner");
        await owner.Ask<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate("news", null));
        await ann.Ask<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate("hers", null));
        foreach (TestClient client in (TestClient[])[bob, ann])
        {
            await client.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe("news"));
            await client.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("r"));
        }
        await owner.Ask<ServerPayload.Ok>(To(bob, "0"));
        await bob.HearUntil("0");
        ann.Disconnect();

        (await bob.Hear<ServerPayload.ServiceDeleteResult>()).Service.Name.ShouldBe("hers");
        (await bob.Hear<ServerPayload.ServiceClientUnsubscribed>()).Client.ShouldBe(ann.Info);
        (await bob.Hear<ServerPayload.RoomClientLeft>()).Client.ShouldBe(ann.Info);
        (await bob.Hear<ServerPayload.ClientLeft>()).Client.ShouldBe(ann.Info);
    }
}
