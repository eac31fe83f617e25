using System.Text.Json;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Robots;

/// <summary>The robot's program as it ships, simulated, on a node as it ships, and drivers that know the wire alone.</summary>
public sealed class RobotTests : IAsyncLifetime
{
    private const string Service = "robot/rover-1";

    private NodeProcess _node = null!;
    private RunningProgram _robot = null!;

    public async Task InitializeAsync()
    {
        _node = await NodeProcess.StartAsync();
        _robot = RunningProgram.StartBuilt(
            "Concierge.Robot", "--url", _node.Url.ToString(), "--id", "rover-1", "--name", "Rover", "--set", "robot.status-interval=200ms");
        (await _robot.ReadLineAsync()).ShouldBe("ready robot/rover-1", _robot.Errors);
    }

    public async Task DisposeAsync()
    {
        await _robot.DisposeAsync();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task Driver_IsTold_Drives_IsAnswered_AndTheRobotStopsByItself()
    {
        WireClient driver = await DriverAsync();
        HashSet<string> kinds = [];
        while (!kinds.IsSupersetOf(["status", "motor_state", "orientation_data", "climate_data"])) kinds.Add((await DataAsync(driver)).TypeOf());

        await SendAsync(driver, """{"type":"com_motor","id":7,"data":{"m1":{"dir":"CW","spd":60},"m2":{"dir":"CCW","spd":40}}}""");

        (await ResultAsync(driver)).ShouldBeJson("""{"id":7,"ok":true,"error":null}""");
        await UntilAsync(driver, "motor_state", data => data.GetProperty("m1").GetProperty("spd").GetInt32() == 0 && data.GetProperty("m2").GetProperty("spd").GetInt32() == 0);
    }

    [Fact]
    public async Task SecondDriver_IsToldWhoHasControl()
    {
        WireClient first = await DriverAsync("ann"), second = await DriverAsync("bob");
        await SendAsync(first, """{"type":"com_motor","id":"a","data":{"m1":{"dir":"CW","spd":60}}}""");
        (await ResultAsync(first)).GetProperty("ok").GetBoolean().ShouldBeTrue();

        await SendAsync(second, """{"type":"com_motor","id":"b","data":{"m1":{"dir":"CW","spd":10}}}""");

        (await ResultAsync(second)).GetProperty("error").GetString()!.ShouldContain("ann");
        await UntilAsync(second, "status", data => data.GetProperty("driver").ValueKind == JsonValueKind.Object && data.GetProperty("driver").GetProperty("uuid").GetString() == first.Uuid);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(2)]
    [InlineData(1)]
    public async Task Signal_EndsItWith0_AndItsServiceIsGone(int signal)
    {
        WireClient watcher = await _node.JoinAsync(presence: true);

        _robot.Terminate(signal);

        (await watcher.ReceiveAsync()).TypeOf().ShouldBe("SERVICE_DELETE_RESULT");
        (await watcher.ReceiveAsync()).TypeOf().ShouldBe("CLIENT_LEFT");
        (await _robot.WaitForExitAsync()).ShouldBe(0, _robot.Errors);
    }

    [Fact]
    public async Task WrongSecret_EndsItWith1AndOneLine()
    {
        await using NodeProcess guarded = await NodeProcess.StartAsync("secret=hush");
        await using var other = RunningProgram.StartBuilt("Concierge.Robot", "--url", guarded.Url.ToString(), "--id", "other", "--secret", "wrong", "--set", "robot.logging.level=off");

        (await other.WaitForExitAsync()).ShouldBe(1);
        other.Errors.ShouldBe("robot: The concierge wants another secret: give the one that it is configured with (concierge.secret).");
    }

    [Fact]
    public async Task Configuration_ThatCannotWork_EndsItWith2AndOneLine()
    {
        await using var other = RunningProgram.StartBuilt("Concierge.Robot", "--set", "robot.watchdog=1h");

        (await other.WaitForExitAsync()).ShouldBe(2);
        other.Errors.ShouldBe("robot: robot.watchdog = 1h (--set): expected a duration from 50ms to 10s, such as 500ms, 5s or 2m");
    }

    [Fact]
    public async Task Halt_OfASimulatedRobot_Succeeds()
    {
        await using var halt = RunningProgram.StartBuilt("Concierge.Robot", "halt");

        (await halt.WaitForExitAsync()).ShouldBe(0, halt.Errors);
    }

    [Fact]
    public async Task Teleop_FindsTheRobot_DrivesIt_AndShowsWhatItTells()
    {
        await using var teleop = RunningProgram.StartBuilt("Teleop", "--url", _node.Url.ToString(), "--speed", "35");
        (await teleop.ReadLineAsync()).ShouldBe("driving robot/rover-1", teleop.Errors);

        await teleop.TypeAsync("w");

        while (!(await teleop.ReadLineAsync()).ShouldNotBeNull(teleop.Errors).Contains("m1 +35  m2 +35", StringComparison.Ordinal))
        {
        }

        await teleop.TypeAsync("q");
        (await teleop.WaitForExitAsync()).ShouldBe(0, teleop.Errors);
    }

    private async Task<WireClient> DriverAsync(string? name = null)
    {
        WireClient driver = await _node.JoinAsync(name);
        await driver.SendAsync($$"""{"type":"SELF_SUBSCRIBE","service":"{{Service}}"}""");
        (await driver.ReceiveAnswerAsync()).TypeOf().ShouldBe("SELF_SUBSCRIBE_RESULT");
        return driver;
    }

    private static Task SendAsync(WireClient driver, string data) => driver.SendAsync(Payloads.Message(Payloads.ToService(Service), data));

    /// <summary>What the robot says next.</summary>
    private static async Task<JsonElement> DataAsync(WireClient client)
    {
        while (true)
        {
            JsonElement payload = await client.ReceiveAsync();
            if (payload.TypeOf() == "MESSAGE") return payload.GetProperty("data");
        }
    }

    private static Task<JsonElement> ResultAsync(WireClient driver) => UntilAsync(driver, "command_result", _ => true);

    private static async Task<JsonElement> UntilAsync(WireClient client, string kind, Func<JsonElement, bool> isIt)
    {
        while (true)
        {
            JsonElement said = await DataAsync(client);
            if (said.TypeOf() == kind && isIt(said.GetProperty("data"))) return said.GetProperty("data");
        }
    }
}
