using System.Diagnostics.CodeAnalysis;

namespace Concierge.Robot.Linux;

/// <summary>
/// Pulses on any output line, made by a thread: for boards without hardware PWM, or whose channels are taken. 1 kHz is what it
/// aims at. The scheduler wakes the thread some 50 to 100 µs late, and later when the machine is busy, so a pulse is a few per
/// cent longer or shorter than asked for, and speeds below some 10 % are coarse. At 0 and 100 % nothing has to be timed.
/// </summary>
internal sealed class SoftwarePwm : IPulse
{
    private readonly object _gate = new();
    private readonly IOutputLine _line;
    private readonly TimeSpan _period;
    private readonly Action<TimeSpan> _sleep;
    private int _percent;
    private bool _isDisposed;
    private IOException? _fault;

    /// <summary>Takes the line over, and holds it low until it is set.</summary>
    /// <param name="line">The line.</param>
    /// <param name="frequency">In Hz.</param>
    /// <param name="start">Starts the thread that runs <see cref="Run"/>; null for the usual one.</param>
    /// <param name="sleep">Waits; null for the system's clock.</param>
    public SoftwarePwm(IOutputLine line, int frequency, Action<ThreadStart>? start = null, Action<TimeSpan>? sleep = null)
    {
        _line = line;
        _period = TimeSpan.FromSeconds(1.0 / frequency);
        _sleep = sleep ?? Nap.For;
        line.Set(false);
        (start ?? StartThread)(Run);
    }

    public void Set(int percent)
    {
        lock (_gate)
        {
            if (percent > 0 && _fault is { } fault) throw new IOException(fault.Message, fault);
            _percent = percent;
            // At once, and with the gate held: after this the thread raises the line only if it is to be raised.
            if (percent is 0 or 100) _line.Set(percent == 100);
            Monitor.Pulse(_gate);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _percent = 0;
            Monitor.Pulse(_gate);
            _line.Dispose();
        }
    }

    /// <summary>Makes pulses until it is disposed of.</summary>
    public void Run()
    {
        while (Raise() is { } high)
        {
            _sleep(high);
            if (Lower() is not { } low) return;
            _sleep(low);
        }
    }

    /// <summary>Waits until there is a pulse to make, and begins it.</summary>
    /// <returns>How long it lasts; null at the end.</returns>
    private TimeSpan? Raise()
    {
        lock (_gate)
        {
            while (!_isDisposed && _percent is 0 or 100) Monitor.Wait(_gate);
            return !_isDisposed && TrySet(true) ? _period * _percent / 100 : null;
        }
    }

    /// <returns>How long the line is low after the pulse; null at the end.</returns>
    private TimeSpan? Lower()
    {
        lock (_gate)
        {
            if (_isDisposed) return null;
            // It was set to all or nothing in the meantime, and done.
            if (_percent is 0 or 100) return TimeSpan.Zero;
            return TrySet(false) ? _period * (100 - _percent) / 100 : null;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Nobody is there to catch it: the next Set tells.")]
    private bool TrySet(bool high)
    {
        try
        {
            _line.Set(high);
            return true;
        }
        catch (Exception e)
        {
            _fault = new IOException($"software PWM: {e.Message}", e);
            return false;
        }
    }

    private static void StartThread(ThreadStart run) =>
        new Thread(run) { IsBackground = true, Name = "software PWM", Priority = ThreadPriority.Highest }.Start();
}
