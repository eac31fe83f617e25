using Concierge.Actors.Dialects;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Dialects;

// Robots and browsers find each other wherever they are connected.
public class IotClusterTests : ClusterTest
{
    private const string Orientation = """{"type":"orientation_data","data":{"pitch":1.5,"roll":-2}}""";

    [Fact]
    public async Task ABrowser_SeesAndDrives_ARobotOfAnotherNode()
    {
        await FormAsync();
        DialectClient browser = await One.Connect(DialectKind.IotBrowser);
        await browser.Expect("""{"type":"robots","data":[]}""");
        DialectClient robot = await Announce(Two, "Rover");
        await browser.Expect("""{"type":"robots","data":[{"name":"Rover","id":"r1"}]}""");

        await browser.Send("""{"type":"conn_req","data":{"id":"r1"}}""", """{"type":"com_led","data":{"state":true}}""");
        await robot.HearUntil("""{"type":"com_led","data":{"state":true}}""");
        await robot.Send(Orientation);
        await browser.Expect(Orientation);

        robot.Disconnect();
        await browser.Expect("""{"type":"robots","data":[]}""");
    }

    [Fact]
    public async Task ARobotThatComesBack_OnAnotherNode_TakesThePlaceOfTheOlderConnection()
    {
        await FormAsync();
        DialectClient old = await Announce(One, "before");
        await Until(() => Names(Two, "before") && Names(Three, "before"));

        DialectClient back = await Announce(Two, "after");

        await old.Ended();
        await Until(() => Names(One, "after") && Names(Two, "after") && Names(Three, "after"));
        TestClient ann = await Three.Identify("ann");
        await ann.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe("robot/r1"));
        await ann.Hear<ServerPayload.ServiceClientSubscribed>();
        await back.Send(Orientation);
        (await ann.HearMessage()).ShouldBe(Orientation);
    }

    private static bool Names(TestNode node, string nickname) =>
        node.View.TryGetService("robot/r1", out var service) && service.Info.Nickname == nickname;

    private async Task<DialectClient> Announce(TestNode node, string name)
    {
        DialectClient robot = await node.Connect(DialectKind.IotRobot);
        await robot.Send($$$"""{"type":"self_info","data":{"name":"{{{name}}}","id":"r1"}}""");
        await Until(() => Names(node, name));
        return robot;
    }
}
