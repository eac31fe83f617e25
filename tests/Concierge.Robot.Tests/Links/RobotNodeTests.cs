using Concierge.Client;
using Concierge.Protocol;
using Concierge.Robot.Configuration;
using Concierge.Robot.Motors;
using Concierge.Robot.Tests.Parts;

namespace Concierge.Robot.Tests.Links;

/// <summary>A whole robot on a real node, driven through the SDK.</summary>
public sealed class RobotNodeTests : IAsyncLifetime
{
    private readonly NodeFixture _node = new();
    private readonly FakeHardware _hardware = new();
    private RobotNode _robot = null!;
    private ConciergeClient _ann = null!;

    public async Task InitializeAsync()
    {
        await _node.InitializeAsync();
        _robot = await StartAsync("rover");
        _ann = await _node.ConnectAsync("ann");
    }

    public async Task DisposeAsync()
    {
        await _ann.DisposeAsync();
        await _robot.DisposeAsync();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task Robot_IsFound_ByItsServiceAndItsTag()
    {
        (await RobotConnection.FindAsync(_ann)).Select(robot => (robot.Id, robot.Name)).ShouldBe([("rover", "Rover")]);

        var owner = (await _ann.FetchClientsAsync()).Single(client => client.Tags.Contains("robot"));
        owner.Nickname.ShouldBe("Rover");
    }

    [Fact]
    public async Task Driver_TurnsTheMotors_AndIsAnswered()
    {
        await using var robot = await RobotConnection.ConnectAsync(_ann, "rover");

        (await robot.TurnAsync(new Dictionary<string, MotorState> { ["m1"] = MotorState.Turning(-40) })).ShouldBe(new CommandResult(true, null));

        _hardware.M1.Done().ShouldContain("CounterClockwise 40");
    }

    [Fact]
    public async Task Motor_StopsByItself_OnTheSystemsClockToo()
    {
        await using var robot = await RobotConnection.ConnectAsync(_ann, "rover");
        (await _hardware.M1.NextAsync()).ShouldBe("stop");

        await robot.TurnAsync(new Dictionary<string, MotorState> { ["m1"] = MotorState.Turning(40) });

        (await _hardware.M1.NextAsync()).ShouldBe("Clockwise 40");
        (await _hardware.M1.NextAsync()).ShouldBe("stop");
    }

    [Fact]
    public async Task Newcomer_HearsStatusAndMotorsAtOnce()
    {
        var status = new Recording<RobotStatus>();
        var motors = new Recording<IReadOnlyDictionary<string, MotorState>>();
        await using var robot = await RobotConnection.ConnectAsync(_ann, "rover", it =>
        {
            it.StatusReceived += status.Handle;
            it.MotorsChanged += motors.Handle;
        });

        (await status.NextAsync()).Link.ShouldBe(new RobotLink(true, 0));
        (await motors.NextAsync())["m2"].ShouldBe(MotorState.Stopped);
    }

    [Fact]
    public async Task Stop_FromSomebodyElse_StopsWhoDrives_AndIsToldToIt()
    {
        await using var bob = await _node.ConnectAsync("bob");
        await using var annsRobot = await RobotConnection.ConnectAsync(_ann, "rover");
        await using var bobsRobot = await RobotConnection.ConnectAsync(bob, "rover");
        var refused = new Recording<CommandResult>();
        annsRobot.Refused += refused.Handle;
        await using var drive = annsRobot.StartDriving();
        drive.Hold(50, 50);
        (await _hardware.M1.NextAsync()).ShouldBe("stop");
        (await _hardware.M1.NextAsync()).ShouldBe("Clockwise 50");

        (await bobsRobot.EmergencyStopAsync()).Ok.ShouldBeTrue();

        _hardware.M1.Movement.ShouldBe(Movement.None);
        (await refused.NextAsync()).Error!.ShouldContain("com_stop");
    }

    [Fact]
    public async Task Driver_ThatLeaves_StopsTheRobot()
    {
        var robot = await RobotConnection.ConnectAsync(_ann, "rover");
        (await _hardware.M1.NextAsync()).ShouldBe("stop");
        // Held by repeating itself: the watchdog isn't what stops it.
        var drive = robot.StartDriving();
        drive.Hold(50, 50);
        (await _hardware.M1.NextAsync()).ShouldBe("Clockwise 50");

        await robot.DisposeAsync();

        while (await _hardware.M1.NextAsync() != "stop")
        {
            // It was held until then.
        }
    }

    [Fact]
    public async Task LostLink_StopsTheMotors_AndTheRobotComesBackWithTheSameService()
    {
        var status = new Recording<RobotStatus>();
        await using var robot = await RobotConnection.ConnectAsync(_ann, "rover", it => it.StatusReceived += status.Handle);
        (await _hardware.M1.NextAsync()).ShouldBe("stop");
        await robot.TurnAsync(new Dictionary<string, MotorState> { ["m1"] = MotorState.Turning(40) });
        (await _hardware.M1.NextAsync()).ShouldBe("Clockwise 40");

        await _node.RestartAsync();

        (await _hardware.M1.NextAsync()).ShouldBe("stop");
        await status.UntilAsync(it => it.Link.Losses == 1);
        (await robot.TurnAsync(new Dictionary<string, MotorState> { ["m1"] = MotorState.Turning(30) })).ShouldBe(new CommandResult(true, null));
    }

    [Fact]
    public async Task Stopping_StopsTheMotorsFirst_ThenReleasesThem()
    {
        await using var robot = await RobotConnection.ConnectAsync(_ann, "rover");
        (await _hardware.M1.NextAsync()).ShouldBe("stop");
        await robot.TurnAsync(new Dictionary<string, MotorState> { ["m1"] = MotorState.Turning(40) });
        (await _hardware.M1.NextAsync()).ShouldBe("Clockwise 40");

        _robot.StopMotors();
        _hardware.M1.Movement.ShouldBe(Movement.None);
        (await robot.TurnAsync(new Dictionary<string, MotorState> { ["m1"] = MotorState.Turning(40) })).Error!.ShouldContain("shutting down");
        await _robot.StopAsync();

        (await _hardware.M1.NextAsync()).ShouldBe("stop");
        (await _hardware.M1.NextAsync()).ShouldBe("released");
        (await RobotConnection.FindAsync(_ann)).ShouldBeEmpty();
        await _robot.Completion.InTime();
    }

    [Fact]
    public async Task Flood_OfCommands_DoesNotDelayAStop()
    {
        await using var robot = await RobotConnection.ConnectAsync(_ann, "rover");
        for (var i = 0; i < 2000; i++) await robot.Client.PostAsync(new Target.ToService("robot/rover"), RawJson.From("""{"type":"com_motor","data":{"m1":{"dir":"CW","spd":40}}}"""));

        (await robot.EmergencyStopAsync()).Ok.ShouldBeTrue();

        _hardware.M1.Movement.ShouldBe(Movement.None);
    }

    [Fact]
    public async Task SecondRobot_OfTheSameId_WaitsForTheFirstToLeave()
    {
        await using var second = await StartAsync("rover");

        await _robot.StopAsync();

        await second.Ready.InTime();
    }

    [Fact]
    public async Task Robot_ThatIsStartedBeforeItsConcierge_WaitsForIt()
    {
        var settings = Settings("early", "ws://127.0.0.1:9/ws");
        await using var robot = await RobotNode.StartAsync(settings, new FakeHardware(), null, default);

        robot.Ready.IsCompleted.ShouldBeFalse();
        robot.Completion.IsCompleted.ShouldBeFalse();
    }

    private RobotSettings Settings(string id, string? url = null) =>
        RobotSettings.Load(["--id", id, "--name", "Rover", "--url", url ?? _node.Url.ToString(), "--set", "robot.link.retry=100ms", "--set", "robot.watchdog=400ms"]);

    private async Task<RobotNode> StartAsync(string id)
    {
        var robot = await RobotNode.StartAsync(Settings(id), id == "rover" && _robot is null ? _hardware : new FakeHardware(), null, default);
        if (_robot is null) await robot.Ready.InTime();
        return robot;
    }
}
