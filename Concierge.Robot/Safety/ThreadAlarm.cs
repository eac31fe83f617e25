namespace Concierge.Robot.Safety;

/// <summary>
/// An alarm with a thread of its own, which does nothing else: it rings whatever the actors, the thread pool and their
/// queues are busy with. Its clock is the kernel's monotonic one, so it does not care when the time of day is set.
/// </summary>
internal sealed class ThreadAlarm : IAlarm
{
    private readonly object _gate = new();
    private readonly Action _ring;
    private long? _due;
    private bool _isDisposed;

    public ThreadAlarm(string name, Action ring)
    {
        _ring = ring;
        new Thread(Run) { IsBackground = true, Name = name, Priority = ThreadPriority.Highest }.Start();
    }

    public void Set(TimeSpan after)
    {
        // Rounded up: an alarm that rings a moment too early would only have to be set again.
        var due = Environment.TickCount64 + (long)Math.Ceiling(Math.Max(after.TotalMilliseconds, 0));
        lock (_gate)
        {
            if (_due <= due) return;
            _due = due;
            Monitor.Pulse(_gate);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        while (WaitUntilDue()) _ring();
    }

    private bool WaitUntilDue()
    {
        lock (_gate)
        {
            while (!_isDisposed)
            {
                var left = _due is { } due ? due - Environment.TickCount64 : Timeout.Infinite;
                if (_due is not null && left <= 0)
                {
                    _due = null;
                    return true;
                }

                Monitor.Wait(_gate, (int)Math.Min(left, int.MaxValue));
            }

            return false;
        }
    }
}
