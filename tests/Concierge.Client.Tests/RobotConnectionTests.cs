using System.Text.Json;
using Concierge.Protocol;

namespace Concierge.Client.Tests;

public sealed class RobotConnectionTests
{
    private static readonly ClientInfo Owner = new("robot_r1", "Rover", Guid.NewGuid(), ["robot"]);
    private static readonly ServiceInfo Service = new("robot/r1", "Rover", Owner.Uuid, []);

    private readonly FakeConcierge _concierge = new();
    private long _seq;

    [Fact]
    public async Task Find_GivesRobotsAlone_ByTheirIds()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        await using var _ = client;

        var finding = RobotConnection.FindAsync(client);
        await connection.ReadAsync<ClientPayload.ServiceFetchAll>();
        var old = new ServiceInfo("robot/7", null, Owner.Uuid, []);
        connection.Say(new ServerPayload.ServiceFetchAllResult([Service, new ServiceInfo("chat", null, Owner.Uuid, []), old]) { Seq = _seq++ });

        (await finding.InTime()).ShouldBe([new RobotInfo("7", "7", old), new RobotInfo("r1", "Rover", Service)]);
    }

    [Fact]
    public async Task Telemetry_BecomesTypedEvents()
    {
        var all = new Recording<RobotTelemetry>();
        var (orientation, climate, status, ros) = (new Recording<RobotOrientation>(), new Recording<RobotClimate>(), new Recording<RobotStatus>(), new Recording<RosMessage>());
        var motors = new Recording<IReadOnlyDictionary<string, MotorState>>();
        var (client, connection, _) = await SubscribeAsync(it =>
        {
            it.TelemetryReceived += all.Handle;
            it.OrientationReceived += orientation.Handle;
            it.ClimateReceived += climate.Handle;
            it.StatusReceived += status.Handle;
            it.MotorsChanged += motors.Handle;
            it.RosReceived += ros.Handle;
        });
        await using var _1 = client;

        Say(connection, """{"type":"orientation_data","data":{"pitch":1.5,"roll":-2}}""");
        Say(connection, """{"type":"climate_data","data":{"temperature":21.5,"pressure":101325}}""");
        Say(connection, """{"type":"motor_state","data":{"m1":{"dir":"CCW","spd":30},"m2":{"dir":"CW","spd":0}}}""");
        Say(connection, """{"type":"status","data":{"uptime":1.5,"link":{"connected":true,"losses":2},"driver":null,"stopped":true,"faults":[{"part":"m1","error":"hot","count":1,"working":false}]}}""");
        Say(connection, """{"type":"ros","topic":"/odom","msg":{"x":1.50}}""");
        Say(connection, """{"type":"something_new","data":5}""");

        (await orientation.NextAsync()).ShouldBe(new RobotOrientation(1.5, -2));
        (await climate.NextAsync()).ShouldBe(new RobotClimate(21.5, 101325));
        (await motors.NextAsync())["m1"].ShouldBe(new MotorState(MotorDirection.CounterClockwise, 30));
        var how = await status.NextAsync();
        (how.Uptime, how.Stopped, how.Link, how.Faults.Single()).ShouldBe((1.5, true, new RobotLink(true, 2), new RobotFault("m1", "hot", 1, false)));
        (await ros.NextAsync()).ShouldBe(new RosMessage("/odom", RawJson.From("""{"x":1.50}""")));
        (await all.UntilAsync(it => it.Kind == "something_new")).Data.ShouldBe(RawJson.From("""{"type":"something_new","data":5}"""));
    }

    [Fact]
    public async Task Nonsense_AndOtherServices_DisturbNothing()
    {
        var orientation = new Recording<RobotOrientation>();
        var (client, connection, _) = await SubscribeAsync(it => it.OrientationReceived += orientation.Handle);
        await using var _1 = client;

        string[] nonsense =
        [
            "5", "[]", "{}", """{"type":5}""", """{"type":"orientation_data"}""", """{"type":"orientation_data","data":{"pitch":"up"}}""",
            """{"type":"status","data":{}}""", """{"type":"motor_state","data":{"m1":{"dir":"UP","spd":1}}}""", """{"type":"command_result","data":{"id":"c1"}}""",
            """{"type":"command_result","data":{"id":"nobody's","ok":true}}""", """{"type":"ros"}""",
        ];
        foreach (var it in nonsense) Say(connection, it);
        connection.Say(new ServerPayload.Message(new Origin(Owner, null), new Target.ToService("robot/other"), RawJson.From("""{"type":"orientation_data","data":{"pitch":9,"roll":9}}""")));
        Say(connection, """{"type":"orientation_data","data":{"pitch":1,"roll":2}}""");

        (await orientation.NextAsync()).ShouldBe(new RobotOrientation(1, 2));
    }

    [Fact]
    public async Task Command_CarriesAnId_AndItsResultComesBack()
    {
        var (client, connection, robot) = await SubscribeAsync();
        await using var _ = client;

        var switching = robot.SetLedAsync(true);
        var sent = await connection.ReadAsync<ClientPayload.Message>();
        connection.Say(new ServerPayload.Ok { Seq = _seq++ });
        var message = sent.Data.ToElement();
        var id = message.GetProperty("id").GetString();
        Answer(connection, $$$"""{"type":"command_result","data":{"id":"another","ok":true,"error":null}}""");
        Answer(connection, $$$"""{"type":"command_result","data":{"id":"{{{id}}}","ok":false,"error":"Bob has control"}}""");

        sent.Target.ShouldBe(new Target.ToService("robot/r1"));
        message.GetProperty("type").GetString().ShouldBe("com_led");
        message.GetProperty("data").ToString().ShouldBe("""{"state":true}""");
        (await switching.InTime()).ShouldBe(new CommandResult(false, "Bob has control"));
    }

    [Fact]
    public async Task Command_ThatIsNeverAnswered_TimesOut()
    {
        var (client, connection, robot) = await SubscribeAsync();
        await using var _ = client;

        var stopping = robot.EmergencyStopAsync();
        await connection.ReadAsync<ClientPayload.Message>();
        connection.Say(new ServerPayload.Ok { Seq = _seq++ });
        // A round trip: the OK before it has been dealt with, and the answer is waited for.
        await RoundTripAsync(client, connection);
        await _concierge.Clock.TimerAsync(TimeSpan.FromSeconds(10));
        _concierge.Clock.Advance(TimeSpan.FromSeconds(10));

        (await Should.ThrowAsync<TimeoutException>(stopping.InTime())).Message.ShouldContain("com_stop");
    }

    [Fact]
    public async Task Command_UnderWayWhenTheConnectionIsLost_Fails()
    {
        var (client, connection, robot) = await SubscribeAsync();
        await using var _ = client;

        var stopping = robot.EmergencyStopAsync();
        await connection.ReadAsync<ClientPayload.Message>();
        connection.Say(new ServerPayload.Ok { Seq = _seq++ });
        connection.Close(CloseCode.GoingAway);

        await Should.ThrowAsync<ConciergeClosedException>(stopping.InTime());
    }

    [Fact]
    public async Task Held_IsRepeated_AndReleased_IsStopped()
    {
        var (client, connection, robot) = await SubscribeAsync();
        await using var _ = client;
        var drive = robot.StartDriving();

        drive.Hold(60, -60);
        await ExpectMotorsAsync(connection, """{"m1":{"dir":"CW","spd":60},"m2":{"dir":"CCW","spd":60}}""");
        await PassAsync(100);
        await ExpectMotorsAsync(connection, """{"m1":{"dir":"CW","spd":60},"m2":{"dir":"CCW","spd":60}}""");
        drive.Release();
        await ExpectMotorsAsync(connection, """{"m1":{"dir":"CW","spd":0},"m2":{"dir":"CW","spd":0}}""");

        await drive.DisposeAsync();
        connection.HasNothingMore.ShouldBeTrue();
    }

    [Fact]
    public async Task Held_Otherwise_IsSentAtOnce_AndWhatIsNoLongerHeldIsStopped()
    {
        var (client, connection, robot) = await SubscribeAsync();
        await using var _ = client;
        await using var drive = robot.StartDriving();

        drive.Hold(new Dictionary<string, MotorState> { ["m1"] = MotorState.Turning(10) });
        await ExpectMotorsAsync(connection, """{"m1":{"dir":"CW","spd":10}}""");
        drive.Hold(new Dictionary<string, MotorState> { ["m2"] = MotorState.Turning(20) });
        await ExpectMotorsAsync(connection, """{"m1":{"dir":"CW","spd":0},"m2":{"dir":"CW","spd":20}}""");
        drive.Release();
        await ExpectMotorsAsync(connection, """{"m2":{"dir":"CW","spd":0}}""");
    }

    [Fact]
    public async Task Dispose_WhileSomethingIsHeld_StopsTheRobot()
    {
        var (client, connection, robot) = await SubscribeAsync();
        await using var _ = client;
        var drive = robot.StartDriving();
        drive.Hold(60, 60);
        await ExpectMotorsAsync(connection, """{"m1":{"dir":"CW","spd":60},"m2":{"dir":"CW","spd":60}}""");

        var disposing = drive.DisposeAsync().AsTask();

        await ExpectMotorsAsync(connection, """{"m1":{"dir":"CW","spd":0},"m2":{"dir":"CW","spd":0}}""");
        await disposing.InTime();
        Should.Throw<ObjectDisposedException>(() => drive.Hold(1, 1));
    }

    [Fact]
    public async Task Held_WithATimeout_IsLetGoByItself_UnlessItIsHeldAnew()
    {
        var (client, connection, robot) = await SubscribeAsync();
        await using var _ = client;
        await using var drive = robot.StartDriving(new RobotDriveOptions { Interval = TimeSpan.FromMilliseconds(100), HoldTimeout = TimeSpan.FromMilliseconds(200) });
        const string moving = """{"m1":{"dir":"CW","spd":60},"m2":{"dir":"CW","spd":60}}""";

        drive.Hold(60, 60);
        await ExpectMotorsAsync(connection, moving);
        await PassAsync(100);
        await ExpectMotorsAsync(connection, moving);
        drive.Hold(60, 60);
        await PassAsync(100);
        await ExpectMotorsAsync(connection, moving);
        await PassAsync(100);
        await ExpectMotorsAsync(connection, """{"m1":{"dir":"CW","spd":0},"m2":{"dir":"CW","spd":0}}""");

        drive.Held.ShouldBeNull();
    }

    [Fact]
    public async Task Held_WhenTheConnectionIsLost_IsLetGo_AndStaysSo()
    {
        var (client, connection, robot) = await SubscribeAsync();
        await using var _ = client;
        await using var drive = robot.StartDriving();
        var faulted = new TaskCompletionSource<Exception>();
        drive.Faulted += (_, fault) => faulted.TrySetResult(fault);
        drive.Hold(60, 60);
        await connection.ReadAsync<ClientPayload.Message>();

        connection.Close(CloseCode.GoingAway);

        (await faulted.Task.InTime()).ShouldBeOfType<ConciergeClosedException>();
        drive.Held.ShouldBeNull();
    }

    [Fact]
    public async Task Commands_DoNotPileUp_WhileTheConciergeIsSlow()
    {
        var (client, connection, robot) = await SubscribeAsync();
        await using var _ = client;
        await using var drive = robot.StartDriving();

        drive.Hold(10, 10);
        await connection.ReadAsync<ClientPayload.Message>();
        drive.Hold(20, 20);
        drive.Hold(30, 30);
        // No OK for the first: nothing follows. A request of ours has its turn, and there is nothing before it.
        await RoundTripAsync(client, connection, seq: _seq + 1);
        connection.Say(new ServerPayload.Ok { Seq = _seq });
        _seq += 2;

        await ExpectMotorsAsync(connection, """{"m1":{"dir":"CW","spd":30},"m2":{"dir":"CW","spd":30}}""");
        var releasing = drive.DisposeAsync().AsTask();
        await ExpectMotorsAsync(connection, """{"m1":{"dir":"CW","spd":0},"m2":{"dir":"CW","spd":0}}""");
        await releasing.InTime();
    }

    private static void Say(FakeConnection connection, string data) =>
        connection.Say(new ServerPayload.Message(new Origin(Owner, Service), new Target.ToService("robot/r1"), RawJson.From(data)));

    private static void Answer(FakeConnection connection, string data) =>
        connection.Say(new ServerPayload.Message(new Origin(Owner, Service), new Target.ToServiceClient("robot/r1", connection.Uuid), RawJson.From(data)));

    private async Task<(ConciergeClient Client, FakeConnection Connection, RobotConnection Robot)> SubscribeAsync(Action<RobotConnection>? attach = null)
    {
        var (client, connection) = await _concierge.ConnectAsync();
        var connecting = RobotConnection.ConnectAsync(client, "r1", attach);
        (await connection.ReadAsync<ClientPayload.SelfSubscribe>()).Service.ShouldBe("robot/r1");
        connection.Say(new ServerPayload.SelfSubscribeResult(true, Service) { Seq = _seq++ });
        return (client, connection, await connecting.InTime());
    }

    private async Task ExpectMotorsAsync(FakeConnection connection, string motors)
    {
        var message = (await connection.ReadAsync<ClientPayload.Message>()).Data.ToElement();
        connection.Say(new ServerPayload.Ok { Seq = _seq++ });
        message.TryGetProperty("id", out JsonElement _).ShouldBeFalse("nobody waits for an answer");
        message.GetProperty("type").GetString().ShouldBe("com_motor");
        message.GetProperty("data").ToString().ShouldBe(motors);
    }

    private async Task RoundTripAsync(ConciergeClient client, FakeConnection connection, long? seq = null)
    {
        var fetching = client.FetchServicesAsync();
        await connection.ReadAsync<ClientPayload.ServiceFetchAll>();
        connection.Say(new ServerPayload.ServiceFetchAllResult([]) { Seq = seq ?? _seq++ });
        await fetching.InTime();
    }

    /// <summary>Waits until the drive waits, then lets time pass.</summary>
    private async Task PassAsync(int milliseconds)
    {
        await _concierge.Clock.TimerAsync(TimeSpan.FromMilliseconds(milliseconds));
        _concierge.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
    }
}
