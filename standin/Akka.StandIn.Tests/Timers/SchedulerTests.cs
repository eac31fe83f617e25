using Akka.Actor;

namespace Akka.StandIn.Tests.Timers;

/// <summary>The default scheduler, in real time.</summary>
public sealed class SchedulerTests : Contract
{
    [Fact]
    public void Timers_FireInTheOrderOfTheirTimes()
    {
        foreach (var delay in new[] { 120, 40, 80 })
            Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(delay), TestActor, delay, ActorRefs.NoSender);

        ReceiveN(3).ShouldBe([40, 80, 120]);
    }

    [Fact]
    public void ATimer_NeverFiresEarly()
    {
        var start = Sys.Scheduler.MonotonicClock;

        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(60), TestActor, "tick", ActorRefs.NoSender);
        ExpectMsg("tick");

        (Sys.Scheduler.MonotonicClock - start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(55));
    }

    [Fact]
    public void ARepeatedTell_GoesOnUntilCancelled()
    {
        var ticks = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(TimeSpan.Zero, TimeSpan.FromMilliseconds(10), TestActor, "tick", Reports);

        ReceiveN(3);
        LastSender.ShouldBe(Reports.Ref);
        ticks.Cancel();

        ticks.IsCancellationRequested.ShouldBeTrue();
        AwaitAssert(() => ExpectNoMsg(TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public void ACancelledTell_IsNotSent()
    {
        Sys.Scheduler.ScheduleTellOnceCancelable(TimeSpan.FromMilliseconds(20), TestActor, "cancelled", ActorRefs.NoSender).Cancel();
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(40), TestActor, "kept", ActorRefs.NoSender);

        ExpectMsg("kept");
    }

    [Fact]
    public void ManyTimers_AllFire()
    {
        for (var i = 0; i < 10_000; i++)
            Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(i % 700), TestActor, i, ActorRefs.NoSender);

        ReceiveN(10_000, TimeSpan.FromSeconds(20)).Distinct().Count().ShouldBe(10_000);
    }

    [Fact]
    public void AnAction_RunsWhenDue_AndOneThatThrowsHarmsNoOther()
    {
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() =>
        {
            Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(10), () => throw Failure);
            Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(30), () => Reports.Ref.Tell("ran", ActorRefs.NoSender));
        });

        Reports.ExpectMsg("ran");
    }

    [Fact]
    public void TimesThatMakeNoSense_AreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(-1), TestActor, "tick", null));
        Should.Throw<ArgumentOutOfRangeException>(() =>
            Sys.Scheduler.ScheduleTellRepeatedly(TimeSpan.Zero, TimeSpan.Zero, TestActor, "tick", null));
    }
}
