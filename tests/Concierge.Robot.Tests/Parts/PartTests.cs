using System.Text.Json;
using Akka.Actor;
using Concierge.Client;
using Concierge.Robot.Links;

namespace Concierge.Robot.Tests.Parts;

/// <summary>Commands to parts, what parts tell, and parts that fail.</summary>
public sealed class PartTests : RobotTest
{
    public PartTests()
        : base("robot.accelerometer.interval=100ms", "robot.barometer.interval=1s") => Join(Ann);

    [Fact]
    public async Task Newcomer_HearsTheLatestOfEverythingAtOnce()
    {
        await MeasuringAsync();
        Pass(100);
        var latest = 0;
        await BroadcastAsync("orientation_data", it => (latest = it.GetProperty("data").GetProperty("n").GetInt32()) > 0);

        Join(Bob);

        var heard = new Dictionary<string, JsonElement>();
        while (heard.Count < 4)
        {
            var message = await HeardAnyAsync();
            heard[message.GetProperty("type").GetString()!] = message.GetProperty("data");
        }

        heard.Keys.ShouldBe(["motor_state", "status", "orientation_data", "climate_data"], ignoreOrder: true);
        heard["orientation_data"].GetProperty("n").GetInt32().ShouldBeGreaterThanOrEqualTo(latest);
        heard["motor_state"].ToString().ShouldBe("""{"m1":{"dir":"CW","spd":0},"m2":{"dir":"CW","spd":0}}""");
        heard["status"].GetProperty("driver").ValueKind.ShouldBe(JsonValueKind.Null);
        heard["status"].GetProperty("link").GetProperty("connected").GetBoolean().ShouldBeTrue();

        async Task<JsonElement> HeardAnyAsync()
        {
            while (true)
            {
                if (await Link.ReceiveOneAsync(TimeSpan.FromSeconds(20)) is LinkActor.Direct direct && direct.Receiver == Bob.Uuid) return direct.Data.ToElement();
            }
        }
    }

    [Fact]
    public async Task MotorState_IsToldOnEveryChange()
    {
        Send(Ann, "com_motor", """{"m1":{"dir":"CCW","spd":30}}""");

        (await BroadcastAsync("motor_state", it => it.GetProperty("data").GetProperty("m1").GetProperty("spd").GetInt32() > 0)).GetProperty("data").ToString().ShouldBe("""{"m1":{"dir":"CCW","spd":30},"m2":{"dir":"CW","spd":0}}""");
    }

    [Fact]
    public async Task MotorThatIsNotNamed_IsNotRenewed()
    {
        Drive(Ann, 60);
        Pass(300);
        Send(Ann, "com_motor", """{"m1":{"dir":"CW","spd":60}}""", "m1");
        await ResultAsync(Ann, "m1");

        Pass(200);

        Hardware.M1.Movement.Speed.ShouldBe(60);
        Hardware.M2.Movement.IsNone.ShouldBeTrue();
    }

    [Fact]
    public async Task LedAndBuzzer_AreSwitched()
    {
        Send(Ann, "com_led", """{"state":true}""", "led");
        (await ResultAsync(Ann, "led")).ShouldBe((true, null));
        Send(Ann, "com_buzzer", """{"state":true}""", "buzzer");

        (await ResultAsync(Ann, "buzzer")).ShouldBe((true, null));
        Hardware.Switched.ShouldBe(["led high", "buzzer high"], ignoreOrder: true);
    }

    [Fact]
    public async Task WrongValue_ChangesNothing_AndIsAnswered_AlsoWithoutAnId()
    {
        Send(Ann, "com_motor", """{"m1":{"dir":"CW","spd":50},"m2":{"dir":"CW","spd":101}}""", "wrong");
        (await ResultAsync(Ann, "wrong")).Error!.ShouldContain("m2.spd");
        Send(Ann, "com_motor", """{"m7":{"dir":"CW","spd":50}}""");
        (await ResultAsync(Ann, null)).Error!.ShouldContain("m7");

        Hardware.M1.Movement.IsNone.ShouldBeTrue();
        Drive(Bob, 10, "free");
        (await ResultAsync(Bob, "free")).ShouldBe((true, null), "what is wrong takes no control");
    }

    [Fact]
    public async Task CommandWithoutId_ThatIsCarriedOut_GetsNoAnswer()
    {
        Send(Ann, "com_led", """{"state":true}""");
        Send(Ann, "com_led", """{"state":false}""", "second");

        while (true)
        {
            if (await Link.ReceiveOneAsync(TimeSpan.FromSeconds(20)) is not LinkActor.Direct direct) continue;
            var message = direct.Data.ToElement();
            if (message.GetProperty("type").GetString() != "command_result") continue;
            message.GetProperty("data").GetProperty("id").GetString().ShouldBe("second");
            break;
        }
    }

    [Fact]
    public async Task Motor_WhoseDriverThrows_IsRestarted_ReclaimedAndStopped_WhileTheOtherGoesOn()
    {
        Drive(Ann, 60, "first");
        await ResultAsync(Ann, "first");
        Hardware.M1.Done();
        Hardware.M1.Fail(1);

        Drive(Ann, 61, "second");

        (await ResultAsync(Ann, "second")).Error!.ShouldContain("the bridge is hot");
        var fault = await FaultAsync("m1", working: true);
        fault.GetProperty("error").GetString()!.ShouldContain("the bridge is hot");
        Hardware.M1.Done().ShouldBe(["failed", "stop", "released", "stop"]);
        Hardware.M2.Movement.Speed.ShouldBe(61);
        Drive(Ann, 62, "third");
        (await ResultAsync(Ann, "third")).ShouldBe((true, null));
    }

    [Fact]
    public async Task Motor_ThatCannotBeStoppedByTheWatchdog_IsRestarted()
    {
        Drive(Ann, 60, "first");
        await ResultAsync(Ann, "first");
        Hardware.M1.Fail(1);

        Pass(500);

        await FaultAsync("m1", working: true);
        Hardware.M1.Movement.IsNone.ShouldBeTrue();
    }

    [Fact]
    public async Task Sensor_ThatFails_IsSeenInStatus_AndComesBack_WhileTheOtherGoesOn()
    {
        await MeasuringAsync();
        Hardware.Barometer.IsFailing = true;
        Pass(1000);
        (await FaultAsync("barometer", working: false)).GetProperty("error").GetString()!.ShouldContain("silent");

        Hardware.Barometer.IsFailing = false;
        Pass(1000);

        (await FaultAsync("barometer", working: true)).GetProperty("count").GetInt32().ShouldBe(1);
    }

    /// <summary>Waits until both sensors have been taken and have measured: only then time may pass that they count.</summary>
    private async Task MeasuringAsync()
    {
        // A robot answers when it has its parts; each has its timer by the time that it has dealt with a message.
        await Robot.Ask<ActorIdentity>(new Identify("robot")).InTime();
        foreach (var part in new[] { "accelerometer", "barometer" })
            await Sys.ActorSelection($"/user/robot/{part}").Ask<ActorIdentity>(new Identify(part)).InTime();
        Pass(1000);
        await BroadcastAsync("climate_data");
    }

    private async Task<JsonElement> FaultAsync(string part, bool working)
    {
        JsonElement fault = default;
        await BroadcastAsync("status", status =>
        {
            fault = status.GetProperty("data").GetProperty("faults").EnumerateArray().FirstOrDefault(it => it.GetProperty("part").GetString() == part);
            return fault.ValueKind == JsonValueKind.Object && fault.GetProperty("working").GetBoolean() == working;
        });
        return fault;
    }
}
