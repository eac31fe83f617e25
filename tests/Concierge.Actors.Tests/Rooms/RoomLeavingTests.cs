using Concierge.Actors.Directory;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Rooms;

// Clients that leave the concierge leave their rooms.
public class RoomLeavingTests : ConciergeTest
{
    [Fact]
    public async Task Leaving_IsTold_ServicesFirst_ThenSubscriptions_ThenRooms_ThenTheClient()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Join("r1", ann, bob);
        await Join("r2", bob, ann);
        await Join("alone", ann);
        await Create(bob, "b", ann);
        await Subscribe("b", bob, ann);
        await Create(ann, "a", bob);
        ann.Disconnect();

        (await bob.Hear<ServerPayload.ServiceDeleteResult>()).Service.Name.ShouldBe("a");
        (await bob.Hear<ServerPayload.ServiceClientUnsubscribed>()).Service.Name.ShouldBe("b");
        (await bob.Hear<ServerPayload.RoomClientLeft>()).ShouldBe(new ServerPayload.RoomClientLeft(ann.Info, "r1"));
        (await bob.Hear<ServerPayload.RoomClientLeft>()).ShouldBe(new ServerPayload.RoomClientLeft(ann.Info, "r2"));
        (await bob.Hear<ServerPayload.ClientLeft>()).Client.ShouldBe(ann.Info);
        (await bob.Ask<ServerPayload.RoomFetchAllResult>(new ClientPayload.RoomFetchAll())).Rooms.OrderBy(room => room.Name)
            .ShouldBe([new RoomInfo("r1", [bob.Uuid]), new RoomInfo("r2", [bob.Uuid])]);
    }

    [Fact]
    public async Task ARoomWhoseLastMemberLeft_IsOpenedAnewByTheNext()
    {
        TestClient bob = await Identify("bob");
        for (int i = 0; i < 20; i++)
        {
            TestClient ann = await Identify("ann");
            await bob.Hear<ServerPayload.ClientJoined>();
            await Join("lobby", ann);
            ann.Disconnect();
            await bob.Hear<ServerPayload.ClientLeft>();

            await bob.Ask<ServerPayload.InvalidRoom>(new ClientPayload.RoomFetch("lobby"));
            (await bob.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("lobby"))).Room.ShouldBe(new RoomInfo("lobby", [bob.Uuid]));
            (await bob.Ask<ServerPayload.RoomLeaveResult>(new ClientPayload.RoomLeave("lobby"))).Successful.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task AClient_ThatLeavesWhileItJoins_IsInNoRoom()
    {
        TestClient bob = await Identify("bob");
        for (int i = 0; i < 20; i++)
        {
            TestClient hasty = await Identify("hasty", presence: false);
            await bob.Hear<ServerPayload.ClientJoined>();
            _ = hasty.Send(new ClientPayload.RoomJoin("lobby"), new ClientPayload.RoomJoin("attic"));
            hasty.Disconnect();
            await bob.Hear<ServerPayload.ClientLeft>();

            (await bob.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("lobby"))).Room.ShouldBe(new RoomInfo("lobby", [bob.Uuid]));
            await bob.Ask<ServerPayload.RoomLeaveResult>(new ClientPayload.RoomLeave("lobby"));
            View.Rooms.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Members_AreNobodysAnyMore_OnceTheyHaveLeft()
    {
        (TestClient ann, TestClient bob, TestClient cid) = await Identify("ann", "bob", "cid");
        await Join("lobby", ann, bob, cid);
        ann.Disconnect();
        await bob.Hear<ServerPayload.RoomClientLeft>();
        await bob.Hear<ServerPayload.ClientLeft>();

        await bob.Ask<ServerPayload.Ok>(ToRoom("lobby", "1"));
        await cid.Hear<ServerPayload.RoomClientLeft>();
        await cid.Hear<ServerPayload.ClientLeft>();
        (await cid.HearMessage()).ShouldBe("1");
        View.Rooms.Single().Members.Snapshot().Select((ClientEntry member) => member.Info).ShouldBe([bob.Info, cid.Info]);
    }
}
