using Concierge.Client;
using Concierge.Protocol;
using Concierge.Robot.Commands;
using Concierge.Robot.Configuration;
using Concierge.Robot.Motors;

namespace Concierge.Robot.Tests.Commands;

public class CommandReaderTests
{
    private readonly CommandReader _reader = new(RobotSettings.Load(
    [
        "--set", "robot.ros.enabled=on", "--set", """robot.ros.publish=["/cmd_vel", "/light"]""", "--set", """robot.ros.drive=["/cmd_vel"]""",
        "--set", """robot.ros.services=["/reset"]""",
    ]));

    [Fact]
    public void Motors_AreReadTogether() =>
        Read<Command.Drive>("""{"type":"com_motor","data":{"m1":{"dir":"CW","spd":100},"m2":{"dir":"CCW","spd":0}}}""").Movements
            .ShouldBe([new("m1", new Movement(MotorDirection.Clockwise, 100)), new("m2", new Movement(MotorDirection.CounterClockwise, 0))]);

    [Fact]
    public void Motor_MayBeOneOfThem() =>
        Read<Command.Drive>("""{"type":"com_motor","data":{"m2":{"dir":"CW","spd":1,"more":[]}},"more":1}""").Movements.Length.ShouldBe(1);

    [Fact]
    public void Switches_Stops_AndTexts_AreRead()
    {
        Read<Command.Led>("""{"type":"com_led","data":{"state":true}}""").On.ShouldBeTrue();
        Read<Command.Buzzer>("""{"type":"com_buzzer","data":{"state":false}}""").On.ShouldBeFalse();
        Read<Command.Stop>("""{"type":"com_stop","data":{"state":true}}""").NeedsControl.ShouldBeFalse("anybody may stop");
        Read<Command.ClearStop>("""{"type":"com_stop","data":{"state":false}}""").NeedsControl.ShouldBeTrue();
        Read<Command.Text>("""{"type":"msg","data":{"data":"hello"}}""").Data.ShouldBe("hello");
    }

    [Theory]
    [InlineData("""{"type":"ros_publish","data":{"topic":"/cmd_vel","msg_type":"geometry_msgs/Twist","msg":{"linear":{"x":1}}}}""")]
    [InlineData("""{"type":"ros_publish","topic":"/cmd_vel","msg_type":"geometry_msgs/Twist","msg":{"linear":{"x":1}}}""")]
    public void RosPublish_StandsInDataOrBesideItsType(string message)
    {
        var publish = Read<Command.RosPublish>(message);

        publish.ShouldBe(new Command.RosPublish("/cmd_vel", "geometry_msgs/Twist", RawJson.From("""{"linear":{"x":1}}"""), Drives: true));
        publish.NeedsControl.ShouldBeTrue();
    }

    [Fact]
    public void RosPublish_ThatMovesNothing_NeedsNoControl() =>
        Read<Command.RosPublish>("""{"type":"ros_publish","data":{"topic":"/light","msg_type":"std_msgs/Bool","msg":{"data":true}}}""").NeedsControl.ShouldBeFalse();

    [Fact]
    public void RosCall_MayLeaveOutItsArguments_AndHaveItsIdInTheData()
    {
        _reader.Read(RawJson.From("""{"type":"ros_call","data":{"service":"/reset","id":7}}"""), out var id)
            .ShouldBe(new Command.RosCall("/reset", RawJson.From("{}")));
        id.ShouldBe(RawJson.From("7"));
    }

    [Theory]
    [InlineData("\"a\"")]
    [InlineData("17")]
    [InlineData("1.50")]
    public void Id_IsGivenBackAsItCame(string id)
    {
        _reader.Read(RawJson.From($$$"""{"type":"com_led","data":{"state":1},"id":{{{id}}}}"""), out var read).ShouldBeOfType<Command.Wrong>();

        read.ShouldBe(RawJson.From(id));
    }

