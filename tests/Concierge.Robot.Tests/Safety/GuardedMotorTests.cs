using Concierge.Client;
using Concierge.Robot.Motors;
using Concierge.Robot.Safety;

namespace Concierge.Robot.Tests.Safety;

public sealed class GuardedMotorTests : IDisposable
{
    private static readonly Movement Forward = new(MotorDirection.Clockwise, 60);
    private static readonly TimeSpan Watchdog = TimeSpan.FromMilliseconds(500);

    private readonly ManualTime _time = new();
    private readonly Interlock _interlock = new();
    private readonly FakeMotor _driver = new();
    private readonly GuardedMotor _motor;

    public GuardedMotorTests()
    {
        _motor = new GuardedMotor("m1", _interlock, Watchdog, _time, (_, ring) => new ClockAlarm(_time, ring));
        _motor.Claim(() => _driver);
        _interlock.Clear(StopReasons.LinkLost);
        _driver.Done().ShouldBe(["stop"], "whatever it did before, it is stopped first");
    }

    public void Dispose() => _motor.Dispose();

    [Fact]
    public void Motor_StopsByItself_WhenNoCommandFollows()
    {
        Drive(Forward).ShouldBeNull();

        Pass(499);
        _driver.Done().ShouldBe(["Clockwise 60"]);
        Pass(1);
        _driver.Done().ShouldBe(["stop"]);
    }

    [Fact]
    public void Motor_GoesOn_WhileCommandsFollow()
    {
        for (var i = 0; i < 10; i++)
        {
            Drive(Forward).ShouldBeNull();
            Pass(400);
        }

        _driver.Done().ShouldNotContain("stop");
        Pass(100);
        _driver.Done().ShouldBe(["stop"]);
    }

    [Fact]
    public void Watchdog_CountsFromWhenTheCommandCameIn_NotFromWhenItWasDealtWith()
    {
        var receivedAt = _time.GetTimestamp();
        Pass(300);

        _motor.Drive(Forward, receivedAt).ShouldBeNull();

        Pass(200);
        _driver.Done().ShouldBe(["Clockwise 60", "stop"]);
    }

    [Fact]
    public void Command_ThatHadWaitedForAsLongAsTheWatchdog_IsRefused()
    {
        var receivedAt = _time.GetTimestamp();
        Pass(500);

        _motor.Drive(Forward, receivedAt)!.ShouldContain("too late");

        _driver.Done().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(StopReasons.EmergencyStop, "com_stop")]
    [InlineData(StopReasons.LinkLost, "link")]
    [InlineData(StopReasons.Ending, "shutting down")]
    internal void Interlock_StopsAtOnce_AndRefusesUntilItIsCleared(StopReasons reason, string why)
    {
        Drive(Forward);
        _driver.Done();

        _interlock.Trip(reason);

        _driver.Done().ShouldBe(["stop"]);
        Drive(Forward)!.ShouldContain(why);
        _driver.Done().ShouldBeEmpty();
        _interlock.Clear(reason);
        (Drive(Forward) is null).ShouldBe(reason != StopReasons.Ending, "what is ending has ended");
    }

    [Fact]
    public void Interlock_ThatWasTrippedForTwoReasons_NeedsBothCleared()
    {
        _interlock.Trip(StopReasons.EmergencyStop);
        _interlock.Trip(StopReasons.LinkLost);

        _interlock.Clear(StopReasons.LinkLost);

        Drive(Forward)!.ShouldContain("com_stop");
    }

    [Fact]
    public void Clearing_MovesNothing()
    {
        Drive(Forward);
        _interlock.Trip(StopReasons.EmergencyStop);
        _driver.Done();

        _interlock.Clear(StopReasons.EmergencyStop);
        Pass(100);

        _driver.Done().ShouldBeEmpty();
    }

    [Fact]
    public void Speed0_IsTakenWhileStopped()
    {
        _interlock.Trip(StopReasons.EmergencyStop);

        Drive(Movement.None).ShouldBeNull();
    }

    [Fact]
    public void Release_StopsBeforeItGivesTheLinesBack()
    {
        Drive(Forward);
        _driver.Done();

        _motor.Release();

        _driver.Done().ShouldBe(["stop", "released"]);
        Drive(Forward)!.ShouldContain("out of order");
    }

    [Fact]
    public void Release_OfAMotorThatCannotBeStopped_CutsItsPowerNevertheless()
    {
        Drive(Forward);
        _driver.Done();
        _driver.Fail(1);

        _motor.Release();

        _driver.Done().ShouldBe(["failed", "released"]);
    }

    [Fact]
    public void Stop_ThatFails_IsToldAndTriedAgainUntilItSucceeds()
    {
        var faults = new List<Exception>();
        _motor.Failed = faults.Add;
        Drive(Forward);
        _driver.Done();
        _driver.Fail(3);

        Pass(500);
        for (var i = 0; i < 5; i++) Pass(50);

        _driver.Done().ShouldBe(["failed", "failed", "failed", "stop"]);
        faults.Count.ShouldBe(3);
    }

    [Fact]
    public void Command_ThatFails_LeavesAMotorThatIsStoppedSoon()
    {
        _driver.Fail(1);

        Should.Throw<IOException>(() => Drive(Forward));
        Pass(50);

        _driver.Done().ShouldBe(["failed", "stop"]);
    }

    [Fact]
    public void Changes_AreToldOnceEach()
    {
        var told = new List<Movement>();
        _motor.Changed = told.Add;

        Drive(Forward);
        Pass(100);
        Drive(Forward);
        Pass(500);
        Drive(Movement.None);

        told.ShouldBe([Forward, Movement.None]);
    }

    [Fact]
    public async Task Driver_ThatHangs_DoesNotKeepTheOthersFromBeingStopped()
    {
        var other = new FakeMotor();
        using var second = new GuardedMotor("m2", _interlock, Watchdog, _time, (_, ring) => new ClockAlarm(_time, ring));
        second.Claim(() => other);
        Drive(Forward);
        second.Drive(Forward, _time.GetTimestamp());
        (_driver.Done(), other.Done()).ShouldNotBe(default);
        Task hanging;
        lock (_driver.Bus)
        {
            using var entered = new ManualResetEventSlim();
            hanging = Task.Run(() =>
            {
                entered.Set();
                Drive(Forward with { Speed = 61 });
            });
            entered.Wait();
            // It holds the motor's gate as soon as it waits for the bus; before that, the stop below is simply first.
            _interlock.Trip(StopReasons.EmergencyStop);
            other.Done().ShouldContain("stop");
        }

        await hanging.InTime();
        Pass(0);
        _driver.Movement.IsNone.ShouldBeTrue("the alarm stops it as soon as the driver is back");
    }

    private string? Drive(Movement movement) => _motor.Drive(movement, _time.GetTimestamp());

    private void Pass(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
