using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Services;

public class ServiceTests : ConciergeTest
{
    [Fact]
    public async Task ServiceCreate_TellsEverybody_AndTheCreatorTwice_TheEventFirst()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await ann.Ask<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate("news", "The News"));

        var expected = new ServerPayload.ServiceCreateResult(true, new ServiceInfo("news", "The News", ann.Uuid, []));
        (await bob.Hear<ServerPayload.ServiceCreateResult>()).ShouldBe(expected);
        ann.History.TakeLast(2).ShouldBe([expected, expected with { Seq = 0 }]);
        await ann.Hear<ServerPayload.ServiceCreateResult>();
        await ann.HearsNothingElseFrom(bob);
    }

    [Fact]
    public async Task ServiceCreate_OfAnExistingOne_TellsWhatItIsNow_AndNobodyElse()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "news", bob);
        await Subscribe("news", ann);

        (await bob.Ask<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate("news", "Mine"))).ShouldBe(
            new ServerPayload.ServiceCreateResult(false, new ServiceInfo("news", null, ann.Uuid, [ann.Uuid])) { Seq = 0 });
        await ann.HearsNothingElseFrom(bob);
    }

    [Fact]
    public async Task ServiceCreate_OfOnesOwnAgain_ChangesNothing()
    {
        TestClient ann = await Identify("ann");
        await Create(ann, "news");

        (await ann.Ask<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate("news", null))).Successful.ShouldBeFalse();
    }

    [Fact]
    public async Task ServiceDelete_TellsEverybody_AndTheOwnerTwice_TheEventFirst()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "news", bob);
        await Subscribe("news", bob, ann);
        await ann.Ask<ServerPayload.ServiceDeleteResult>(new ClientPayload.ServiceDelete("news"));

        var deleted = new ServiceInfo("news", null, ann.Uuid, []);
        (await bob.Hear<ServerPayload.ServiceDeleteResult>()).Service.ShouldBe(deleted);
        ann.History.TakeLast(2).ShouldBe(
        [
            new ServerPayload.ServiceDeleteResult(deleted),
            new ServerPayload.ServiceDeleteResult(deleted with { Subscribers = [bob.Uuid, ann.Uuid] }) { Seq = 2 },
        ]);
    }

    [Fact]
    public async Task ServiceDelete_EndsItsSubscriptions()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "news", bob);
        await Subscribe("news", bob);
        await ann.Ask<ServerPayload.ServiceDeleteResult>(new ClientPayload.ServiceDelete("news"));

        (await bob.Ask<ServerPayload.SelfFetchResult>(new ClientPayload.SelfFetch())).Subscriptions.ShouldBeEmpty();
        await bob.Ask<ServerPayload.InvalidService>(new ClientPayload.SelfUnsubscribe("news"));
        await bob.Ask<ServerPayload.InvalidService>(ToService("news", "1"));
    }

    [Fact]
    public async Task ServiceDelete_ByAnybodyElse_IsBad()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "news", bob);
        await Subscribe("news", bob);

        await bob.Ask<ServerPayload.Bad>(new ClientPayload.ServiceDelete("news"));
        await ann.HearsNothingElseFrom(bob);
    }

    [Fact]
    public async Task ServiceDelete_OfNone_IsRefused()
    {
        TestClient ann = await Identify("ann");

        (await ann.Ask<ServerPayload.InvalidService>(new ClientPayload.ServiceDelete("news"))).Service.ShouldBe("news");
    }

    [Fact]
    public async Task Name_OfADeletedService_IsFreeForAnother()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "news", bob);
        await Subscribe("news", ann);
        await ann.Ask<ServerPayload.ServiceDeleteResult>(new ClientPayload.ServiceDelete("news"));
        await bob.Hear<ServerPayload.ServiceDeleteResult>();

        await Create(bob, "news");
        (await bob.Ask<ServerPayload.ServiceFetchResult>(new ClientPayload.ServiceFetch("news"))).Service
            .ShouldBe(new ServiceInfo("news", null, bob.Uuid, []));
    }

    [Fact]
    public async Task TwoClients_RacingForAServicesName_GetItOnce_AndTheOtherIsToldWhose()
    {
        for (int round = 0; round < 20; round++)
        {
            string name = $"race{round}";
            TestClient ann = await Identify($"ann{round}", presence: false), bob = await Identify($"bob{round}", presence: false);
            _ = ann.Send(new ClientPayload.ServiceCreate(name, null));
            _ = bob.Send(new ClientPayload.ServiceCreate(name, null));
            var first = await ann.Answered<ServerPayload.ServiceCreateResult>(seq: 0);
            var second = await bob.Answered<ServerPayload.ServiceCreateResult>(seq: 0);

            (first.Successful ^ second.Successful).ShouldBeTrue();
            first.Service.ShouldBe(second.Service);
            first.Service.OwnerUuid.ShouldBe(first.Successful ? ann.Uuid : bob.Uuid);
        }
    }
}
