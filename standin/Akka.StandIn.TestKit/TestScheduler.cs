using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// A scheduler whose clock the test sets. What has become due is done on the test's thread, in the order of its time. An interval is
/// done once per advance, however many of it have passed, and starts anew from there.
/// </summary>
public class TestScheduler : IScheduler, IAdvancedScheduler
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private DateTimeOffset _now = DateTimeOffset.UtcNow;

    public TestScheduler(Config schedulerConfig, ILoggingAdapter log)
    {
        _ = schedulerConfig;
        _ = log;
    }

    public DateTimeOffset Now => _now;

    public TimeSpan MonotonicClock => TestKitBase.Now;

    public TimeSpan HighResMonotonicClock => TestKitBase.Now;

    public IAdvancedScheduler Advanced => this;

    public void Advance(TimeSpan offset)
    {
        Entry[] due;
        lock (_lock)
        {
            _now += offset;
            due = [.. _entries.Where(entry => entry.Due <= _now).OrderBy(entry => entry.Due)];
            _entries.RemoveAll(entry => entry.Due <= _now);
        }

        foreach (var entry in due.Where(entry => !entry.IsCancelled))
            entry.Action();
        foreach (var entry in due.Where(entry => entry.Interval is not null && !entry.IsCancelled))
            Add(entry.Interval.Value, entry.Interval, entry.Action, entry.Cancelable);
    }

    /// <exception cref="InvalidOperationException"><paramref name="when"/> is past.</exception>
    public void AdvanceTo(DateTimeOffset when)
    {
        if (when < _now)
            throw new InvalidOperationException($"It is {_now:O}; the clock can't be set back to {when:O}.");
        Advance(when - _now);
    }

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(delay, null, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Add(delay, null, action, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Add(initialDelay, interval, action, cancelable);

    private void Add(TimeSpan delay, TimeSpan? interval, Action action, ICancelable cancelable)
    {
        lock (_lock)
            _entries.Add(new Entry(_now + delay, interval, action, cancelable));
    }

    private sealed record Entry(DateTimeOffset Due, TimeSpan? Interval, Action Action, ICancelable Cancelable)
    {
        public bool IsCancelled => Cancelable is { IsCancellationRequested: true };
    }
}
