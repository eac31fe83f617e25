using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Concierge.Actors.Tests.Hub;
using Concierge.Client;
using Concierge.Protocol;
using Concierge.Robot.Commands;
using Concierge.Robot.Configuration;
using Concierge.Robot.Devices;
using Concierge.Robot.Links;
using Concierge.Robot.Ros;

namespace Concierge.Robot.Tests.Ros;

/// <summary>The bridge's actor, over a real WebSocket, against a rosbridge whose part the test plays.</summary>
public sealed class RosBridgeTests : TestKit, IAsyncLifetime
{
    private const string ManualClock = """
        akka.scheduler.implementation = "Concierge.Actors.Tests.Hub.ManualScheduler, Concierge.Robot.Tests"
        akka.loglevel = off
        akka.stdout-loglevel = off
        """;

    private const string Twist = "geometry_msgs/Twist";

    private static readonly ClientInfo Ann = new("ann", null, Guid.NewGuid(), []);

    private readonly FakeRosBridge _ros = new();
    private TestProbe _robot = null!;
    private IActorRef _bridge = null!;
    private FakeRosBridge.Connection _connection = null!;

    public RosBridgeTests()
        : base(ManualClock)
    {
    }

    public async Task InitializeAsync()
    {
        var settings = RobotSettings.Load(
        [
            "--set", "robot.ros.enabled=on", "--set", $"robot.ros.url=ws://127.0.0.1:{_ros.Port}", "--set", """robot.ros.topics=["/odom"]""",
            "--set", """robot.ros.publish=["/cmd_vel", "/light"]""", "--set", """robot.ros.drive=["/cmd_vel"]""", "--set", """robot.ros.services=["/reset"]""",
            "--set", "robot.ros.throttle=50ms", "--set", "robot.ros.queue=3",
        ]);
        _robot = CreateTestProbe("robot");
        var props = RosBridgeActor.Props(settings.Ros!, settings.Watchdog, RosConnection.DialAsync);
        var test = _robot.Ref;
        _bridge = Sys.ActorOf(Props.Create(() => new Parent(props, test)));
        _connection = await _ros.AcceptAsync();
    }

    public async Task DisposeAsync()
    {
        _connection.Dispose();
        await _ros.DisposeAsync();
        Dispose();
    }

    [Fact]
    public async Task Topics_AreSubscribedTo_WithThrottleAndQueue_AndTheirMessagesPassedOn()
    {
        var subscribe = await _connection.NextAsync("subscribe");
        await _connection.SayAsync("""{"op":"publish","topic":"/odom","msg":{"x":1.50}}""");

        subscribe.GetProperty("topic").GetString().ShouldBe("/odom");
        subscribe.GetProperty("throttle_rate").GetInt32().ShouldBe(50);
        subscribe.GetProperty("queue_length").GetInt32().ShouldBe(3);
        (await HearAsync<RosBridgeActor.Received>()).ShouldBe(new RosBridgeActor.Received("/odom", RawJson.From("""{"x":1.50}""")));
    }

    [Fact]
    public async Task Fragments_ArePutTogether_InWhateverOrderTheyCome()
    {
        await _connection.SayAsync("""{"op":"fragment","id":"f","num":2,"total":3,"data":"\"msg\":{\"é\":2}}"}""");
        await _connection.SayAsync("""{"op":"fragment","id":"g","num":0,"total":2,"data":"{\"op\":\"publish\",\"topic\":"}""");
        await _connection.SayAsync("""{"op":"fragment","id":"f","num":0,"total":3,"data":"{\"op\":\"publish\","}""");
        await _connection.SayAsync("""{"op":"fragment","id":"f","num":1,"total":3,"data":"\"topic\":\"/odom\","}""");

        (await HearAsync<RosBridgeActor.Received>()).Message.ShouldBe(RawJson.From("""{"é":2}"""));
    }

    [Fact]
    public async Task Nonsense_AndTopicsThatNobodyAskedFor_DisturbNothing()
    {
        string[] nonsense =
        [
            "no json", "[]", "5", "{}", """{"op":5}""", """{"op":"publish"}""", """{"op":"publish","topic":"/odom"}""", """{"op":"teleport","id":"1"}""",
            """{"op":"fragment","id":"f","num":5,"total":2,"data":""}""", """{"op":"fragment","id":"f","num":0,"total":-1,"data":""}""",
            """{"op":"service_response","id":"never asked","values":{}}""", """{"op":"publish","topic":"/secret","msg":{}}""",
            """{"op":"status"}""",
        ];
        foreach (var it in nonsense) await _connection.SayAsync(it);
        await _connection.SayAsync("""{"op":"publish","topic":"/odom","msg":{}}""");

        (await HearAsync<RosBridgeActor.Received>()).Topic.ShouldBe("/odom");
    }

