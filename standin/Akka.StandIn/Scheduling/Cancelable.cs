namespace Akka.Actor;

public interface ICancelable
{
    bool IsCancellationRequested { get; }
    CancellationToken Token { get; }
    void Cancel();
    void Cancel(bool throwOnFirstException);
    void CancelAfter(TimeSpan delay);
    void CancelAfter(int millisecondsDelay);
}

/// <summary>Cheap, as every timer has one: the token source is made when somebody asks for the token.</summary>
public class Cancelable : ICancelable, IDisposable
{
    private readonly IActionScheduler _scheduler;
    private CancellationTokenSource _source;
    private volatile bool _cancelled;

    public Cancelable(IActionScheduler scheduler) => _scheduler = scheduler;

    public Cancelable(IScheduler scheduler)
        : this(scheduler.Advanced) { }

    public Cancelable(IScheduler scheduler, TimeSpan delay)
        : this(scheduler.Advanced) => CancelAfter(delay);

    public bool IsCancellationRequested => _cancelled;

    public CancellationToken Token
    {
        get
        {
            var source = LazyInitializer.EnsureInitialized(ref _source);
            if (_cancelled)
                source.Cancel();
            return source.Token;
        }
    }

    /// <summary>What a cancelled timer still occupies, so that cancelling gives it back at once.</summary>
    internal TimerEntry Entry { get; set; }

    public void Cancel() => Cancel(throwOnFirstException: false);

    public void Cancel(bool throwOnFirstException)
    {
        _cancelled = true;
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _source)?.Cancel(throwOnFirstException);
        Entry?.Remove();
    }

    public void CancelAfter(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        if (!_cancelled)
            _scheduler.ScheduleOnce(delay, Cancel);
    }

    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            Volatile.Read(ref _source)?.Dispose();
    }
}
