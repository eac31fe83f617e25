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
    private Dictionary<object, Tick> _active;

    public IReadOnlyCollection<object> ActiveTimers => _active is null ? [] : _active.Keys;

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

    public bool IsTimerActive(object key) => _active?.ContainsKey(key) == true;

    public void Cancel(object key)
    {
        if (_active is not null && _active.Remove(key, out var tick))
            tick.Timer.Cancel();
    }

    public void CancelAll()
    {
        if (_active is null)
            return;
        foreach (var tick in _active.Values)
            tick.Timer.CancelIfNotNull();
        _active.Clear();
    }

    private Tick Replace(object key, object message, bool isPeriodic)
    {
        Cancel(key);
        var tick = message is INotInfluenceReceiveTimeout ? new QuietTick(this, key, message, isPeriodic) : new Tick(this, key, message, isPeriodic);
        return (_active ??= [])[key] = tick;
    }

    /// <summary>What the scheduler tells the actor in the message's place.</summary>
    internal class Tick(TimerScheduler owner, object key, object message, bool isPeriodic) : IAutoReceivedMessage, INoSerializationVerificationNeeded
    {
        internal ICancelable Timer { get; set; }

        /// <summary>False for a stale tick: of a timer that is gone, or of the instance before a restart.</summary>
        internal bool TryTake(ActorBase actor, out object taken)
        {
            taken = message;
            if (actor is not IWithTimers { Timers: TimerScheduler timers } || timers != owner
                || owner._active is null || !owner._active.TryGetValue(key, out var current) || current != this)
            {
                return false;
            }
            if (!isPeriodic)
                owner._active.Remove(key);
            return true;
        }

        public override string ToString() => $"TimerMsg(key={key}, message={message})";
    }

    private sealed class QuietTick(TimerScheduler owner, object key, object message, bool isPeriodic)
        : Tick(owner, key, message, isPeriodic), INotInfluenceReceiveTimeout;
}