    [Fact]
    public async Task Publish_AdvertisesFirst_AndOnlyOnce()
    {
        await _connection.NextAsync("subscribe");

        (await DoAsync(Publish("/light", "std_msgs/Bool", """{"data":true}"""))).Ok.ShouldBeTrue();
        (await DoAsync(Publish("/light", "std_msgs/Bool", """{"data":false}"""))).Ok.ShouldBeTrue();

        var advertise = await _connection.NextAsync("advertise");
        (advertise.GetProperty("topic").GetString(), advertise.GetProperty("type").GetString()).ShouldBe(("/light", "std_msgs/Bool"));
        (await _connection.NextAsync("publish")).GetProperty("msg").ToString().ShouldBe("""{"data":true}""");
        (await _connection.NextAsync("publish")).GetProperty("msg").ToString().ShouldBe("""{"data":false}""");
    }

    [Fact]
    public async Task Publish_WithAnotherType_IsRefused()
    {
        await _connection.NextAsync("subscribe");
        await DoAsync(Publish("/light", "std_msgs/Bool", "{}"));

        (await DoAsync(Publish("/light", "std_msgs/String", "{}"))).Error!.ShouldContain("was advertised as std_msgs/Bool");
    }

    [Fact]
    public async Task DriveTopic_GetsZeros_WhenCommandsCease()
    {
        await _connection.NextAsync("subscribe");
        await DoAsync(Drive());
        await _connection.NextAsync("advertise");
        (await _connection.NextAsync("publish")).GetProperty("msg").ToString().ShouldBe("""{"linear":{"x":1}}""");

        Pass(500);

        var zeros = await _connection.NextAsync("publish");
        (zeros.GetProperty("topic").GetString(), zeros.GetProperty("msg").ToString()).ShouldBe(("/cmd_vel", "{}"));
    }

    [Fact]
    public async Task DriveTopic_GetsZeros_WhenTheRobotIsStopped_AndNoSecondTime()
    {
        await _connection.NextAsync("subscribe");
        await DoAsync(Drive());
        await _connection.NextAsync("advertise");
        await _connection.NextAsync("publish");

        _bridge.Tell(RosBridgeActor.Halt.Instance);
        (await _connection.NextAsync("publish")).GetProperty("msg").ToString().ShouldBe("{}");

        _bridge.Tell(RosBridgeActor.Halt.Instance);
        Pass(500);
        await DoAsync(Publish("/light", "std_msgs/Bool", "{}"));
        await _connection.NextAsync("advertise");
    }

    [Fact]
    public async Task Service_IsCalled_AndItsValuesCome()
    {
        await _connection.NextAsync("subscribe");

        var calling = DoAsync(new Command.RosCall("/reset", RawJson.From("""[1,"two"]""")));
        var call = await _connection.NextAsync("call_service");
        await _connection.SayAsync($$$"""{"op":"service_response","id":"{{{call.GetProperty("id").GetString()}}}","service":"/reset","values":{"sum":3},"result":true}""");

        call.GetProperty("args").ToString().ShouldBe("""[1,"two"]""");
        (await calling).ShouldBe(new CommandResult(true, null, RawJson.From("""{"sum":3}""")));
    }

    [Fact]
    public async Task Service_ThatFails_SaysWhy()
    {
        await _connection.NextAsync("subscribe");

        var calling = DoAsync(new Command.RosCall("/reset", RawJson.From("{}")));
        var id = (await _connection.NextAsync("call_service")).GetProperty("id").GetString();
        await _connection.SayAsync($$"""{"op":"service_response","id":"{{id}}","service":"/reset","values":"out of turtles","result":false}""");

        (await calling).Error!.ShouldContain("out of turtles");
    }

    [Fact]
    public async Task Service_ThatNeverAnswers_IsGivenUp_AndItsLateAnswerIgnored()
    {
        await _connection.NextAsync("subscribe");
        var calling = DoAsync(new Command.RosCall("/reset", RawJson.From("{}")));
        var id = (await _connection.NextAsync("call_service")).GetProperty("id").GetString();

        Pass(10_000);

        (await calling).Error!.ShouldContain("within 10 s");
        await _connection.SayAsync($$$"""{"op":"service_response","id":"{{{id}}}","values":{},"result":true}""");
        await _connection.SayAsync("""{"op":"publish","topic":"/odom","msg":{}}""");
        await HearAsync<RosBridgeActor.Received>();
    }

