using Concierge.Robot.Configuration;

namespace Concierge.Robot.Tests.Configuration;

public class RobotSettingsTests
{
    [Fact]
    public void Reference_AloneIsASimulatedRobot()
    {
        var settings = RobotSettings.Load();

        settings.IsSimulated.ShouldBeTrue();
        settings.Name.ShouldBe("robot1", "a robot without a name goes by its id");
        settings.Watchdog.ShouldBe(TimeSpan.FromMilliseconds(500));
        settings.ControlLapse.ShouldBe(TimeSpan.FromSeconds(2));
        settings.Motors.Keys.ShouldBe(["m1", "m2"]);
        settings.Motors["m1"].ShouldBe(new MotorSettings(5, 6, new EnableSettings.Software(12), Brakes: true, IsReversed: false));
        settings.Ros.ShouldBeNull();
        settings.Secret.ShouldBeNull();
    }

    [Fact]
    public void CommandLine_IsStrongerThanTheEnvironment()
    {
        var environment = new Dictionary<string, string> { ["ROBOT__ID"] = "env", ["ROBOT__M1__ENABLE"] = "pwm:0/1", ["ROBOT__SECRET"] = "s3" };

        var settings = RobotSettings.Load(["--id", "rover-1", "--name", "Rover", "--url", "wss://hub:1/ws"], environment);

        settings.Id.ShouldBe("rover-1");
        settings.Name.ShouldBe("Rover");
        settings.Url.ShouldBe(new Uri("wss://hub:1/ws"));
        settings.Motors["m1"].Enable.ShouldBe(new EnableSettings.Hardware(0, 1));
        settings.Secret.ShouldBe("s3");
        settings.Hocon.ToString(includeFallback: true).ShouldNotContain("s3");
    }

    [Fact]
    public void Motor_ThatIsDisabled_IsNotThere() => RobotSettings.Load(["--set", "robot.m2.enabled=off"]).Motors.Keys.ShouldBe(["m1"]);

    [Theory]
    [InlineData("robot.id=", "robot.id", "1 to 58 letters")]
    [InlineData("robot.id=a/b", "robot.id = a/b", "1 to 58 letters")]
    [InlineData("robot.url=http://x/ws", "robot.url = http://x/ws", "ws://HOST:PORT/PATH")]
    [InlineData("robot.hardware=lego", "robot.hardware = lego", "simulated, linux")]
    [InlineData("robot.watchdog=0ms", "robot.watchdog = 0ms", "50ms to 10s")]
    [InlineData("robot.watchdog=1h", "robot.watchdog = 1h", "50ms to 10s")]
    [InlineData("robot.m1.in1=-1", "robot.m1.in1 = -1", "from 0 to 1023")]
    [InlineData("robot.m1.enable=12", "robot.m1.enable = 12", "gpio:LINE or pwm:CHIP/CHANNEL")]
    [InlineData("robot.m2.stop=maybe", "robot.m2.stop = maybe", "brake, coast")]
    [InlineData("robot.pwm.frequency=5000", "robot.pwm.frequency = 5000", "no more than 2000")]
    [InlineData("robot.accelerometer.address=200", "robot.accelerometer.address = 200", "from 8 to 119")]
    [InlineData("robot.barometer.oversampling=4", "robot.barometer.oversampling = 4", "from 0 to 3")]
    [InlineData("robot.ros.topics=/odom", "robot.ros.topics = /odom", "a list of texts")]
    [InlineData("robot.ros.drive=[\"/cmd_vel\"]", "robot.ros.drive", "also in robot.ros.publish")]
    [InlineData("robot.wachdog=1s", "robot.wachdog", "did you mean robot.watchdog?")]
    [InlineData("watchdog=1s", "watchdog", "did you mean robot.watchdog?")]
    [InlineData("robot.m3.in1=1", "robot.m3.in1", "did you mean robot.m")]
    public void Setting_ThatCannotWork_IsNamedWithWhatWasExpected(string setting, string what, string expected)
    {
        var error = Should.Throw<InvalidConfigurationException>(() => RobotSettings.Load(["--set", setting])).Message;

        error.ShouldContain(what);
        error.ShouldContain(expected);
        error.ShouldNotContain('\n');
    }
}
