using Concierge.Robot.Safety;

namespace Concierge.Robot.Tests.Safety;

/// <summary>An alarm on the test's clock: it rings on the thread that moves the clock.</summary>
internal sealed class ClockAlarm(TimeProvider time, Action ring) : IAlarm
{
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long? _due;

    public void Set(TimeSpan after)
    {
        lock (_gate)
        {
            var due = time.GetTimestamp() + (long)(after.TotalSeconds * time.TimestampFrequency);
            if (_due <= due) return;
            _timer?.Dispose();
            _due = due;
            _timer = time.CreateTimer(_ => Ring(), null, after, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate) _timer?.Dispose();
    }

    private void Ring()
    {
        lock (_gate) _due = null;
        ring();
    }
}