    [Theory]
    [InlineData("5", "expected {")]
    [InlineData("null", "expected {")]
    [InlineData("{}", "type")]
    [InlineData("""{"type":5}""", "type")]
    [InlineData("""{"type":"fly","data":{}}""", "\"fly\" is no command")]
    [InlineData("""{"type":"com_motor"}""", "data")]
    [InlineData("""{"type":"com_motor","data":[]}""", "data")]
    [InlineData("""{"type":"com_motor","data":{}}""", "at least one motor")]
    [InlineData("""{"type":"com_motor","data":{"m3":{"dir":"CW","spd":1}}}""", "m3: there is no such motor; expected m1 or m2")]
    [InlineData("""{"type":"com_motor","data":{"m1":{"dir":"CW","spd":1},"m1":{"dir":"CW","spd":1}}}""", "m1: is there twice")]
    [InlineData("""{"type":"com_motor","data":{"m1":5}}""", "m1")]
    [InlineData("""{"type":"com_motor","data":{"m1":{"spd":1}}}""", "m1.dir")]
    [InlineData("""{"type":"com_motor","data":{"m1":{"dir":"cw","spd":1}}}""", "m1.dir")]
    [InlineData("""{"type":"com_motor","data":{"m1":{"dir":"CW"}}}""", "m1.spd")]
    [InlineData("""{"type":"com_motor","data":{"m1":{"dir":"CW","spd":101}}}""", "m1.spd: expected a whole number from 0 to 100")]
    [InlineData("""{"type":"com_motor","data":{"m1":{"dir":"CW","spd":-1}}}""", "m1.spd")]
    [InlineData("""{"type":"com_motor","data":{"m1":{"dir":"CW","spd":1.5}}}""", "m1.spd")]
    [InlineData("""{"type":"com_motor","data":{"m1":{"dir":"CW","spd":"1"}}}""", "m1.spd")]
    [InlineData("""{"type":"com_motor","data":{"m1":{"dir":"CW","spd":1e99}}}""", "m1.spd")]
    [InlineData("""{"type":"com_motor","data":{"m1":{"dir":"CW","spd":50},"m2":{"dir":"CW","spd":200}}}""", "m2.spd")]
    [InlineData("""{"type":"com_led","data":{"state":"on"}}""", "state")]
    [InlineData("""{"type":"com_stop","data":{}}""", "state")]
    [InlineData("""{"type":"msg","data":{"data":5}}""", "data")]
    [InlineData("""{"type":"com_led","data":{"state":true},"id":{}}""", "id")]
    [InlineData("""{"type":"ros_publish","data":{"topic":"/other","msg_type":"a/B","msg":{}}}""", "robot.ros.publish")]
    [InlineData("""{"type":"ros_publish","data":{"topic":"/light","msg":{}}}""", "msg_type")]
    [InlineData("""{"type":"ros_publish","data":{"topic":"/light","msg_type":"a/B","msg":5}}""", "msg")]
    [InlineData("""{"type":"ros_call","data":{"service":"/rosout"}}""", "robot.ros.services")]
    public void Anything_ThatIsWrong_IsSaidToBe(string message, string expected) => Read<Command.Wrong>(message).Error.ShouldContain(expected);

    [Fact]
    public void Text_ThatIsVeryLong_IsNotGivenBackWhole() =>
        Read<Command.Wrong>($$$"""{"type":"{{{new string('x', 10_000)}}}","data":{}}""").Error.Length.ShouldBeLessThan(200);

    [Fact]
    public void Ros_OnARobotWithout_IsRefused() =>
        new CommandReader(RobotSettings.Load()).Read(RawJson.From("""{"type":"ros_call","data":{"service":"/reset"}}"""), out _)
            .ShouldBe(new Command.Wrong("this robot is no bridge to ROS"));

    private T Read<T>(string message)
        where T : Command =>
        _reader.Read(RawJson.From(message), out _).ShouldBeOfType<T>();
}
