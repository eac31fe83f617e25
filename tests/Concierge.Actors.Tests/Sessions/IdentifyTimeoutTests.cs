using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Tests.Sessions;

public class IdentifyTimeoutTests : ConciergeTest
{
    [Fact]
    public async Task Connection_WithoutIdentifyForFiveSeconds_IsClosedWith4004()
    {
        TestClient client = await Connect();
        await client.Settled();
        Advance(seconds: 4.9);
        await client.Settled();
        client.IsClosed.ShouldBeFalse();

        Advance(seconds: 0.1);
        (await client.Closed()).ShouldBe(CloseCode.AuthFailed);
    }

    [Fact]
    public async Task Pings_DoNotProlongTheTimeToIdentify()
    {
        TestClient client = await Connect();
        await client.Settled();
        Advance(seconds: 4);
        await client.Send(ClientFrames.Frame(Opcode.Ping, []));
        Advance(seconds: 1);

        (await client.Closed()).ShouldBe(CloseCode.AuthFailed);
    }

    [Fact]
    public async Task Client_ThatIsIdentifiedInTime_Stays()
    {
        TestClient ann = await Connect();
        await ann.Settled();
        Advance(seconds: 4.9);
        await ann.Identify("ann");
        await ann.Settled();
        Advance(seconds: 0.2);
        await ann.Settled();

        ann.IsClosed.ShouldBeFalse();
    }
}
