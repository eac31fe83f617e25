namespace Akka.Actor;

public interface IWithTimers
{
    ITimerScheduler Timers { get; set; }
}

public interface ITimerScheduler
{
    IReadOnlyCollection<object> ActiveTimers { get; }
    void StartPeriodicTimer(object key, object msg, TimeSpan interval);
    void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender);
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender);
    void StartSingleTimer(object key, object msg, TimeSpan timeout);
    void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender);
    bool IsTimerActive(object key);
    void Cancel(object key);
    void CancelAll();
}

/// <summary>
/// One actor instance's timers. A tick that was in the mailbox when its timer was cancelled or started again isn't delivered: it is no longer the one known by its key.
/// </summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private Tick _active; // The latest of a linked list: actors have few timers, and there are many actors.

    public IReadOnlyCollection<object> ActiveTimers
    {
        get
        {
            var keys = new List<object>();
            for (var tick = _active; tick is not null; tick = tick.Older)
                keys.Add(tick.Key);
            return keys;
        }
    }

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => StartPeriodicTimer(key, msg, interval, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) => StartPeriodicTimer(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        StartPeriodicTimer(key, msg, initialDelay, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender)
    {
        var tick = Replace(key, msg, isPeriodic: true);
        tick.Timer = cell.System.Scheduler.ScheduleTellRepeatedlyCancelable(initialDelay, interval, cell.Self, tick, sender);
    }

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => StartSingleTimer(key, msg, timeout, ActorRefs.NoSender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender)
    {
        var tick = Replace(key, msg, isPeriodic: false);
        tick.Timer = cell.System.Scheduler.ScheduleTellOnceCancelable(timeout, cell.Self, tick, sender);
    }

    public bool IsTimerActive(object key) => Link(key) is not null;

    public void Cancel(object key)
    {
        ref var link = ref Link(key);
        if (link is not { } tick)
            return;
        link = tick.Older;
        tick.Timer.CancelIfNotNull();
    }

    public void CancelAll()
    {
        for (var tick = _active; tick is not null; tick = tick.Older)
            tick.Timer.CancelIfNotNull();
        _active = null;
    }

    /// <summary>The link that holds the key's timer, or the last one, which holds none.</summary>
    private ref Tick Link(object key)
    {
        ref var link = ref _active;
        while (link is not null && !link.Key.Equals(key))
            link = ref link.Older;
        return ref link;
    }

    private Tick Replace(object key, object message, bool isPeriodic)
    {
        Cancel(key);
        var tick = message is INotInfluenceReceiveTimeout ? new QuietTick(this, key, message, isPeriodic) : new Tick(this, key, message, isPeriodic);
        tick.Older = _active;
        return _active = tick;
    }

    /// <summary>What the scheduler tells the actor in the message's place.</summary>
    internal class Tick(TimerScheduler owner, object key, object message, bool isPeriodic) : IAutoReceivedMessage, INoSerializationVerificationNeeded
    {
        internal Tick Older;

        internal object Key => key;

        internal ICancelable Timer { get; set; }

        /// <summary>False for a stale tick: of a timer that is gone, or of the instance before a restart.</summary>
        internal bool TryTake(ActorBase actor, out object taken)
        {
            taken = message;
            if (actor is not IWithTimers { Timers: TimerScheduler timers } || timers != owner)
                return false;
            ref var link = ref owner.Link(key);
            if (link != this)
                return false;
            if (!isPeriodic)
                link = Older;
            return true;
        }

        public override string ToString() => $"TimerMsg(key={key}, message={message})";
    }

    private sealed class QuietTick(TimerScheduler owner, object key, object message, bool isPeriodic)
        : Tick(owner, key, message, isPeriodic), INotInfluenceReceiveTimeout;
}
