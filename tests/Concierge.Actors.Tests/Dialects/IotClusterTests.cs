using System.Text;
using Akka.Actor;
using Concierge.Actors.Dialects;
using Concierge.Actors.Dialects.RosDevice;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Dialects;

// Robots and browsers find each other wherever they are connected.
public class IotClusterTests : ClusterTest
{
    private const string Turning = """{"type":"com_motor","data":{"m1":{"dir":"CW","spd":40},"m2":{"dir":"CCW","spd":20}}}""";
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

    [Theory]
    [InlineData("leaves")]
    [InlineData("unsubscribes")]
    [InlineData("is lost with its node")]
    public async Task WhenWhoHasARobotTurn_OnAnotherNode_IsGone_ItIsToldToStop(string how)
    {
        await FormAsync();
        DialectClient robot = await Announce(Two, "Rover");
        TestClient ann = await One.Identify("ann");
        await ann.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe("robot/r1"));
        await ann.Ask<ServerPayload.Ok>(ToService("robot/r1", Turning));
        await robot.HearUntil(Turning);

        if (how == "leaves") ann.Disconnect();
        else if (how == "unsubscribes") await ann.Ask<ServerPayload.SelfUnsubscribeResult>(new ClientPayload.SelfUnsubscribe("robot/r1"));
        else Two.Sees(Up(Two), Up(Three));

        await robot.Expect("""{"type":"com_motor","data":{"m1":{"dir":"CW","spd":0},"m2":{"dir":"CW","spd":0}}}""");
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

    [Fact]
    public async Task ARosDeviceThatExchangesWithAnotherNode_IsThereFromThenOn()
    {
        await FormAsync();
        await Exchange(One);
        await Until(() => Two.View.TryGetService("ros/1", out var there) && there.Owner.Home is not null);

        await Exchange(Two);

        await Until(() => One.View.TryGetService("ros/1", out var there) && there.Owner.Home is not null);
        Two.View.TryGetService("ros/1", out var here).ShouldBeTrue();
        here!.Owner.Home.ShouldBeNull();
        await Exchange(One);
    }

    private static async Task Exchange(TestNode node)
    {
        RosExchange.TryRead("""{"m_id":1,"data":[]}"""u8, out RosExchange? exchange, out _).ShouldBeTrue();
        node.Actor.Tell(exchange!);
        Encoding.UTF8.GetString(await exchange!.Answer.Task.WaitAsync(TimeSpan.FromSeconds(20))).ShouldContain("radio_silence");
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
