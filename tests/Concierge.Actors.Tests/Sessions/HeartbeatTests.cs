using Akka.Actor;
using Concierge.Actors.Services;
using Concierge.Actors.Sessions;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Tests.Sessions;

public class HeartbeatTests : ConciergeTest
{
    [Fact]
    public async Task Client_IsPingedEveryFiveSeconds()
    {
        TestClient ann = await Identify("ann");
        for (int i = 0; i < 4; i++)
        {
            await Pass(ann, seconds: 5);
            (await ann.HearControl()).ShouldBe(Opcode.Ping);
            await Pong(ann);
        }
        ann.IsClosed.ShouldBeFalse();
    }

    [Fact]
    public async Task Client_ThatIsSilentForTenSeconds_IsClosedWith4009()
    {
        TestClient ann = await Identify("ann");
        await Pass(ann, seconds: 5);
        (await ann.HearControl()).ShouldBe(Opcode.Ping);
        await Pass(ann, seconds: 4.9);
        ann.IsClosed.ShouldBeFalse();
        Advance(seconds: 0.1);

        (await ann.Closed()).ShouldBe(CloseCode.HeartbeatFailed);
    }

    [Fact]
    public async Task Client_ThatIsClosedForItsSilence_HasLeft()
    {
        TestClient ann = await Identify("ann"), bob = await Identify("bob");
        await ann.Hear<ServerPayload.ClientJoined>();
        await Pass(5, ann, bob);
        await Pong(ann);
        await Pass(4.9, ann, bob);
        Advance(seconds: 0.1);

        (await bob.Closed()).ShouldBe(CloseCode.HeartbeatFailed);
        (await ann.Hear<ServerPayload.ClientLeft>()).Client.ShouldBe(bob.Info);
    }

    [Theory]
    [InlineData(Opcode.Pong)]
    [InlineData(Opcode.Ping)]
    [InlineData(Opcode.Binary)]
    [InlineData(Opcode.Text)]
    public async Task AnyFrame_CountsAsASignOfLife(Opcode opcode)
    {
        TestClient ann = await Identify("ann");
        for (int i = 0; i < 3; i++)
        {
            await Pass(ann, seconds: 7);
            await ann.Send(ClientFrames.Frame(opcode, []));
            ann.IsClosed.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Silence_IsMeasuredFromTheLastFrame()
    {
        TestClient ann = await Identify("ann");
        await Pass(ann, seconds: 3);
        await Pong(ann);
        await Pass(ann, seconds: 5);
        await Pass(ann, seconds: 4.9);
        ann.IsClosed.ShouldBeFalse();
        Advance(seconds: 0.1);

        (await ann.Closed()).ShouldBe(CloseCode.HeartbeatFailed);
    }

    [Fact]
    public async Task Silence_WhileTheClientsFramesWaitForAnotherActor_IsNotItsOwn()
    {
        TestClient ann = await Identify("ann");
        var service = CreateTestProbe();
        CreatePlayed(ann, "slow", service);
        Task read = ann.Send(new ClientPayload.SelfSubscribe("slow"), new ClientPayload.SelfFetch());
        var request = await service.ExpectMsgAsync<ServiceActor.Subscribe>();
        for (int i = 0; i < 4; i++) await Pass(ann, seconds: 5);
        ann.IsClosed.ShouldBeFalse();
        read.IsCompleted.ShouldBeFalse();

        ann.Session.Tell(new SessionActor.Answer(request, Outcome.Unchanged));
        await ann.Answered<ServerPayload.SelfSubscribeResult>(seq: 0);
        await ann.Answered<ServerPayload.SelfFetchResult>(seq: 1);
        await read;
        await Pass(ann, seconds: 9.9);
        ann.IsClosed.ShouldBeFalse("the silence counts from here");
    }

    private static Task Pong(TestClient client) => client.Send(ClientFrames.Frame(Opcode.Pong, []));

    private Task Pass(TestClient client, double seconds) => Pass(seconds, client);

    // Step by step, as real time would: every session sets its next timer when it has been woken by the one before.
    private async Task Pass(double seconds, params TestClient[] clients)
    {
        foreach (TestClient client in clients) await client.Settled();
        for (double left = seconds; left > 0.001; left -= 0.1)
        {
            Advance(Math.Min(left, 0.1));
            foreach (TestClient client in clients) await client.Settled();
        }
    }
}
