using Concierge.Actors.Dialects;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Tests.Dialects;

public class IotTests : ConciergeTest
{
    private const string Welcome = """{"type":"msg","data":{"data":"Welcome to the Socc.\n"}}""";
    private const string Orientation = """{"type": "orientation_data",  "data": {"pitch": 1.50, "roll": -2}}""";
    private const string Stop = """{"type":"com_motor","data":{"m1":{"dir":"CW","spd":0},"m2":{"dir":"CW","spd":0}}}""";
    private const string NoRobots = """{"type":"robots","data":[]}""";
    private const string Unknown = """{"type":"msg","data":{"data":"There is no such robot; the list says which there are.\n"}}""";

    [Fact]
    public async Task ARobot_IsAClientWithATag_ThatOwnsItsService()
    {
        await Announce("r-1", "Rover");

        View.TryGetService("robot/r-1", out var service).ShouldBeTrue();
        service!.Info.Nickname.ShouldBe("Rover");
        service.Owner.Info.Tags.ShouldBe(["robot"]);
        service.Owner.Info.Nickname.ShouldBe("Rover");
        Names.IsClientName(service.Owner.Info.Name).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"type": "orientation_data",  "data": {"pitch": 1.50, "roll": -2}}""")]
    [InlineData("""{"type":"climate_data","data":{"temperature":215,"pressure":99812}}""")]
    [InlineData("""{"type":"msg","data":{"data":"} in a \"string\" {"}}""")]
    [InlineData("""{"type":"never_heard_of"}""")]
    public async Task WhatARobotSays_ItsSubscribersHear_Verbatim(string said)
    {
        DialectClient robot = await Announce("r1");
        TestClient ann = await Watcher("ann", "r1");

        await robot.Send(said + said);

        var heard = await ann.Hear<ServerPayload.Message>();
        heard.Data.ToString().ShouldBe(said);
        heard.Target.ShouldBe(new Target.ToService("robot/r1"));
        (await ann.HearMessage()).ShouldBe(said);
    }

    [Fact]
    public async Task ObjectsSplitAnywhere_AreOne()
    {
        DialectClient robot = await Announce("r1");
        TestClient ann = await Watcher("ann", "r1");

        foreach (char part in Orientation) _ = robot.Send(part.ToString());

        (await ann.HearMessage()).ShouldBe(Orientation);
    }

    [Fact]
    public async Task ToARobot_WhatSubscribersSend_IsBareData_AndWhatWouldBreakItsStream_IsKeptFromIt()
    {
        DialectClient robot = await Announce("r1");
        TestClient ann = await Watcher("ann", "r1"), bob = await Identify("bob", presence: false);

        foreach (string data in (string[])["12", "\"{\"", "[{}]", "null", """{"type":"com_led", "data":{"state":true}}"""])
            await ann.Ask<ServerPayload.Ok>(ToService("robot/r1", data));
        await bob.Ask<ServerPayload.Ok>(new ClientPayload.Message(new Target.ToName("iot_robot_1"), RawJson.From("""{"type":"com_motor"}""")));
        await bob.Ask<ServerPayload.Ok>(ToAll("""{"type":"com_motor"}"""));
        await ann.Ask<ServerPayload.Ok>(ToService("robot/r1", """{"last":1}"""));

        await robot.Expect("""{"type":"com_led", "data":{"state":true}}""", """{"last":1}""");
    }

    [Fact]
    public async Task ARobotThatComesBack_TakesThePlaceOfTheOlderConnection()
    {
        DialectClient old = await Announce("r1", "before");
        DialectClient back = await Connect(DialectKind.IotRobot);

        await back.Send(SelfInfo("r1", "after") + Orientation);

        await old.Ended();
        await Until(() => View.TryGetService("robot/r1", out var service) && service.Info.Nickname == "after");
        TestClient ann = await Watcher("ann", "r1");
        await back.Send(Orientation);
        (await ann.HearMessage()).ShouldBe(Orientation);
    }

    [Fact]
    public async Task ARobotCannotTake_WhatBelongsToAClientOfTheConcierge()
    {
        TestClient owner = await Identify("owner", presence: false);
        await Create(owner, "robot/r1");
        DialectClient robot = await Connect(DialectKind.IotRobot);
        await robot.Expect(Welcome);

        await robot.Send(SelfInfo("r1"));

        (await robot.Hear()).ShouldContain("Refused: 'robot/r1' is a service of owner");
        await robot.Ended();
        View.TryGetService("robot/r1", out var service).ShouldBeTrue();
        service!.Owner.Info.Name.ShouldBe("owner");
    }

    [Theory]
    [InlineData("with blanks in it")]
    [InlineData("")]
    [InlineData("{}\\\\")]
    public async Task AnIdThatNamesNoService_IsRefused_AndTheRobotToldWhy(string id)
    {
        DialectClient robot = await Connect(DialectKind.IotRobot);
        await robot.Expect(Welcome);
        _ = robot.Send(SelfInfo(id.Length > 0 ? id : new string('x', 200)));
        (await robot.Hear()).ShouldContain("is no name for a service");
        await robot.Ended();
    }

    [Fact]
    public async Task WhoSaysNothingOfUse_IsClosedInTime_AndHasDisturbedNobody()
    {
        DialectClient robot = await Announce("r1");
        TestClient ann = await Watcher("ann", "r1");
        DialectClient mute = await Connect(DialectKind.IotRobot);
        foreach (string text in (string[])["GET / HTTP/1.1\r\n\r\n", "{}", """{"type":7}""", """{"type":"self_info"}""", """{"type":"self_info","data":{"name":"x"}}""", "{'a'}", """{"type":"\ud800"}""", "\"{"])
            await mute.Send(text);
        Advance(5);
        await mute.Ended();

        await robot.Send("""{"no":"type"}""", "{broken}", Orientation);
        (await ann.HearMessage()).ShouldBe(Orientation);
    }

    [Fact]
    public async Task AnObjectOverTheSizeLimit_ClosesTheRobotAlone()
    {
        DialectClient robot = await Announce("r1"), other = await Announce("r2");
        TestClient ann = await Watcher("ann", "r2");

        _ = robot.Send($$"""{"type":"msg","data":"{{new string('x', Limits.FrameSize)}}"}""");

        await robot.Ended();
        await other.Send(Orientation);
        (await ann.HearMessage()).ShouldBe(Orientation);
    }

    [Fact]
    public async Task ABrowser_HasTheListAtOnce_AndOnEveryChange()
    {
        DialectClient browser = await Connect(DialectKind.IotBrowser);
        await browser.Expect(NoRobots);
        DialectClient robot = await Announce("b", "Old");
        await browser.Expect("""{"type":"robots","data":[{"name":"Old","id":"b"}]}""");
        TestClient owner = await Identify("owner");
        await Create(owner, "robot/a");
        await Create(owner, "no_robot");
        await browser.Expect("""{"type":"robots","data":[{"name":"a","id":"a"},{"name":"Old","id":"b"}]}""");
        (await Connect(DialectKind.IotBrowser)).Disconnect();

        robot.Disconnect();
        await browser.Expect("""{"type":"robots","data":[{"name":"a","id":"a"}]}""");
        owner.Disconnect();
        await browser.Expect(NoRobots);
    }

    [Fact]
    public async Task ABrowserAndItsRobot_HearEachOther_UntilTheyPart()
    {
        DialectClient robot = await Announce("r1"), browser = await Browser();
        await browser.Send("""{"type":"com_led","data":{"state":false}}""", Request("r1"), """{"type":"com_led",  "data":{"state":true}}""");
        await robot.Expect("""{"type":"com_led",  "data":{"state":true}}""");
        await robot.Send(Orientation);
        await browser.Expect(Orientation);

        await browser.Send("""{"type":"disconn_req"}""", """{"type":"com_led","data":{"state":true}}""");
        await robot.Send(Orientation);
        await browser.Send(Request("r1"), """{"type":"com_buzzer","data":{"state":true}}""");
        await robot.Expect("""{"type":"com_buzzer","data":{"state":true}}""");
        await robot.Send("""{"type":"msg","data":{"data":"back"}}""");
        await browser.Expect("""{"type":"msg","data":{"data":"back"}}""");
    }

    [Fact]
    public async Task ASecondRequest_Switches_AndAnUnknownIdParts()
    {
        DialectClient one = await Announce("1"), two = await Announce("2"), browser = await Browser();
        await browser.Send(Request("1"), """{"type":"conn_req","data":{"id":2}}""", """{"type":"com_led","data":{"state":true}}""");
        await two.Expect("""{"type":"com_led","data":{"state":true}}""");
        await one.Send(Orientation);
        await browser.Send(Request("nowhere"), """{"type":"com_led","data":{"state":false}}""", Request("1"), """{"type":"msg","data":{"data":"hi"}}""");
        await browser.Expect(Unknown);
        await one.Expect("""{"type":"msg","data":{"data":"hi"}}""");
        View.TryGetService("robot/2", out var left).ShouldBeTrue();
        left!.Subscribers.Count.ShouldBe(0);
    }

    [Fact]
    public async Task MalformedRequests_AreAnswered_AndCostNothing()
    {
        DialectClient robot = await Announce("r1"), browser = await Browser();
        await browser.Send("hello", "[]", "null", """{"type":null}""", """{"type":"conn_req"}""", """{"type":"conn_req","data":[]}""", """{"type":"disconn_req","data":{}}""");
        for (int i = 0; i < 6; i++) (await browser.Hear()).ShouldStartWith("""{"type":"msg",""");
        await browser.Send(Request("r1"), Orientation);
        await robot.Expect(Orientation);
    }

    [Fact]
    public async Task ABrowserThatLeavesWhilePaired_AndARobotThatDoes_DisturbNobody()
    {
        DialectClient robot = await Announce("r1"), first = await Browser(), second = await Browser();
        await first.Send(Request("r1"), Orientation);
        await second.Send(Request("r1"), Orientation);
        await robot.Expect(Orientation, Orientation);

        first.Disconnect();
        await robot.Send(Orientation);
        await second.Expect(Orientation);
        robot.Disconnect();
        await second.Expect(NoRobots);
        await second.Send(Orientation, "quit");
        (await second.Closed()).ShouldBe(CloseCode.Normal);
    }

    [Fact]
    public async Task AnOldBrowser_DrivesANewRobot_AndIsAnswered()
    {
        TestClient robot = await Identify("robot_new", presence: false);
        await Create(robot, "robot/new");
        DialectClient browser = await Browser();
        await browser.Send(Request("new"), """{"type":"com_motor","id":"7","data":{"m1":{"dir":"CW","spd":10}}}""");
        var command = await robot.Hear<ServerPayload.Message>();
        command.Data.ToString().ShouldBe("""{"type":"com_motor","id":"7","data":{"m1":{"dir":"CW","spd":10}}}""");

        const string Result = """{"type":"command_result","data":{"id":"7","ok":true,"error":null}}""";
        await robot.Ask<ServerPayload.Ok>(new ClientPayload.Message(new Target.ToServiceClient("robot/new", command.Origin.Client.Uuid), RawJson.From(Result)));
        await browser.Expect(Result);
        await robot.Ask<ServerPayload.Ok>(ToService("robot/new", "null"));
        await robot.Ask<ServerPayload.Ok>(ToService("robot/new", Orientation));
        await browser.Expect(Orientation);
    }

    [Theory]
    [InlineData("leaves")]
    [InlineData("unsubscribes")]
    public async Task WhenWhoHasARobotTurn_IsGone_ItIsToldToStop(string how)
    {
        DialectClient robot = await Announce("r1");
        TestClient ann = await Watcher("ann", "r1");
        await ann.Ask<ServerPayload.Ok>(ToService("robot/r1", Turn(40, 0)));

        if (how == "leaves") ann.Disconnect();
        else await ann.Ask<ServerPayload.SelfUnsubscribeResult>(new ClientPayload.SelfUnsubscribe("robot/r1"));

        await robot.Expect(Turn(40, 0), Stop);
    }

    [Theory]
    [InlineData("""{"type":"disconn_req"}""")]
    [InlineData("""{"type":"conn_req","data":{"id":"r2"}}""")]
    [InlineData("quit")]
    public async Task WhenABrowserThatHasARobotTurn_Parts_ItIsToldToStop(string parting)
    {
        DialectClient robot = await Announce("r1");
        await Announce("r2");
        DialectClient browser = await Browser();

        await browser.Send(Request("r1"), Turn(0, 1), parting);

        await robot.Expect(Turn(0, 1), Stop);
    }

    [Fact]
    public async Task WhenWhoHasARobotTurn_SaysSoNoMore_ItIsToldToStop()
    {
        DialectClient robot = await Announce("r1");
        TestClient ann = await Watcher("ann", "r1");
        await Say(Turn(40, 0));
        Advance(0.9);
        await Say(Turn(50, 0));
        Advance(0.9);
        await Say("""{"last":1}""");
        await robot.Expect(Turn(40, 0), Turn(50, 0), """{"last":1}""");

        Advance(0.1);

        await robot.Expect(Stop);

        // What it says next its session reads after what it was told.
        async Task Say(string said)
        {
            await ann.Ask<ServerPayload.Ok>(ToService("robot/r1", said));
            await robot.Send(Orientation);
            await ann.HearMessage();
        }
    }

    [Theory]
    [InlineData("an old browser, which says it once")]
    [InlineData("nobody")]
    public async Task WhereNobodyHasToSayItAgain_SilenceStopsNothing(string driver)
    {
        DialectClient robot = await Announce("r1"), browser = await Browser();
        TestClient ann = await Watcher("ann", "r1");
        await browser.Send(Request("r1"));
        await ann.Ask<ServerPayload.Ok>(ToService("robot/r1", Turn(40, 40)));
        await robot.Expect(Turn(40, 40));
        string last = driver == "nobody" ? Turn(0, 0) : Turn(30, 30);
        if (driver == "nobody") await ann.Ask<ServerPayload.Ok>(ToService("robot/r1", last));
        else await browser.Send(last);
        await robot.Expect(last);
        await robot.Send(Orientation);
        await ann.HearMessage();

        Advance(3);
        await ann.Ask<ServerPayload.Ok>(ToService("robot/r1", """{"last":1}"""));

        await robot.Expect("""{"last":1}""");
    }

    [Fact]
    public async Task OfTwoWhoDrive_TheOneThatHasAMotorTurn_Counts()
    {
        DialectClient robot = await Announce("r1");
        TestClient ann = await Watcher("ann", "r1"), bob = await Watcher("bob", "r1"), cid = await Watcher("cid", "r1");
        await ann.Ask<ServerPayload.Ok>(ToService("robot/r1", Turn(40, 40)));
        await bob.Ask<ServerPayload.Ok>(ToService("robot/r1", Turn(50, 0)));
        await Part(ann);
        await Part(cid);
        await bob.Ask<ServerPayload.Ok>(ToService("robot/r1", """{"type":"com_led","data":{"state":true}}"""));
        await Part(bob);
        await robot.Expect(Turn(40, 40), Turn(50, 0), """{"type":"com_led","data":{"state":true}}""", Stop);

        static Task Part(TestClient client) => client.Ask<ServerPayload.SelfUnsubscribeResult>(new ClientPayload.SelfUnsubscribe("robot/r1"));
    }

    [Fact]
    public async Task AMotorThatOneHasTurn_StaysTheirs_WhileAnotherHasTheOtherStand()
    {
        DialectClient robot = await Announce("r1");
        TestClient ann = await Watcher("ann", "r1"), bob = await Watcher("bob", "r1");
        await ann.Ask<ServerPayload.Ok>(ToService("robot/r1", Turn(40, 40)));
        const string OnlyM1 = """{"data":{"m1":{"spd":0}},"type":"com_motor"}""";
        await bob.Ask<ServerPayload.Ok>(ToService("robot/r1", OnlyM1));

        ann.Disconnect();

        await robot.Expect(Turn(40, 40), OnlyM1, Stop);
    }

    [Theory]
    [InlineData("""{"type":"com_motor","data":{"m1":{"dir":"CW","spd":0},"m2":{"dir":"CW","spd":-0.0}}}""")]
    [InlineData("""{"type":"com_motor","data":{}}""")]
    [InlineData("""{"type":"com_motor"}""")]
    [InlineData("""{"type":"com_led","data":{"m1":{"dir":"CW","spd":40}}}""")]
    [InlineData("""{"data":{"m1":{"dir":"CW","spd":40}}}""")]
    [InlineData("""{"type":"\ud800","data":{"m1":{"dir":"CW","spd":40}}}""")]
    public async Task WhoHasNothingTurn_LeavesItAlone(string said)
    {
        DialectClient robot = await Announce("r1");
        TestClient ann = await Watcher("ann", "r1"), bob = await Watcher("bob", "r1");
        await ann.Ask<ServerPayload.Ok>(ToService("robot/r1", said));
        await ann.Ask<ServerPayload.SelfUnsubscribeResult>(new ClientPayload.SelfUnsubscribe("robot/r1"));
        await bob.Ask<ServerPayload.Ok>(ToService("robot/r1", """{"last":1}"""));

        await robot.Expect(said, """{"last":1}""");
    }

    [Theory]
    [InlineData("""{"type":"com_motor","data":{"m2":{"dir":"CCW","spd":"40"}}}""")]
    [InlineData("""{"type":"com_motor","data":{"m2":{"spd":0,"spd":1e-3}}}""")]
    [InlineData("""{"type":"com_motor","data":{"m2":{"spd":-5}}}""")]
    [InlineData("""{"type":"com_motor","data":{"m2":[1]}}""")]
    [InlineData("""{"t\u0079pe":"com\u005fmotor","data":{"\u006d1":{"spd":1e999}}}""")]
    public async Task WhatIsNotPlainlyAStop_CountsAsTurning(string said)
    {
        DialectClient robot = await Announce("r1");
        TestClient ann = await Watcher("ann", "r1");
        await ann.Ask<ServerPayload.Ok>(ToService("robot/r1", said));

        ann.Disconnect();

        await robot.Expect(said, Stop);
    }

    [Fact]
    public async Task ARobotThatIsDisconnected_IsToldToStop_First()
    {
        DialectClient robot = await Announce("r1");
        TestClient ann = await Watcher("ann", "r1");
        await ann.Ask<ServerPayload.Ok>(ToService("robot/r1", Turn(40, 40)));

        DialectClient back = await Connect(DialectKind.IotRobot);
        await back.Send(SelfInfo("r1"));

        await robot.Expect(Turn(40, 40), Stop);
        await robot.Ended();
    }

    [Fact]
    public async Task RobotsAreNotPinged_BrowsersAre()
    {
        DialectClient robot = await Announce("r1"), browser = await Browser();
        Advance(5);
        (await browser.HearControl()).ShouldBe(Opcode.Ping);
        Advance(5);
        (await browser.Closed()).ShouldBe(CloseCode.HeartbeatFailed);
        TestClient ann = await Watcher("ann", "r1");
        await robot.Send(Orientation);
        (await ann.HearMessage()).ShouldBe(Orientation);
    }

    private static string Turn(int m1, int m2) => $$$$"""{"type":"com_motor","data":{"m1":{"dir":"CW","spd":{{{{m1}}}}},"m2":{"dir":"CW","spd":{{{{m2}}}}}}}""";

    private static string SelfInfo(string id, string name = "name") => $$$"""{"type":"self_info","data":{"name":"{{{name}}}","id":"{{{id}}}"}}""";

    private static string Request(string id) => $$$"""{"type":"conn_req","data":{"id":"{{{id}}}"}}""";

    private async Task<DialectClient> Announce(string id, string name = "name")
    {
        DialectClient robot = await Connect(DialectKind.IotRobot);
        await robot.Expect(Welcome);
        await robot.Send(SelfInfo(id, name));
        await Until(() => View.TryGetService($"robot/{id}", out _));
        return robot;
    }

    private async Task<DialectClient> Browser()
    {
        DialectClient browser = await Connect(DialectKind.IotBrowser);
        (await browser.Hear()).ShouldStartWith("""{"type":"robots","data":[""");
        return browser;
    }

    private async Task<TestClient> Watcher(string name, string robot)
    {
        TestClient client = await Identify(name, presence: false);
        await client.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe($"robot/{robot}"));
        await client.Hear<ServerPayload.ServiceClientSubscribed>();
        return client;
    }
}
