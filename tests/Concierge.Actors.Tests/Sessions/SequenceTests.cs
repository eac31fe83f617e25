using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Tests.Sessions;

public class SequenceTests : ConciergeTest
{
    [Fact]
    public async Task Answers_CarryTheNumberOfTheirFrame_WellFormedOrNot()
    {
        TestClient ann = await Identify("ann");
        _ = ann.Send("""{"type":"SELF_FETCH"}""", "nonsense", """{"type":"SING"}""", """{"type":"SELF_SUBSCRIBE"}""", """{"type":"SELF_FETCH"}""");

        await ann.Answered<ServerPayload.SelfFetchResult>(seq: 0);
        await ann.Answered<ServerPayload.ErrorProtocol>(seq: 1);
        await ann.Answered<ServerPayload.ErrorUnsupported>(seq: 2);
        (await ann.Answered<ServerPayload.ErrorProtocol>(seq: 3)).Desc.ShouldContain("service");
        await ann.Answered<ServerPayload.SelfFetchResult>(seq: 4);
    }

    [Fact]
    public async Task BinaryFrames_AreRefusedWithoutANumber_AndNotCounted()
    {
        TestClient ann = await Identify("ann");
        _ = ann.Send(ClientFrames.Frame(Opcode.Binary, [1]), ClientFrames.Text(new ClientPayload.SelfFetch()));

        await ann.Hear<ServerPayload.ErrorProtocol>();
        await ann.Answered<ServerPayload.SelfFetchResult>(seq: 0);
    }

    [Fact]
    public async Task SelfSetSeq_SetsTheNumber_AndTheNextFrameHasTheOneAfterIt()
    {
        TestClient ann = await Identify("ann");
        _ = ann.Send(new ClientPayload.SelfSetSeq(41), new ClientPayload.SelfFetch());

        await ann.Answered<ServerPayload.Ok>(seq: 41);
        await ann.Answered<ServerPayload.SelfFetchResult>(seq: 42);
    }

    [Fact]
    public async Task SelfSetSeq_ToTheLargestNumber_IsFollowedByZero()
    {
        TestClient ann = await Identify("ann");
        _ = ann.Send(new ClientPayload.SelfSetSeq(long.MaxValue), new ClientPayload.SelfFetch());

        await ann.Answered<ServerPayload.Ok>(seq: long.MaxValue);
        await ann.Answered<ServerPayload.SelfFetchResult>(seq: 0);
    }

    [Fact]
    public async Task Numbers_AreEachClientsOwn()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await ann.Ask<ServerPayload.SelfFetchResult>(new ClientPayload.SelfFetch());
        await ann.Ask<ServerPayload.SelfFetchResult>(new ClientPayload.SelfFetch());

        _ = bob.Send(new ClientPayload.SelfFetch());
        await bob.Answered<ServerPayload.SelfFetchResult>(seq: 0);
    }

    [Fact]
    public async Task Answers_ThatCameFromOtherActors_CarryTheirFramesNumber()
    {
        TestClient ann = await Identify("ann");
        _ = ann.Send(
            new ClientPayload.SelfSetSeq(10),
            new ClientPayload.ServiceCreate("s", null),
            new ClientPayload.SelfSubscribe("s"),
            new ClientPayload.SelfUnsubscribe("s"),
            new ClientPayload.ServiceDelete("s"));

        await ann.Answered<ServerPayload.Ok>(seq: 10);
        await ann.Answered<ServerPayload.ServiceCreateResult>(seq: 11);
        await ann.Answered<ServerPayload.SelfSubscribeResult>(seq: 12);
        await ann.Answered<ServerPayload.SelfUnsubscribeResult>(seq: 13);
        await ann.Answered<ServerPayload.ServiceDeleteResult>(seq: 14);
    }
}
