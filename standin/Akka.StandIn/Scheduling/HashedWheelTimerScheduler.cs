using System.Diagnostics;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The default scheduler: a wheel of slots, one a tick, each with a linked list of the timers that are due when the tick's hand passes. Scheduling and cancelling
/// cost the same with one timer as with a hundred thousand; one thread, which sleeps until the next slot that isn't empty, fires them in the order of their ticks.
/// </summary>
public sealed class HashedWheelTimerScheduler : IScheduler, IAdvancedScheduler, IDisposable
{
    private readonly Lock _lock = new();
    private readonly AutoResetEvent _woken = new(initialState: false);
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TimeSpan _tickDuration;
    private readonly TimerEntry[] _slots;
    private readonly ILoggingAdapter _log;
    private Thread _thread;
    private long _handled; // All timers due up to this tick have fired.
    private long _sleepsUntil;
    private volatile bool _stopped;

    public HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log)
    {
        _log = log;
        _tickDuration = scheduler.GetTimeSpan("akka.scheduler.tick-duration", TimeSpan.FromMilliseconds(10));
        _slots = new TimerEntry[scheduler.GetInt("akka.scheduler.ticks-per-wheel", 512)];
    }

    public DateTimeOffset Now => DateTimeOffset.UtcNow;
    public TimeSpan MonotonicClock => Stopwatch.GetElapsedTime(_started);
    public TimeSpan HighResMonotonicClock => MonotonicClock;
    public IAdvancedScheduler Advanced => this;

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(delay, TimeSpan.Zero, new TimerEntry(this, null, receiver, message, sender, cancelable), cancelable);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(initialDelay, Valid(interval), new TimerEntry(this, null, receiver, message, sender, cancelable), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Add(delay, TimeSpan.Zero, new TimerEntry(this, action, null, null, null, cancelable), cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Add(initialDelay, Valid(interval), new TimerEntry(this, action, null, null, null, cancelable), cancelable);

    public void Dispose()
    {
        _stopped = true;
        _woken.Set();
    }

    internal void Remove(TimerEntry entry)
    {
        lock (_lock)
            Unlink(entry);
    }

    private static TimeSpan Valid(TimeSpan interval) => interval > TimeSpan.Zero
        ? interval
        : throw new ArgumentOutOfRangeException(nameof(interval), $"Interval must be >0. It was {interval}");

    private void Add(TimeSpan delay, TimeSpan interval, TimerEntry entry, ICancelable cancelable)
    {
        if (delay < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(delay), $"Delay must be >=0. It was {delay}");
        if (_stopped)
            throw new SchedulerException("cannot enqueue after timer shutdown");
        bool isNext;
        lock (_lock)
        {
            entry.Period = interval == TimeSpan.Zero ? 0 : Math.Max(1, Ticks(interval));
            Link(entry, Ticks(MonotonicClock + delay));
            if (cancelable is Cancelable { Entry: null } own)
                own.Entry = entry;
            isNext = _thread is null || entry.Due < _sleepsUntil;
            if (_thread is null)
            {
                _thread = new Thread(Turn) { IsBackground = true, Name = "akka-scheduler" };
                _thread.Start();
            }
        }
        if (isNext)
            _woken.Set();
        if (entry.IsCancelled)
            entry.Remove();
    }

    /// <summary>Rounded up: never early.</summary>
    private long Ticks(TimeSpan time) => (time.Ticks + _tickDuration.Ticks - 1) / _tickDuration.Ticks;

    private void Turn()
    {
        var due = new List<TimerEntry>();
        while (!_stopped)
        {
            TimeSpan sleep;
            lock (_lock)
            {
                var now = MonotonicClock.Ticks / _tickDuration.Ticks;
                CollectDue(now, due);
                _sleepsUntil = NextOccupied();
                sleep = _sleepsUntil == long.MaxValue ? Timeout.InfiniteTimeSpan : (_tickDuration * _sleepsUntil) - MonotonicClock;
            }
            foreach (var entry in due)
                Fire(entry);
            var wasIdle = due.Count == 0;
            due.Clear();
            if (wasIdle && (sleep > TimeSpan.Zero || sleep == Timeout.InfiniteTimeSpan))
                _woken.WaitOne(sleep == Timeout.InfiniteTimeSpan ? -1 : (int)Math.Ceiling(sleep.TotalMilliseconds));
        }
    }

    private void CollectDue(long now, List<TimerEntry> due)
    {
        // After a long sleep one turn visits every slot; going round more often would find nothing new.
        for (_handled = Math.Max(_handled, now - _slots.Length); _handled < now; _handled++)
        {
            var last = Slot(_handled + 1)?.Previous;
            for (var entry = last?.Next; entry is not null;)
            {
                var next = ReferenceEquals(entry, last) ? null : entry.Next;
                if (entry.Due <= now)
                    TakeDue(entry, now, due);
                entry = next;
            }
        }
    }

    private void TakeDue(TimerEntry entry, long now, List<TimerEntry> due)
    {
        Unlink(entry);
        due.Add(entry);
        if (entry.Period > 0)
            Link(entry, Math.Max(entry.Due + entry.Period, now + 1));
    }

    /// <summary>The next tick with anything in its slot, maybe of a later round.</summary>
    private long NextOccupied()
    {
        for (var tick = _handled + 1; tick <= _handled + _slots.Length; tick++)
        {
            if (Slot(tick) is not null)
                return tick;
        }
        return long.MaxValue;
    }

    private ref TimerEntry Slot(long tick) => ref _slots[tick % _slots.Length];

    private void Link(TimerEntry entry, long due)
    {
        entry.Due = Math.Max(due, _handled + 1);
        ref var slot = ref Slot(entry.Due);
        slot ??= entry.Next = entry.Previous = entry;
        if (ReferenceEquals(slot, entry))
            return;
        (entry.Previous, entry.Next) = (slot.Previous, slot);
        slot.Previous.Next = entry;
        slot.Previous = entry;
    }

    private void Unlink(TimerEntry entry)
    {
        if (entry.Next is null)
            return; // Has fired, or was removed.
        ref var slot = ref Slot(entry.Due);
        if (ReferenceEquals(slot, entry))
            slot = ReferenceEquals(entry.Next, entry) ? null : entry.Next;
        entry.Previous.Next = entry.Next;
        entry.Next.Previous = entry.Previous;
        entry.Next = entry.Previous = null;
    }

    private void Fire(TimerEntry entry)
    {
        try
        {
            entry.Fire();
        }
        catch (Exception e)
        {
            _log.Error(e, "Error while executing scheduled task: {0}", e.Message);
        }
    }
}
