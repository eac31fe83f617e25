using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Services;

public class SubscriptionTests : ConciergeTest
{
    [Fact]
    public async Task Subscribe_TellsTheSubscriberItsResultAndThenTheEvent()
    {
        TestClient ann = await Identify("ann");
        await Create(ann, "news");
        await ann.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe("news"));

        await ann.Hear<ServerPayload.ServiceClientSubscribed>();
        ann.History.TakeLast(2).ShouldBe(
        [
            new ServerPayload.SelfSubscribeResult(true, new ServiceInfo("news", null, ann.Uuid, [ann.Uuid])) { Seq = 1 },
            new ServerPayload.ServiceClientSubscribed(ann.Info, new ServiceInfo("news", null, ann.Uuid, [])),
        ]);
    }

    [Fact]
    public async Task Subscribe_TellsTheSubscribersAlone()
    {
        (TestClient ann, TestClient bob, TestClient cid) = await Identify("ann", "bob", "cid");
        await Create(ann, "news", bob, cid);
        await Subscribe("news", bob);
        await cid.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe("news"));

        (await bob.Hear<ServerPayload.ServiceClientSubscribed>()).Client.ShouldBe(cid.Info);
        await ann.HearsNothingElseFrom(cid);
        await bob.HearsNothingElseFrom(cid);
    }

    [Fact]
    public async Task Subscribe_WhenAlreadySubscribed_ReportsNoChangeAndTellsNobody()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "news", bob);
        await Subscribe("news", ann, bob);

        var again = await bob.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe("news"));
        again.Successful.ShouldBeFalse();
        again.Service.Subscribers.ShouldBe([ann.Uuid, bob.Uuid]);
        await ann.HearsNothingElseFrom(bob);
        await bob.HearsNothingElseFrom(ann);
    }

    [Fact]
    public async Task Subscribe_ToNone_IsRefused()
    {
        TestClient ann = await Identify("ann");

        (await ann.Ask<ServerPayload.InvalidService>(new ClientPayload.SelfSubscribe("news"))).Service.ShouldBe("news");
    }

    [Fact]
    public async Task Unsubscribe_TellsTheRemainingSubscribersAlone()
    {
        (TestClient ann, TestClient bob, TestClient cid) = await Identify("ann", "bob", "cid");
        await Create(ann, "news", bob, cid);
        await Subscribe("news", bob, cid);
        var result = await bob.Ask<ServerPayload.SelfUnsubscribeResult>(new ClientPayload.SelfUnsubscribe("news"));

        result.Successful.ShouldBeTrue();
        result.Service.Subscribers.ShouldBe([cid.Uuid]);
        (await cid.Hear<ServerPayload.ServiceClientUnsubscribed>()).ShouldBe(
            new ServerPayload.ServiceClientUnsubscribed(bob.Info, new ServiceInfo("news", null, ann.Uuid, [])));
        await bob.HearsNothingElseFrom(cid);
        await ann.HearsNothingElseFrom(bob);
    }

    [Fact]
    public async Task Unsubscribe_WhenNotSubscribed_ReportsNoChangeAndTellsNobody()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "news", bob);
        await Subscribe("news", ann);

        (await bob.Ask<ServerPayload.SelfUnsubscribeResult>(new ClientPayload.SelfUnsubscribe("news"))).Successful.ShouldBeFalse();
        await ann.HearsNothingElseFrom(bob);
    }

    [Fact]
    public async Task Unsubscribe_FromNone_IsRefused()
    {
        TestClient ann = await Identify("ann");

        (await ann.Ask<ServerPayload.InvalidService>(new ClientPayload.SelfUnsubscribe("news"))).Service.ShouldBe("news");
    }

    [Fact]
    public async Task Subscribe_AfterUnsubscribing_SubscribesAnew_AtTheEnd()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "news", bob);
        await Subscribe("news", ann, bob);
        await ann.Ask<ServerPayload.SelfUnsubscribeResult>(new ClientPayload.SelfUnsubscribe("news"));
        var result = await ann.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe("news"));

        result.Successful.ShouldBeTrue();
        result.Service.Subscribers.ShouldBe([bob.Uuid, ann.Uuid]);
    }

    [Fact]
    public async Task SubscribersOfMoreThan256_AreLeftOutOfTheResult_ButNotOfAFetch()
    {
        TestClient ann = await Identify("ann", presence: false);
        await Create(ann, "news");
        for (int i = 0; i < Limits.SubscribersInResult - 1; i++)
        {
            TestClient other = await Identify($"c{i}", presence: false);
            await other.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe("news"));
        }
        TestClient bob = await Identify("bob", presence: false);

        (await ann.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe("news"))).Service.Subscribers.Length
            .ShouldBe(Limits.SubscribersInResult);
        (await bob.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe("news"))).Service.Subscribers.ShouldBeEmpty();
        (await bob.Ask<ServerPayload.ServiceFetchResult>(new ClientPayload.ServiceFetch("news"))).Service.Subscribers.Length
            .ShouldBe(Limits.SubscribersInResult + 1);
    }
}
