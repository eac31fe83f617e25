using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Sessions;

public class SlowConsumerTests : ConciergeTest
{
    private const int QueueLimit = 64 * 1024;

    private static readonly string Large = $"\"{new string('x', 10_000)}\"";

    [Fact]
    public async Task Client_ThatReadsTooSlowly_IsClosedWith4010_AndTheOthersGetEverything()
    {
        TestClient ann = await Identify("ann"), slow = await Identify("slow", outgoingLimit: QueueLimit), cid = await Identify("cid");
        slow.Wire.Room = 0;
        await ann.Hear<ServerPayload.ClientJoined>();
        await ann.Hear<ServerPayload.ClientJoined>();
        for (int i = 0; i < 10; i++) await ann.Ask<ServerPayload.Ok>(ToAll(Large));

        var heard = new List<ServerPayload>();
        while (heard.Count < 11) heard.Add(await cid.Hear());
        heard.OfType<ServerPayload.Message>().Count().ShouldBe(10);
        heard.OfType<ServerPayload.ClientLeft>().ShouldHaveSingleItem().Client.ShouldBe(slow.Info);
        slow.Wire.MakeRoom();
        (await slow.Closed()).ShouldBe(CloseCode.SlowConsumer);
    }

    [Fact]
    public async Task Client_ThatTakesNoByteAtAll_IsDroppedASecondAfterItWasClosed()
    {
        TestClient ann = await Identify("ann", presence: false), slow = await Identify("slow", outgoingLimit: QueueLimit);
        slow.Wire.Room = 0;
        for (int i = 0; i < 10; i++) await ann.Ask<ServerPayload.Ok>(ToAll(Large));
        slow.Wire.IsAborted.ShouldBeFalse();
        ClosingTime.Advance(TimeSpan.FromSeconds(1));

        await slow.Connection.Outbox.Finished;
        slow.Wire.IsAborted.ShouldBeTrue();
    }

    [Fact]
    public async Task Client_ThatDrownsInItsOwnAnswers_IsClosedToo()
    {
        TestClient greedy = await Identify("greedy", outgoingLimit: QueueLimit);
        greedy.Wire.Room = 0;
        Task read = greedy.Send([.. Enumerable.Repeat(To(greedy, Large), 50)]);

        await read;
        greedy.Wire.MakeRoom();
        (await greedy.Closed()).ShouldBe(CloseCode.SlowConsumer);
        await AwaitConditionAsync(() => View.Clients.Count == 0);
    }
}
