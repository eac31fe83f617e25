using Concierge.Client;
using Concierge.Protocol;
using Concierge.Robot.Links;
using Concierge.Robot.Ros;

namespace Concierge.Robot.Tests.Parts;

/// <summary>ROS as a part of the robot; the test is the bridge.</summary>
public sealed class RosPartTests : RobotTest
{
    private const string Go = """{"topic":"/cmd_vel","msg_type":"geometry_msgs/Twist","msg":{}}""";

    public RosPartTests()
        : base("robot.ros.enabled=on", """robot.ros.publish=["/cmd_vel", "/light"]""", """robot.ros.drive=["/cmd_vel"]""", "robot.ros.keep=3")
    {
        Join(Ann);
        Join(Bob);
    }

    [Fact]
    public async Task DriveTopic_TakesControl_AndIsRefusedToOthers()
    {
        Send(Ann, "ros_publish", Go, "ann's");
        await AnswerAsync(new CommandResult(true, null));
        (await ResultAsync(Ann, "ann's")).ShouldBe((true, null));

        Send(Bob, "ros_publish", Go, "bob's");

        (await ResultAsync(Bob, "bob's")).Error!.ShouldContain("has control");
    }

    [Fact]
    public async Task OtherTopics_NeedNoControl()
    {
        Drive(Ann, 10, "drive");
        await ResultAsync(Ann, "drive");

        Send(Bob, "ros_publish", """{"topic":"/light","msg_type":"std_msgs/Bool","msg":{}}""", "light");
        await AnswerAsync(new CommandResult(false, "no connection to ROS"));

        (await ResultAsync(Bob, "light")).ShouldBe((false, "no connection to ROS"));
    }

    [Fact]
    public async Task Stop_HaltsDriveTopics_AndRefusesThem()
    {
        Send(Bob, "com_stop", """{"state":true}""");
        await RosBridge.ExpectMsgAsync<RosBridgeActor.Halt>(TimeSpan.FromSeconds(20));

        Send(Ann, "ros_publish", Go, "go");

        (await ResultAsync(Ann, "go")).Error!.ShouldContain("com_stop");
    }

    [Fact]
    public async Task DriverThatLeaves_AndLinkThatIsLost_HaltDriveTopics()
    {
        Drive(Ann, 10, "drive");
        await ResultAsync(Ann, "drive");
        Leave(Ann);
        await RosBridge.ExpectMsgAsync<RosBridgeActor.Halt>(TimeSpan.FromSeconds(20));

        Robot.Tell(new LinkActor.Down("cut"), Akka.Actor.ActorRefs.NoSender);
        await RosBridge.ExpectMsgAsync<RosBridgeActor.Halt>(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Messages_GoToSubscribers_AndTheLastOfEachTopicToNewcomers()
    {
        for (var i = 1; i <= 5; i++) Robot.Tell(new RosBridgeActor.Received("/odom", RawJson.From($$"""{"n":{{i}}}""")), Akka.Actor.ActorRefs.NoSender);
        Robot.Tell(new RosBridgeActor.Received("/battery", RawJson.From("1.50")), Akka.Actor.ActorRefs.NoSender);
        (await BroadcastAsync("ros")).ToString().ShouldBe("""{"type":"ros","topic":"/odom","msg":{"n":1}}""");

        var carol = new ClientInfo("carol", null, Guid.NewGuid(), []);
        Join(carol);

        foreach (var expected in (string[])["""{"n":3}""", """{"n":4}""", """{"n":5}""", "1.50"])
            (await HeardAsync(carol, "ros")).GetProperty("msg").ToString().ShouldBe(expected);
    }

    /// <summary>Answers what the bridge was told to do.</summary>
    private async Task AnswerAsync(CommandResult result)
    {
        await RosBridge.ExpectMsgAsync<RosBridgeActor.Do>(TimeSpan.FromSeconds(20));
        RosBridge.Reply(result);
    }
}
