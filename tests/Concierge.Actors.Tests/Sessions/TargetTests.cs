using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Sessions;

// Whom each target reaches, and what it is refused with.
public class TargetTests : ConciergeTest
{
    [Fact]
    public async Task Name_ReachesTheClientOfThatName()
    {
        (TestClient ann, TestClient bob, TestClient cid) = await Identify("ann", "bob", "cid");
        var target = new Target.ToName("bob");
        await ann.Ask<ServerPayload.Ok>(new ClientPayload.Message(target, Data("hi")));

        (await bob.Hear<ServerPayload.Message>()).ShouldBe(new ServerPayload.Message(new Origin(ann.Info, null), target, Data("hi")));
        await cid.HearsNothingElseFrom(ann);
        await ann.HearsNothingElseFrom(bob);
    }

    [Fact]
    public async Task Name_OfNobody_IsRefused()
    {
        TestClient ann = await Identify("ann");

        (await ann.Ask<ServerPayload.InvalidName>(new ClientPayload.Message(new Target.ToName("bob"), Data("hi")))).Name.ShouldBe("bob");
    }

    [Fact]
    public async Task Uuid_ReachesThatClient()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        var target = new Target.ToUuid(bob.Uuid);
        await ann.Ask<ServerPayload.Ok>(new ClientPayload.Message(target, Data("hi")));

        (await bob.Hear<ServerPayload.Message>()).ShouldBe(new ServerPayload.Message(new Origin(ann.Info, null), target, Data("hi")));
    }

    [Fact]
    public async Task Uuid_OfNobody_IsRefused()
    {
        TestClient ann = await Identify("ann");
        Guid nobody = Guid.NewGuid();

        (await ann.Ask<ServerPayload.InvalidUuid>(new ClientPayload.Message(new Target.ToUuid(nobody), Data("hi")))).Uuid.ShouldBe(nobody);
    }

    [Fact]
    public async Task NameAndUuid_OfTheSender_ReachIt_BeforeItsOk()
    {
        TestClient ann = await Identify("ann");
        await ann.Send(To(ann, "1"), new ClientPayload.Message(new Target.ToName("ann"), RawJson.From("2")));

        ann.History.Skip(1).Select(said => said switch
        {
            ServerPayload.Message message => message.Data.ToString(),
            _ => said.GetType().Name,
        }).ShouldBe(["1", "Ok", "2", "Ok"]);
    }

    [Fact]
    public async Task Service_FromItsOwner_ReachesEverySubscriberButTheOwner()
    {
        (TestClient ann, TestClient bob, TestClient cid) = await Identify("ann", "bob", "cid");
        await Create(ann, "news", bob, cid);
        await Subscribe("news", ann, bob);
        await ann.Ask<ServerPayload.Ok>(ToService("news", "1"));

        var heard = await bob.Hear<ServerPayload.Message>();
        heard.ShouldBe(new ServerPayload.Message(
            new Origin(ann.Info, new ServiceInfo("news", null, ann.Uuid, [])), new Target.ToService("news"), RawJson.From("1")));
        await cid.HearsNothingElseFrom(ann);
        await ann.HearsNothingElseFrom(ann);
    }

    [Fact]
    public async Task Service_FromASubscriber_ReachesTheOwnerAlone()
    {
        (TestClient ann, TestClient bob, TestClient cid) = await Identify("ann", "bob", "cid");
        await Create(ann, "news", bob, cid);
        await Subscribe("news", bob, cid);
        await bob.Ask<ServerPayload.Ok>(ToService("news", "1"));

        var heard = await ann.Hear<ServerPayload.Message>();
        heard.Origin.ShouldBe(new Origin(bob.Info, new ServiceInfo("news", null, ann.Uuid, [])));
        await cid.HearsNothingElseFrom(bob);
        await bob.HearsNothingElseFrom(bob);
    }

    [Fact]
    public async Task Service_FromAnybodyElse_IsBad()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "news", bob);

        await bob.Ask<ServerPayload.Bad>(ToService("news", "1"));
        await ann.HearsNothingElseFrom(bob);
    }

    [Fact]
    public async Task Service_AfterUnsubscribing_IsBad()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "news", bob);
        await Subscribe("news", bob);
        await bob.Ask<ServerPayload.SelfUnsubscribeResult>(new ClientPayload.SelfUnsubscribe("news"));

        await bob.Ask<ServerPayload.Bad>(ToService("news", "1"));
        await ann.Ask<ServerPayload.Ok>(ToService("news", "2"));
        await bob.HearsNothingElseFrom(ann);
    }

    [Fact]
    public async Task Service_ThatDoesNotExist_IsRefused()
    {
        TestClient ann = await Identify("ann");

        (await ann.Ask<ServerPayload.InvalidService>(ToService("news", "1"))).Service.ShouldBe("news");
    }

    [Fact]
    public async Task ServiceClient_FromTheOwner_ReachesThatClient_SubscribedOrNot()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "news", bob);
        var target = new Target.ToServiceClient("news", bob.Uuid);
        await ann.Ask<ServerPayload.Ok>(new ClientPayload.Message(target, Data("psst")));

        (await bob.Hear<ServerPayload.Message>()).ShouldBe(new ServerPayload.Message(
            new Origin(ann.Info, new ServiceInfo("news", null, ann.Uuid, [])), target, Data("psst")));
    }

    [Fact]
    public async Task ServiceClient_IsRefused_ByWhatIsWrongFirst()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "news", bob);
        await Subscribe("news", bob);
        Guid nobody = Guid.NewGuid();

        await bob.Ask<ServerPayload.InvalidService>(new ClientPayload.Message(new Target.ToServiceClient("none", nobody), Data("psst")));
        await bob.Ask<ServerPayload.Bad>(new ClientPayload.Message(new Target.ToServiceClient("news", ann.Uuid), Data("psst")));
        await ann.Ask<ServerPayload.InvalidUuid>(new ClientPayload.Message(new Target.ToServiceClient("news", nobody), Data("psst")));
        await ann.HearsNothingElseFrom(bob);
    }

    [Fact]
    public async Task All_ReachesEverybody_TheSenderBeforeItsOk()
    {
        TestClient ann = await Identify("ann"), bob = await Identify("bob", presence: false);
        await ann.Hear<ServerPayload.ClientJoined>();
        await ann.Ask<ServerPayload.Ok>(ToAll("1"));

        (await bob.Hear<ServerPayload.Message>()).ShouldBe(
            new ServerPayload.Message(new Origin(ann.Info, null), Target.Everyone, RawJson.From("1")));
        (await ann.HearMessage()).ShouldBe("1");
        ann.History.TakeLast(2).Select(said => said.GetType()).ShouldBe([typeof(ServerPayload.Message), typeof(ServerPayload.Ok)]);
        await ann.HearsNothingElseFrom(bob);
    }

    [Fact]
    public async Task Data_IsPassedOnByteForByte_AndAForgedOriginReplaced()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        const string Odd = """{ "b" : 1.50e+03 , "a":"\u00e9\/" ,"a":[ ] }""";
        _ = ann.Send($$"""{"origin":{"name":"eve"},"data":{{Odd}},"target":{"type":"UUID","uuid":"{{bob.Uuid}}"},"type":"MESSAGE"}""");

        var heard = await bob.Hear<ServerPayload.Message>();
        heard.Data.ToString().ShouldBe(Odd);
        heard.Origin.Client.ShouldBe(ann.Info);
    }
}
