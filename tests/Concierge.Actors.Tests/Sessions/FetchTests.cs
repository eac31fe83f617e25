using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Sessions;

public class FetchTests : ConciergeTest
{
    [Fact]
    public async Task SelfFetch_TellsWhoOneIsAndWhatOneIsSubscribedTo()
    {
        TestClient ann = await Connect();
        await ann.Identify("ann", nickname: "Ann");
        await Create(ann, "a");
        await Create(ann, "b");
        await Subscribe("b", ann);
        await Subscribe("a", ann);

        var self = await ann.Ask<ServerPayload.SelfFetchResult>(new ClientPayload.SelfFetch());
        self.Client.ShouldBe(new ClientInfo("ann", "Ann", ann.Uuid, []));
        self.Subscriptions.ShouldBe([new ServiceInfo("b", null, ann.Uuid, [ann.Uuid]), new ServiceInfo("a", null, ann.Uuid, [ann.Uuid])]);
    }

    [Fact]
    public async Task ClientFetch_TellsTheSameOfAnother()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "a", bob);
        await Subscribe("a", ann);

        var found = await bob.Ask<ServerPayload.ClientFetchResult>(new ClientPayload.ClientFetch(ann.Uuid));
        found.Client.ShouldBe(ann.Info);
        found.Subscriptions.ShouldBe([new ServiceInfo("a", null, ann.Uuid, [ann.Uuid])]);
    }

    [Fact]
    public async Task ClientFetch_OfNobody_IsRefused()
    {
        TestClient ann = await Identify("ann");
        Guid nobody = Guid.NewGuid();

        (await ann.Ask<ServerPayload.InvalidUuid>(new ClientPayload.ClientFetch(nobody))).Uuid.ShouldBe(nobody);
    }

    [Fact]
    public async Task ClientFetchAll_ListsAllInTheOrderOfJoining_WithOrWithoutPresence()
    {
        TestClient ann = await Identify("ann"), bob = await Identify("bob", presence: false), cid = await Identify("cid");

        var all = await bob.Ask<ServerPayload.ClientFetchAllResult>(new ClientPayload.ClientFetchAll());
        all.Clients.ShouldBe([ann.Info, bob.Info, cid.Info]);
    }

    [Fact]
    public async Task ServiceFetch_ListsAllSubscribersInTheOrderOfSubscribing()
    {
        (TestClient ann, TestClient bob, TestClient cid) = await Identify("ann", "bob", "cid");
        await Create(ann, "a", bob, cid);
        await Subscribe("a", cid, ann, bob);

        var found = await bob.Ask<ServerPayload.ServiceFetchResult>(new ClientPayload.ServiceFetch("a"));
        found.Service.ShouldBe(new ServiceInfo("a", null, ann.Uuid, [cid.Uuid, ann.Uuid, bob.Uuid]));
    }

    [Fact]
    public async Task ServiceFetch_OfNone_IsRefused()
    {
        TestClient ann = await Identify("ann");

        (await ann.Ask<ServerPayload.InvalidService>(new ClientPayload.ServiceFetch("a"))).Service.ShouldBe("a");
    }

    [Fact]
    public async Task ServiceFetchAll_ListsAll()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "a", bob);
        await Create(bob, "b", ann);
        await Subscribe("b", ann);

        var all = await ann.Ask<ServerPayload.ServiceFetchAllResult>(new ClientPayload.ServiceFetchAll());
        all.Services.OrderBy(service => service.Name).ShouldBe(
            [new ServiceInfo("a", null, ann.Uuid, []), new ServiceInfo("b", null, bob.Uuid, [ann.Uuid])]);
    }

    [Fact]
    public async Task ServiceFetchAll_LongerThanAnyoneCanBeSent_IsRefusedAndTheSessionGoesOn()
    {
        TestClient ann = await Identify("ann", outgoingLimit: 2000);
        for (int i = 0; i < 20; i++) await Create(ann, $"a{i}");

        (await ann.Ask<ServerPayload.ErrorInternal>(new ClientPayload.ServiceFetchAll())).Desc.ShouldContain("2000 bytes");
        await ann.Ask<ServerPayload.ServiceFetchResult>(new ClientPayload.ServiceFetch("a7"));
    }
}
