using Akka.Actor;
using Concierge.Actors.Services;
using Concierge.Actors.Sessions;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Tests.Sessions;

// A frame that waits for another actor holds up those behind it.
public class PipeliningTests : ConciergeTest
{
    [Fact]
    public async Task CreateSubscribeAndMessage_InOneRead_NeedNoWaitingInBetween()
    {
        TestClient ann = await Identify("ann");
        await ann.Send(
            new ClientPayload.ServiceCreate("news", null),
            new ClientPayload.SelfSubscribe("news"),
            ToService("news", "1"),
            new ClientPayload.ServiceFetch("news"),
            new ClientPayload.ServiceDelete("news"),
            new ClientPayload.ServiceFetch("news"));

        (await ann.Answered<ServerPayload.ServiceCreateResult>(seq: 0)).Successful.ShouldBeTrue();
        (await ann.Answered<ServerPayload.SelfSubscribeResult>(seq: 1)).Successful.ShouldBeTrue();
        await ann.Answered<ServerPayload.Ok>(seq: 2);
        (await ann.Answered<ServerPayload.ServiceFetchResult>(seq: 3)).Service.Subscribers.ShouldBe([ann.Uuid]);
        await ann.Answered<ServerPayload.ServiceDeleteResult>(seq: 4);
        await ann.Answered<ServerPayload.InvalidService>(seq: 5);
    }

    [Fact]
    public async Task Read_IsNotDone_UntilItsLastFrameHasItsAnswer()
    {
        TestClient ann = await Identify("ann");
        var service = CreateTestProbe();
        CreatePlayed(ann, "slow", service);
        Task read = ann.Send(new ClientPayload.SelfFetch(), new ClientPayload.SelfSubscribe("slow"));
        await ann.Answered<ServerPayload.SelfFetchResult>(seq: 0);
        var request = await service.ExpectMsgAsync<ServiceActor.Subscribe>();
        read.IsCompleted.ShouldBeFalse();

        ann.Session.Tell(new SessionActor.Answer(request, Outcome.Done));
        await ann.Answered<ServerPayload.SelfSubscribeResult>(seq: 1);
        await read;
    }

    [Fact]
    public async Task Close_BehindAFrameThatWaits_IsHandledAfterIt()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        _ = ann.Send(ClientFrames.Text(new ClientPayload.ServiceCreate("news", null)), ClientFrames.Close(CloseCode.Normal));

        await ann.Answered<ServerPayload.ServiceCreateResult>(seq: 0);
        (await ann.Closed()).ShouldBe(CloseCode.Normal);
        await bob.Hear<ServerPayload.ServiceCreateResult>();
        await bob.Hear<ServerPayload.ServiceDeleteResult>();
        await bob.Hear<ServerPayload.ClientLeft>();
    }

    [Fact]
    public async Task Frames_BehindAClose_AreNotLookedAt()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await ann.Send(ClientFrames.Text(To(bob, "1")), ClientFrames.Close(CloseCode.Normal), ClientFrames.Text(To(bob, "2")));

        (await bob.HearMessage()).ShouldBe("1");
        (await bob.Hear<ServerPayload.ClientLeft>()).Client.ShouldBe(ann.Info);
    }

    [Fact]
    public async Task Socket_ThatEndsWhileAFrameWaits_EndsTheSessionAndTheRead()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        var service = CreateTestProbe();
        CreatePlayed(bob, "slow", service);
        Task read = ann.Send(new ClientPayload.SelfSubscribe("slow"));
        await service.ExpectMsgAsync<ServiceActor.Subscribe>();
        ann.Disconnect();

        await read;
        (await bob.Hear<ServerPayload.ClientLeft>()).Client.ShouldBe(ann.Info);
    }

    [Fact]
    public async Task Messages_BeforeTheSocketEnds_AreStillHandedOn()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await ann.Send([.. Enumerable.Range(0, 100).Select(i => To(bob, $"{i}"))]);
        ann.Disconnect();

        for (int i = 0; i < 100; i++) (await bob.HearMessage()).ShouldBe($"{i}");
        await bob.Hear<ServerPayload.ClientLeft>();
    }

    [Fact]
    public async Task AReadOfManyLargeAnswers_IsSentBitByBit()
    {
        TestClient ann = await Identify("ann", outgoingLimit: 64 * 1024 * 3);
        await Create(ann, new string('s', Limits.ServiceName));
        const int Count = 2_000;
        await ann.Send([.. Enumerable.Repeat(new ClientPayload.ServiceFetchAll(), Count)]);

        for (int i = 1; i <= Count; i++) await ann.Answered<ServerPayload.ServiceFetchAllResult>(seq: i);
        ann.IsClosed.ShouldBeFalse();
    }

    [Fact]
    public async Task Ping_BetweenFrames_IsAnsweredWithItsPayload()
    {
        TestClient ann = await Identify("ann");
        await ann.Send(ClientFrames.Frame(Opcode.Ping, "are you there?"u8));

        (await ann.HearControl()).ShouldBe(Opcode.Pong);
        ann.Wire.Taken.AsSpan().IndexOf(ServerFrames.Pong("are you there?"u8)).ShouldBeGreaterThan(0);
    }
}