    [Fact]
    public async Task Status_ThatComesLate_EndsTheCallThatItIsAbout()
    {
        await _connection.NextAsync("subscribe");
        var calling = DoAsync(new Command.RosCall("/reset", RawJson.From("{}")));
        var id = (await _connection.NextAsync("call_service")).GetProperty("id").GetString();

        await _connection.SayAsync($$"""{"op":"status","level":"error","msg":"call_service: Service /reset does not exist","id":"{{id}}"}""");

        (await calling).Error!.ShouldContain("does not exist");
        (await HearAsync<LinkActor.Trouble>()).Message.ShouldContain("does not exist");
    }

    [Fact]
    public async Task Subscription_ThatCouldNotBeMadeYet_IsTriedAgain()
    {
        var id = (await _connection.NextAsync("subscribe")).GetProperty("id").GetString();
        await _connection.SayAsync($$"""{"op":"status","level":"error","msg":"Cannot infer topic type for topic /odom as it is not yet advertised","id":"{{id}}"}""");
        await HearAsync<LinkActor.Trouble>();

        await _bridge.Ask<ActorIdentity>(new Identify(1)).InTime();
        Pass(5000);

        (await _connection.NextAsync("subscribe")).GetProperty("topic").GetString().ShouldBe("/odom");
    }

    [Fact]
    public async Task Restart_OfRosbridge_RestoresSubscriptionsAndAdvertisements_AndStopsWhatMoved()
    {
        await _connection.NextAsync("subscribe");
        await DoAsync(Drive());
        await HearAsync<PartWorks>();

        await _ros.RestartAsync();
        (await HearAsync<PartFailed>()).Part.ShouldBe("ros");
        (await DoAsync(Drive())).Error!.ShouldContain("no connection to ROS");
        Pass(500);
        _connection = await _ros.AcceptAsync();

        (await _connection.NextAsync("subscribe")).GetProperty("topic").GetString().ShouldBe("/odom");
        (await _connection.NextAsync("advertise")).GetProperty("type").GetString().ShouldBe(Twist);
        (await _connection.NextAsync("publish")).GetProperty("msg").ToString().ShouldBe("{}");
        await HearAsync<PartWorks>();
    }

    [Fact]
    public async Task Restart_OfRosbridge_EndsTheCallsThatWereUnderWay()
    {
        await _connection.NextAsync("subscribe");
        var calling = DoAsync(new Command.RosCall("/reset", RawJson.From("{}")));
        await _connection.NextAsync("call_service");

        await _ros.RestartAsync();

        (await calling).Error!.ShouldContain("was lost");
    }

    [Fact]
    public async Task Leaving_StopsWhatMoves_AndTakesEverythingBack()
    {
        await _connection.NextAsync("subscribe");
        await DoAsync(Drive());
        await _connection.NextAsync("advertise");
        await _connection.NextAsync("publish");

        var leaving = _bridge.Ask<Akka.Done>(Leave.Instance);

        (await _connection.NextAsync("publish")).GetProperty("msg").ToString().ShouldBe("{}");
        (await _connection.NextAsync("unsubscribe")).GetProperty("topic").GetString().ShouldBe("/odom");
        (await _connection.NextAsync("unadvertise")).GetProperty("topic").GetString().ShouldBe("/cmd_vel");
        (await _connection.NextAsync()).ShouldBeNull();
        await leaving.InTime();
    }

    private static Command.RosPublish Drive() => Publish("/cmd_vel", Twist, """{"linear":{"x":1}}""");

    private static Command.RosPublish Publish(string topic, string type, string message) => new(topic, type, RawJson.From(message), Drives: topic == "/cmd_vel");

    private Task<CommandResult> DoAsync(Command command) => _bridge.Ask<CommandResult>(new RosBridgeActor.Do(new Order(Ann, null, command, 0))).InTime();

    private void Pass(int milliseconds) => ((ManualScheduler)Sys.Scheduler).Advance(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Waits until the bridge tells its robot something of a kind, past all else.</summary>
    private async Task<T> HearAsync<T>()
    {
        while (true)
        {
            var said = await _robot.ReceiveOneAsync(TimeSpan.FromSeconds(20));
            said.ShouldNotBeNull($"waited for {typeof(T).Name}");
            if (said is T it) return it;
        }
    }

    /// <summary>Stands between the bridge and the test, which is no actor that could have children.</summary>
    private sealed class Parent : UntypedActor
    {
        private readonly IActorRef _child, _test;

        public Parent(Props child, IActorRef test) => (_child, _test) = (Context.ActorOf(child, "ros"), test);

        protected override void OnReceive(object message) => (Sender.Equals(_child) ? _test : _child).Forward(message);
    }
}
