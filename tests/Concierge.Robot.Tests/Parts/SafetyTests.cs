using System.Text.Json;
using Akka.Actor;
using Concierge.Robot.Links;
using Concierge.Robot.Safety;

namespace Concierge.Robot.Tests.Parts;

/// <summary>The promises of safety, as the whole robot keeps them.</summary>
public sealed class SafetyTests : RobotTest
{
    public SafetyTests()
    {
        Join(Ann);
        Join(Bob);
    }

    [Fact]
    public async Task Motors_StopWhenCommandsCease()
    {
        await DriveAsync();

        Pass(500);

        // Each has a watchdog of its own: which is the first nobody knows.
        await BroadcastAsync("motor_state", it => new[] { "m1", "m2" }.All(motor => it.GetProperty("data").GetProperty(motor).GetProperty("spd").GetInt32() == 0));
        (Hardware.M1.Movement.IsNone, Hardware.M2.Movement.IsNone).ShouldBe((true, true));
    }

    [Fact]
    public async Task Motors_StopWhenTheLinkIsLost_AndControlIsFree()
    {
        await DriveAsync();

        Interlock.Trip(StopReasons.LinkLost);
        (Hardware.M1.Movement.IsNone, Hardware.M2.Movement.IsNone).ShouldBe((true, true), "without waiting for any actor");
        Robot.Tell(new LinkActor.Down("cut"), ActorRefs.NoSender);
        Join(Bob);
        Drive(Bob, 10, "early");

        var (ok, error) = await ResultAsync(Bob, "early");
        ok.ShouldBeFalse("the link is not back");
        error!.ShouldContain("link");
        Interlock.Clear(StopReasons.LinkLost);
        Drive(Bob, 10, "later");
        (await ResultAsync(Bob, "later")).ShouldBe((true, null));
    }

    [Fact]
    public async Task Stop_IsAnybodys_IsLatched_AndIsClearedByWhoMayDrive()
    {
        await DriveAsync();

        Send(Bob, "com_stop", """{"state":true}""", "stop");
        (await ResultAsync(Bob, "stop")).ShouldBe((true, null));
        Hardware.M1.Movement.IsNone.ShouldBeTrue();
        Drive(Ann, 60, "again");
        (await ResultAsync(Ann, "again")).Error!.ShouldContain("com_stop");
        Send(Bob, "com_stop", """{"state":false}""", "bob clears");
        (await ResultAsync(Bob, "bob clears")).Error!.ShouldContain("ann", Case.Sensitive, "ann has control");
        Send(Ann, "com_stop", """{"state":false}""", "ann clears");
        (await ResultAsync(Ann, "ann clears")).ShouldBe((true, null));
        Hardware.M1.Movement.IsNone.ShouldBeTrue("clearing moves nothing");
        Drive(Ann, 60, "now");
        (await ResultAsync(Ann, "now")).ShouldBe((true, null));
    }

    [Fact]
    public async Task Stop_IsSeenInStatus()
    {
        Send(Bob, "com_stop", """{"state":true}""");
        await BroadcastAsync("status", it => it.GetProperty("data").GetProperty("stopped").GetBoolean());

        Send(Bob, "com_stop", """{"state":false}""");
        await BroadcastAsync("status", it => !it.GetProperty("data").GetProperty("stopped").GetBoolean());
    }

    [Fact]
    public async Task OthersCommands_AreRefusedWithWhoHasControl_AndChangeNothing()
    {
        await DriveAsync();

        Drive(Bob, 99, "bob's");
        Send(Bob, "com_led", """{"state":true}""", "bob's led");

        (await ResultAsync(Bob, "bob's")).Error.ShouldBe($"Ann (ann, {Ann.Uuid}) has control");
        (await ResultAsync(Bob, "bob's led")).Ok.ShouldBeFalse();
        Hardware.M1.Movement.Speed.ShouldBe(60);
        Hardware.Switched.ShouldBeEmpty();
    }

    [Fact]
    public async Task Control_LapsesAfter2SecondsWithoutCommands_AndStatusSaysSo()
    {
        await DriveAsync();

        Pass(1999);
        Drive(Bob, 10, "early");
        (await ResultAsync(Bob, "early")).Ok.ShouldBeFalse();
        Pass(1);

        await BroadcastAsync("status", it => it.GetProperty("data").GetProperty("driver").ValueKind == JsonValueKind.Null);
        Drive(Bob, 10, "later");
        (await ResultAsync(Bob, "later")).ShouldBe((true, null));
    }

    [Fact]
    public async Task WhoLeaves_LosesControl_AndTheRobotStandsAtOnce()
    {
        await DriveAsync();

        Leave(Ann);

        await BroadcastAsync("status", it => it.GetProperty("data").GetProperty("driver").ValueKind == JsonValueKind.Null);
        (Hardware.M1.Movement.IsNone, Hardware.M2.Movement.IsNone).ShouldBe((true, true));
        Drive(Bob, 10, "mine");
        (await ResultAsync(Bob, "mine")).ShouldBe((true, null));
    }

    [Fact]
    public async Task Robot_ThatEnds_StopsItsMotorsBeforeItReleasesTheirLines()
    {
        await DriveAsync();
        Hardware.M1.Done();

        await Robot.GracefulStop(TimeSpan.FromSeconds(20));

        Hardware.M1.Done().ShouldBe(["stop", "released"]);
    }

    [Fact]
    public async Task Robot_WhoseRootActorFailsForGood_StopsItsMotors_AndEnds()
    {
        await DriveAsync();
        Hardware.M1.Done();

        Robot.Tell(Kill.Instance, ActorRefs.NoSender);

        (await Hardware.M1.NextAsync()).ShouldBe("stop");
        (await Hardware.M1.NextAsync()).ShouldBe("released");
        await Ended.InTime();
    }

    private async Task DriveAsync()
    {
        Drive(Ann, 60, "drive");
        (await ResultAsync(Ann, "drive")).ShouldBe((true, null));
        (Hardware.M1.Movement.Speed, Hardware.M2.Movement.Speed).ShouldBe((60, 60));
    }
}
