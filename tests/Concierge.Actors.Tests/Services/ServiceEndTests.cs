using Akka.Actor;
using Akka.TestKit;
using Concierge.Actors.Directory;
using Concierge.Actors.Services;
using Concierge.Actors.Sessions;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Services;

// A service may end while somebody asks it for a subscription. The test plays the service.
public class ServiceEndTests : ConciergeTest
{
    [Fact]
    public async Task Subscribe_ToAServiceThatEndsWithoutAnAnswer_IsRefused()
    {
        (TestClient ann, TestProbe service, _) = await AskingAsync();
        Sys.Stop(service.Ref);

        (await ann.Answered<ServerPayload.InvalidService>(seq: 0)).Service.ShouldBe("news");
    }

    [Fact]
    public async Task Subscribe_ToAServiceThatHasEnded_IsRefused()
    {
        TestClient ann = await Identify("ann");
        TestProbe service = CreateTestProbe();
        CreatePlayed(ann, "news", service);
        Watch(service.Ref);
        Sys.Stop(service.Ref);
        await ExpectTerminatedAsync(service.Ref);

        await ann.Ask<ServerPayload.InvalidService>(new ClientPayload.SelfSubscribe("news"));
        await ann.Ask<ServerPayload.InvalidService>(new ClientPayload.SelfUnsubscribe("news"));
    }

    [Fact]
    public async Task ALateAnswer_DoesNotAnswerTheNextFrame()
    {
        (TestClient ann, TestProbe service, ServiceActor.Subscribe first) = await AskingAsync();
        TestProbe other = CreateTestProbe();
        CreatePlayed(ann, "other", other);
        _ = ann.Send(new ClientPayload.SelfSubscribe("other"));
        Sys.Stop(service.Ref);
        await ann.Answered<ServerPayload.InvalidService>(seq: 0);
        var second = await other.ExpectMsgAsync<ServiceActor.Subscribe>();

        ann.Session.Tell(new SessionActor.Answer(first, Outcome.Done));
        ann.Session.Tell(new SessionActor.Answer(second, Outcome.Unchanged));
        var result = await ann.Answered<ServerPayload.SelfSubscribeResult>(seq: 1);
        result.Successful.ShouldBeFalse();
        result.Service.Name.ShouldBe("other");
        await ann.HearsNothingElseFrom(ann);
    }

    [Fact]
    public async Task Subscribe_AnsweredAfterTheServiceWasDeleted_IsRefused()
    {
        (TestClient ann, TestProbe service, ServiceActor.Subscribe request) = await AskingAsync();
        View.Remove(request.Service);
        ann.Session.Tell(new SessionActor.Answer(request, Outcome.Done));

        (await ann.Answered<ServerPayload.InvalidService>(seq: 0)).Service.ShouldBe("news");
        await ann.HearsNothingElseFrom(ann);
        Sys.Stop(service.Ref);
    }

    [Fact]
    public async Task Services_EndWithTheirOwner_WhileOthersAskThem()
    {
        TestClient witness = await Identify("witness");
        for (int round = 0; round < 20; round++)
        {
            TestClient owner = await Identify($"owner{round}", presence: false), ann = await Identify($"ann{round}", presence: false);
            await Create(owner, "news");
            Task read = ann.Send(
                new ClientPayload.SelfSubscribe("news"), new ClientPayload.SelfUnsubscribe("news"), new ClientPayload.SelfSubscribe("news"));
            owner.Disconnect();
            await read;

            while (await witness.Hear() is not ServerPayload.ClientLeft)
            {
            }
            for (int frame = 0; frame < 3; frame++) (await ann.Answered()).Seq.ShouldBe(frame);
            (await ann.Ask<ServerPayload.SelfFetchResult>(new ClientPayload.SelfFetch())).Subscriptions.ShouldBeEmpty();
        }
    }

    private async Task<(TestClient Ann, TestProbe Service, ServiceActor.Subscribe Request)> AskingAsync()
    {
        TestClient ann = await Identify("ann");
        TestProbe service = CreateTestProbe();
        ServiceEntry entry = CreatePlayed(ann, "news", service);
        _ = ann.Send(new ClientPayload.SelfSubscribe("news"));
        var request = await service.ExpectMsgAsync<ServiceActor.Subscribe>();
        request.Service.ShouldBe(entry);
        return (ann, service, request);
    }
}
