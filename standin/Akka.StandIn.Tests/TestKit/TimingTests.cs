using Akka.Actor;
using Akka.TestKit;
using Xunit.Sdk;

namespace Akka.StandIn.Tests.Kit;

public class TimingTests() : Akka.TestKit.Xunit2.TestKit("akka.test { single-expect-default = 50ms, timefactor = 2.0, filter-leeway = 50ms }")
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Settings_ComeFromTheConfiguration_OverTheKitsDefaults()
    {
        TestKitSettings.SingleExpectDefault.ShouldBe(Short);
        TestKitSettings.DefaultTimeout.ShouldBe(TimeSpan.FromSeconds(5));
        Dilated(Short).ShouldBe(2 * Short);
        RemainingOrDefault.ShouldBe(2 * Short);
        RemainingOrDilated(Minute).ShouldBe(2 * Minute);
        Should.Throw<XunitException>(() => ExpectMsg<int>()).Message.ShouldContain("Timeout");
    }

    [Fact]
    public void Within_BoundsWhatIsExpectedInside()
    {
        Within(Minute, () =>
        {
            Remaining.ShouldBeGreaterThan(Minute);
            RemainingOrDefault.ShouldBeGreaterThan(Minute);
            Within(Short, () => Remaining.ShouldBeLessThanOrEqualTo(2 * Short));
        });

        Should.Throw<XunitException>(() => Within(Short, () => ExpectMsg<int>()));
        Should.Throw<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public async Task Within_ReturnsWhatItsBlockDoes_AndPassesItsFailuresOn()
    {
        Within(Minute, () => 5).ShouldBe(5);
        (await WithinAsync(Minute, () => Task.FromResult(5))).ShouldBe(5);
        Should.Throw<InvalidOperationException>(() => Within(Minute, () => throw new InvalidOperationException()));
    }

    [Fact]
    public async Task Within_FailsWhatIsTooFastOrTooSlow()
    {
        var forever = new TaskCompletionSource();

        Should.Throw<XunitException>(() => Within(Minute, 2 * Minute, () => { })).Message.ShouldContain("should have at least been");
        await Should.ThrowAsync<XunitException>(() => WithinAsync(Short, () => forever.Task));
    }

    [Fact]
    public async Task AwaitAssert_TriesUntilItHolds_OrFailsAsItDoes()
    {
        var attempts = 0;
        AwaitAssert(() => (++attempts).ShouldBe(3), Minute, TimeSpan.FromMilliseconds(1));
        attempts.ShouldBe(3);
        await AwaitAssertAsync(() =>
        {
            (++attempts).ShouldBe(5);
            return Task.CompletedTask;
        }, Minute, TimeSpan.FromMilliseconds(1));
        attempts.ShouldBe(5);

        Should.Throw<ShouldAssertException>(() => AwaitAssert(() => attempts.ShouldBe(6), Short));
    }

    [Fact]
    public async Task AwaitCondition_TriesUntilItHolds_OrFails()
    {
        var attempts = 0;
        AwaitCondition(() => ++attempts == 3, Minute, TimeSpan.FromMilliseconds(1));
        attempts.ShouldBe(3);
        await AwaitConditionAsync(() => Task.FromResult(++attempts == 4));
        attempts.ShouldBe(4);

        Should.Throw<XunitException>(() => AwaitCondition(() => false, Short, "it never holds")).Message.ShouldContain("it never holds");
        AwaitConditionNoThrow(() => false, Short).ShouldBeFalse();
        AwaitConditionNoThrow(() => true, Short).ShouldBeTrue();
    }
}

public class TestSchedulerTests() : Akka.TestKit.Xunit2.TestKit(Akka.TestKit.Configs.TestConfigs.TestSchedulerConfig)
{
    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void TimePassesOnlyWhenTheTestSaysSo()
    {
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromHours(2), TestActor, "second", ActorRefs.NoSender);
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromHours(1), TestActor, "first", ActorRefs.NoSender);
        Scheduler.Advance(TimeSpan.FromMinutes(59));
        HasMessages.ShouldBeFalse();

        Scheduler.AdvanceTo(Scheduler.Now + TimeSpan.FromHours(2));

        ExpectMsg("first");
        ExpectMsg("second");
        Should.Throw<InvalidOperationException>(() => Scheduler.AdvanceTo(Scheduler.Now - TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void AnInterval_GoesOnUntilCancelled()
    {
        var cancelable = new Cancelable(Sys.Scheduler);
        Sys.Scheduler.ScheduleTellRepeatedly(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TestActor, "tick", ActorRefs.NoSender, cancelable);

        Scheduler.Advance(TimeSpan.FromMinutes(1));
        ExpectMsg("tick");
        Scheduler.Advance(TimeSpan.FromMinutes(1));
        HasMessages.ShouldBeFalse();
        Scheduler.Advance(TimeSpan.FromMinutes(1));
        ExpectMsg("tick");
        cancelable.Cancel();
        Scheduler.Advance(TimeSpan.FromHours(1));
        HasMessages.ShouldBeFalse();
    }

    [Fact]
    public void ActorsTimers_RunOnIt()
    {
        Sys.ActorOf(Props.Create(() => new Reminder(TestActor)), "reminder").Tell("set");
        ExpectMsg("set");

        Scheduler.Advance(TimeSpan.FromDays(1));

        ExpectMsg("remember");
    }

    private sealed class Reminder : ReceiveActor, IWithTimers
    {
        public Reminder(IActorRef listener) => ReceiveAny(message =>
        {
            if (message is "set")
                Timers.StartSingleTimer("reminder", "remember", TimeSpan.FromDays(1));
            listener.Tell(message);
        });

        public ITimerScheduler Timers { get; set; } = null!;
    }
}
