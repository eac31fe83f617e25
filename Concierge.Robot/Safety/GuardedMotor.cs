using System.Diagnostics.CodeAnalysis;
using Concierge.Robot.Motors;

namespace Concierge.Robot.Safety;

/// <summary>
/// A motor that stops by itself: when no command came for the watchdog's time, and whenever the interlock trips. It stands
/// between the motor's actor and its driver, outlives both, and is the only one that ever calls the driver. Thread-safe.
/// </summary>
/// <remarks>
/// Invariant: while the motor turns, an alarm is set no later than the deadline. The alarm has its own thread, and the
/// deadline counts from when the command came in from the network, not from when an actor got round to it: a full mailbox,
/// a busy thread pool or a crashed actor delay commands, never the stop.
/// </remarks>
internal sealed class GuardedMotor : IDisposable
{
    /// <summary>How long somebody who stops all motors waits for one whose driver is busy, before the alarm takes over.</summary>
    private static readonly TimeSpan Impatience = TimeSpan.FromMilliseconds(50);

    /// <summary>How soon a stop that failed is tried again.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Interlock _interlock;
    private readonly TimeSpan _watchdog;
    private readonly TimeProvider _time;
    private readonly IAlarm _alarm;
    private IMotorDriver? _driver;
    private Movement _movement = Movement.None;
    private bool _isUncertain;
    private long _commandedAt;

    public GuardedMotor(string name, Interlock interlock, TimeSpan watchdog, TimeProvider time, AlarmFactory alarms)
    {
        Name = name;
        _interlock = interlock;
        _watchdog = watchdog;
        _time = time;
        _alarm = alarms($"watchdog {name}", OnAlarm);
        interlock.Add(this);
    }

    public string Name { get; }

    /// <summary>Called after every change, in order. Must neither block nor throw.</summary>
    public Action<Movement>? Changed { get; set; }

    /// <summary>Called when the driver failed and nobody else is told: the alarm had to stop it and couldn't. Must neither block nor throw.</summary>
    public Action<Exception>? Failed { get; set; }

    /// <summary>Takes the hardware, as it was left by whoever had it before, and stops it first of all.</summary>
    /// <exception cref="IOException">It isn't there, or fails.</exception>
    public void Claim(Func<IMotorDriver> open)
    {
        lock (_gate)
        {
            Abandon();
            _driver = open();
            _isUncertain = true;
            Stop();
        }
    }

    /// <summary>Stops the motor, then gives its hardware back. Does nothing where it has none.</summary>
    public void Release()
    {
        lock (_gate) Abandon();
    }

    /// <summary>Turns the motor until another command comes, but no longer than the watchdog lets it.</summary>
    /// <param name="movement">What to do.</param>
    /// <param name="receivedAt">When the command came in, as a timestamp of the clock.</param>
    /// <returns>Why it is refused; null where it was done.</returns>
    /// <exception cref="IOException">The driver failed. The motor was stopped, as far as it could be.</exception>
    public string? Drive(Movement movement, long receivedAt)
    {
        lock (_gate)
        {
            if (_driver is null) return $"{Name} is out of order";
            if (movement.IsNone)
            {
                Stop();
                return null;
            }

            if (_interlock.Reasons is not StopReasons.None and var reasons) return Refusals.Of(reasons);
            var age = _time.GetElapsedTime(receivedAt);
            if (age >= _watchdog) return $"too late: the command had waited for {age.TotalMilliseconds:0} ms";

            _commandedAt = receivedAt;
            _alarm.Set(_watchdog - age);
            Apply(movement);
            return null;
        }
    }

    /// <summary>Stops the motor now; where its driver is busy or fails, as soon as it lets itself be stopped.</summary>
    public void StopNow()
    {
        if (!_gate.TryEnter(Impatience))
        {
            _alarm.Set(TimeSpan.Zero);
            return;
        }

        try
        {
            StopOrRetry();
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Stops the motor and gives everything back; it can't be claimed again.</summary>
    public void Dispose()
    {
        Release();
        _alarm.Dispose();
    }

    private void OnAlarm()
    {
        lock (_gate)
        {
            if (_driver is null || (_movement.IsNone && !_isUncertain)) return;
            var left = _watchdog - _time.GetElapsedTime(_commandedAt);
            if (_interlock.Reasons == StopReasons.None && left > TimeSpan.Zero && !_isUncertain)
                _alarm.Set(left);
            else
                StopOrRetry();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a driver throws, the motor has to be stopped and its actor told.")]
    private void StopOrRetry()
    {
        try
        {
            Stop();
        }
        catch (Exception e)
        {
            _alarm.Set(RetryDelay);
            Failed?.Invoke(e);
        }
    }

    private void Stop()
    {
        if (_driver is not null && (!_movement.IsNone || _isUncertain)) Apply(Movement.None);
    }

    /// <summary>Calls the driver. Where that fails nobody knows what the motor does, until a stop succeeds.</summary>
    private void Apply(Movement movement)
    {
        var before = _movement;
        try
        {
            _isUncertain = true;
            _driver!.Apply(movement);
            _movement = movement;
            _isUncertain = false;
        }
        catch
        {
            _alarm.Set(RetryDelay);
            throw;
        }

        if (movement != before && !(movement.IsNone && before.IsNone)) Changed?.Invoke(movement);
    }

    [SuppressMessage("Design", "CA1031", Justification = "The hardware is given back whether it can still be stopped or not.")]
    private void Abandon()
    {
        if (_driver is null) return;
        try
        {
            Stop();
        }
        catch (Exception)
        {
            // Giving it back cuts the motor's power, which is all that is left to do.
        }

        try
        {
            _driver.Dispose();
        }
        catch (Exception)
        {
            // It fails: its actor was told when it began to.
        }

        _driver = null;
        _isUncertain = false;
        if (_movement.IsNone) return;
        _movement = Movement.None;
        Changed?.Invoke(Movement.None);
    }
}
