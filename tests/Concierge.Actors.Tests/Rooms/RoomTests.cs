using Concierge.Actors.Directory;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Rooms;

public class RoomTests : ConciergeTest
{
    [Fact]
    public async Task Join_OfARoomThatIsNot_MakesIt_AndIsToldToNobodyOutside()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");

        var joined = await ann.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("lobby"));
        joined.Successful.ShouldBeTrue();
        joined.Room.ShouldBe(new RoomInfo("lobby", [ann.Uuid]));
        await bob.HearsNothingElseFrom(ann);
        await ann.HearsNothingElseFrom(bob);
    }

    [Fact]
    public async Task Join_IsToldToTheOtherMembers_NotToTheNewOne()
    {
        (TestClient ann, TestClient bob, TestClient cid) = await Identify("ann", "bob", "cid");
        await Join("lobby", ann, bob);

        var joined = await cid.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("lobby"));
        joined.Room.ShouldBe(new RoomInfo("lobby", [ann.Uuid, bob.Uuid, cid.Uuid]));
        foreach (TestClient member in (TestClient[])[ann, bob])
            (await member.Hear<ServerPayload.RoomClientJoined>()).ShouldBe(new ServerPayload.RoomClientJoined(cid.Info, "lobby"));
        await cid.HearsNothingElseFrom(ann);
    }

    [Fact]
    public async Task Join_WhenAMemberAlready_ReportsNoChange_AndIsToldToNobody()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Join("lobby", ann, bob);

        var joined = await bob.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("lobby"));
        joined.Successful.ShouldBeFalse();
        joined.Room.ShouldBe(new RoomInfo("lobby", [ann.Uuid, bob.Uuid]));
        await ann.HearsNothingElseFrom(bob);
    }

    [Fact]
    public async Task Leave_IsToldToTheRemainingMembers_AndReportsThem()
    {
        (TestClient ann, TestClient bob, TestClient cid) = await Identify("ann", "bob", "cid");
        await Join("lobby", ann, bob, cid);

        var left = await ann.Ask<ServerPayload.RoomLeaveResult>(new ClientPayload.RoomLeave("lobby"));
        left.Successful.ShouldBeTrue();
        left.Room.ShouldBe(new RoomInfo("lobby", [bob.Uuid, cid.Uuid]));
        foreach (TestClient member in (TestClient[])[bob, cid])
            (await member.Hear<ServerPayload.RoomClientLeft>()).ShouldBe(new ServerPayload.RoomClientLeft(ann.Info, "lobby"));
        await ann.HearsNothingElseFrom(bob);
    }

    [Fact]
    public async Task Leave_OfTheLastMember_EndsTheRoom()
    {
        TestClient ann = await Identify("ann");
        await Join("lobby", ann);

        var left = await ann.Ask<ServerPayload.RoomLeaveResult>(new ClientPayload.RoomLeave("lobby"));
        left.Successful.ShouldBeTrue();
        left.Room.ShouldBe(new RoomInfo("lobby", []));
        View.Rooms.ShouldBeEmpty();
        await ann.Ask<ServerPayload.InvalidRoom>(new ClientPayload.RoomFetch("lobby"));
        await ann.Ask<ServerPayload.InvalidRoom>(new ClientPayload.RoomLeave("lobby"));
    }

    [Fact]
    public async Task Leave_WhenNotAMember_ReportsNoChange_AndIsToldToNobody()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Join("lobby", ann);

        var left = await bob.Ask<ServerPayload.RoomLeaveResult>(new ClientPayload.RoomLeave("lobby"));
        left.Successful.ShouldBeFalse();
        left.Room.ShouldBe(new RoomInfo("lobby", [ann.Uuid]));
        await ann.HearsNothingElseFrom(bob);
    }

    [Fact]
    public async Task Leave_OfARoomThatIsNot_IsRefused()
    {
        TestClient ann = await Identify("ann");

        (await ann.Ask<ServerPayload.InvalidRoom>(new ClientPayload.RoomLeave("lobby"))).Room.ShouldBe("lobby");
    }

    [Fact]
    public async Task Fetch_ListsTheMembers_ForAnybody()
    {
        (TestClient ann, TestClient bob, TestClient cid) = await Identify("ann", "bob", "cid");
        await Join("lobby", bob, ann);

        (await cid.Ask<ServerPayload.RoomFetchResult>(new ClientPayload.RoomFetch("lobby"))).Room
            .ShouldBe(new RoomInfo("lobby", [bob.Uuid, ann.Uuid]));
        (await cid.Ask<ServerPayload.InvalidRoom>(new ClientPayload.RoomFetch("attic"))).Room.ShouldBe("attic");
    }

    [Fact]
    public async Task FetchAll_ListsAllRooms()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        (await bob.Ask<ServerPayload.RoomFetchAllResult>(new ClientPayload.RoomFetchAll())).Rooms.ShouldBeEmpty();
        await Join("lobby", ann, bob);
        await Join("attic", bob);

        var all = await ann.Ask<ServerPayload.RoomFetchAllResult>(new ClientPayload.RoomFetchAll());
        all.Rooms.OrderBy(room => room.Name).ShouldBe([new RoomInfo("attic", [bob.Uuid]), new RoomInfo("lobby", [ann.Uuid, bob.Uuid])]);
    }

    [Fact]
    public async Task FetchAll_LongerThanAnyoneCanBeSent_IsRefusedAndTheSessionGoesOn()
    {
        TestClient ann = await Identify("ann", outgoingLimit: 2000);
        for (int i = 0; i < 20; i++) await Join($"r{i}", ann);

        (await ann.Ask<ServerPayload.ErrorInternal>(new ClientPayload.RoomFetchAll())).Desc.ShouldContain("2000 bytes");
        await ann.Ask<ServerPayload.RoomFetchResult>(new ClientPayload.RoomFetch("r7"));
    }

    [Fact]
    public async Task Results_ListAllMembers_ButThoseThatCouldNotBeSent()
    {
        TestClient ann = await Identify("ann"), bob = await Identify("bob", outgoingLimit: 20_000);
        await Join("lobby", ann);
        RoomEntry lobby = View.Rooms.Single();
        for (int i = 0; i < 299; i++)
        {
            var info = new ClientInfo($"c{i}", null, Guid.NewGuid(), []);
            lobby.Members.Add(new ClientEntry(info, default, false, ann.Connection.Outbox, TestActor));
        }

        (await ann.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("lobby"))).Room.Members.Length.ShouldBe(300);
        (await bob.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("lobby"))).Room.Members.ShouldBeEmpty();
        (await bob.Ask<ServerPayload.RoomFetchResult>(new ClientPayload.RoomFetch("lobby"))).Room.Members.Length.ShouldBe(301);
        (await bob.Ask<ServerPayload.RoomLeaveResult>(new ClientPayload.RoomLeave("lobby"))).Room.Members.ShouldBeEmpty();
    }

    [Fact]
    public async Task Rooms_AndServices_MayHaveTheSameName()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "lobby", bob);
        await Join("lobby", bob);

        (await ann.Ask<ServerPayload.ServiceFetchResult>(new ClientPayload.ServiceFetch("lobby"))).Service.Subscribers.ShouldBeEmpty();
        (await ann.Ask<ServerPayload.RoomFetchResult>(new ClientPayload.RoomFetch("lobby"))).Room.Members.ShouldBe([bob.Uuid]);
    }

    [Fact]
    public async Task Message_ReachesEveryMemberButTheSender_AndNobodyElse()
    {
        (TestClient ann, TestClient bob, TestClient cid) = await Identify("ann", "bob", "cid");
        TestClient dan = await Identify("dan", presence: false);
        foreach (TestClient client in (TestClient[])[ann, bob, cid]) await client.Hear<ServerPayload.ClientJoined>();
        await Join("lobby", ann, bob, cid);

        await bob.Ask<ServerPayload.Ok>(ToRoom("lobby", "1"));
        var expected = new ServerPayload.Message(new Origin(bob.Info, null), new Target.ToRoom("lobby"), RawJson.From("1"));
        (await ann.Hear<ServerPayload.Message>()).ShouldBe(expected);
        (await cid.Hear<ServerPayload.Message>()).ShouldBe(expected);
        await bob.HearsNothingElseFrom(ann);
        await dan.HearsNothingElseFrom(bob);
    }

    [Fact]
    public async Task Message_ToNobodyElse_IsOk()
    {
        TestClient ann = await Identify("ann");
        await Join("lobby", ann);

        await ann.Ask<ServerPayload.Ok>(ToRoom("lobby", "1"));
        await ann.HearsNothingElseFrom(ann);
    }

    [Fact]
    public async Task Message_FromOneWhoIsNoMember_IsBad()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Join("lobby", ann);

        await bob.Ask<ServerPayload.Bad>(ToRoom("lobby", "1"));
        await ann.HearsNothingElseFrom(bob);
    }

    [Fact]
    public async Task Message_ToARoomThatIsNot_IsRefused()
    {
        TestClient ann = await Identify("ann");

        (await ann.Ask<ServerPayload.InvalidRoom>(ToRoom("lobby", "1"))).Room.ShouldBe("lobby");
    }

    [Fact]
    public async Task Frames_OfOneRead_AreDealtWithInTheirOrder()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Join("lobby", ann);
        _ = bob.Send(
            new ClientPayload.RoomJoin("lobby"), ToRoom("lobby", "1"), new ClientPayload.RoomLeave("lobby"), ToRoom("lobby", "2"), To(ann, "3"));

        await bob.Answered<ServerPayload.RoomJoinResult>(seq: 0);
        await bob.Answered<ServerPayload.Ok>(seq: 1);
        await bob.Answered<ServerPayload.RoomLeaveResult>(seq: 2);
        await bob.Answered<ServerPayload.Bad>(seq: 3);
        await bob.Answered<ServerPayload.Ok>(seq: 4);
        await ann.Hear<ServerPayload.RoomClientJoined>();
        (await ann.HearMessage()).ShouldBe("1");
        await ann.Hear<ServerPayload.RoomClientLeft>();
        (await ann.HearMessage()).ShouldBe("3");
    }

    [Fact]
    public async Task WithoutPresence_AMemberHearsWhatIsSaid_ButNotWhoComesAndGoes()
    {
        TestClient ann = await Identify("ann", presence: false), bob = await Identify("bob", presence: false);
        await ann.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("lobby"));
        await bob.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("lobby"));
        await bob.Ask<ServerPayload.Ok>(ToRoom("lobby", "1"));
        (await ann.HearMessage()).ShouldBe("1");
        await bob.Ask<ServerPayload.RoomLeaveResult>(new ClientPayload.RoomLeave("lobby"));

        await ann.HearsNothingElseFrom(bob);
    }
}
