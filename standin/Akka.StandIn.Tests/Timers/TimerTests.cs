using Akka.Actor;

namespace Akka.StandIn.Tests.Timers;

public sealed class TimerTests() : Contract(VirtualTime)
{
    [Fact]
    public void ASingleTimer_FiresOnce()
    {
        var actor = StartTimed(timers => timers.StartSingleTimer("key", "tick", TimeSpan.FromSeconds(5)));

        Advance(4);
        Reports.ExpectNoMsg(TimeSpan.Zero);
        Advance(1);
        Reports.ExpectMsg("tick");
        Advance(10);

        AwaitQuiet(actor);
        Reports.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void APeriodicTimer_FiresUntilCancelled()
    {
        var actor = StartTimed(timers => timers.StartPeriodicTimer("key", "tick", TimeSpan.FromSeconds(5)));

        Advance(5);
        Reports.ExpectMsg("tick");
        Advance(5);
        Reports.ExpectMsg("tick");
        Tell(actor, timers => timers.Cancel("key"));
        Advance(5);

        AwaitQuiet(actor);
        Reports.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void ATickThatIsInTheMailboxWhenItsTimerIsCancelled_IsNotDelivered()
    {
        var actor = StartTimed(timers => timers.StartPeriodicTimer("key", "tick", TimeSpan.FromSeconds(5)));
        using var gate = new ManualResetEventSlim();
        actor.Tell((Action<ITimerScheduler>)(timers =>
        {
            gate.Wait();
            timers.Cancel("key");
        }));

        Advance(5);
        gate.Set();

        AwaitQuiet(actor);
        Reports.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void StartingAKeyAgain_ReplacesItsTimer()
    {
        var actor = StartTimed(timers => timers.StartSingleTimer("key", "old", TimeSpan.FromSeconds(5)));

        Tell(actor, timers => timers.StartSingleTimer("key", "new", TimeSpan.FromSeconds(7)));
        Advance(10);

        Reports.ExpectMsg("new");
        AwaitQuiet(actor);
        Reports.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Restart_CancelsTheTimers()
    {
        var actor = StartTimed(timers => timers.StartPeriodicTimer("key", "tick", TimeSpan.FromSeconds(5)));

        Fail(actor);
        AwaitQuiet(actor);
        Advance(5);

        AwaitQuiet(actor);
        Reports.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void IsTimerActive_KnowsWhatIsPending()
    {
        var active = new List<bool>();
        var actor = StartTimed(timers =>
        {
            active.Add(timers.IsTimerActive("key"));
            timers.StartSingleTimer("key", "tick", TimeSpan.FromSeconds(5));
            active.Add(timers.IsTimerActive("key"));
        });

        Advance(5);
        Reports.ExpectMsg("tick");
        Tell(actor, timers => active.Add(timers.IsTimerActive("key")));

        active.ShouldBe([false, true, false]);
    }

    [Fact]
    public void Stop_CancelsTheTimers()
    {
        var actor = StartTimed(timers => timers.StartPeriodicTimer("key", "tick", TimeSpan.FromSeconds(5)));
        Sys.EventStream.Subscribe(TestActor, typeof(Event.AllDeadLetters));
        Watch(actor);

        Sys.Stop(actor);
        ExpectTerminated(actor);
        Advance(5);

        ExpectNoMsg(TimeSpan.Zero);
    }

    private IActorRef StartTimed(Action<ITimerScheduler> start)
    {
        var actor = Sys.ActorOf(Props.Create(() => new Timed(Reports)));
        Tell(actor, start);
        return actor;
    }

    private void Tell(IActorRef actor, Action<ITimerScheduler> action)
    {
        actor.Tell(action);
        AwaitQuiet(actor);
    }

    private sealed class Timed : ReceiveActor, IWithTimers
    {
        public Timed(IActorRef reports)
        {
            Receive<Action<ITimerScheduler>>(action => action(Timers));
            Receive((Action<Exception>)(failure => throw failure));
            ReceiveAny(message => reports.Tell(message));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }
}
