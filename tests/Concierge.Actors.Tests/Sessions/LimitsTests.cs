using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Sessions;

public class LimitsTests : ConciergeTest
{
    public LimitsTests()
        : base(new ConciergeSettings { ServicesPerClient = 2, SubscriptionsPerClient = 2, RoomsPerClient = 2 })
    {
    }

    [Fact]
    public async Task Services_BeyondTheLimitOfOneClient_AreBad_UntilItDeletesOne()
    {
        TestClient ann = await Identify("ann");
        await Create(ann, "a");
        await Create(ann, "b");
        await ann.Ask<ServerPayload.Bad>(new ClientPayload.ServiceCreate("c", null));

        await ann.Ask<ServerPayload.ServiceDeleteResult>(new ClientPayload.ServiceDelete("a"));
        (await ann.Ask<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate("c", null))).Successful.ShouldBeTrue();
    }

    [Fact]
    public async Task Services_OfOneClientAtItsLimit_DoNotCountForAnother()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "a", bob);
        await Create(ann, "b", bob);

        await Create(bob, "c", ann);
    }

    [Fact]
    public async Task Subscriptions_BeyondTheLimitOfOneClient_AreBad_UntilItEndsOne()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "a", bob);
        await Create(ann, "b", bob);
        await Create(bob, "c", ann);
        await Subscribe("a", ann);
        await Subscribe("b", ann);
        await ann.Ask<ServerPayload.Bad>(new ClientPayload.SelfSubscribe("c"));

        await ann.Ask<ServerPayload.SelfUnsubscribeResult>(new ClientPayload.SelfUnsubscribe("a"));
        await Subscribe("c", ann);
    }

    [Fact]
    public async Task Rooms_BeyondTheLimitOfOneClient_AreBad_UntilItLeavesOne()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Join("a", ann);
        await Join("b", ann);
        await Join("c", bob);
        await ann.Ask<ServerPayload.Bad>(new ClientPayload.RoomJoin("c"));
        (await ann.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("b"))).Successful.ShouldBeFalse();

        await ann.Ask<ServerPayload.RoomLeaveResult>(new ClientPayload.RoomLeave("a"));
        (await ann.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("c"))).Successful.ShouldBeTrue();
    }
}
