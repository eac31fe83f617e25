using System.Collections.Immutable;

namespace Concierge.Client;

/// <summary>
/// A dead man's handle: while something is held its command is repeated, and when it is released, or this is disposed of,
/// the motors are stopped. What is held is let go by itself when the connection is lost or the robot is gone. Thread-safe.
/// </summary>
/// <remarks>
/// No more than one command is on its way at a time: where the concierge is slow, commands become rarer, never late, and the
/// robot's own watchdog stops it. A program that hangs while it holds is not a dead man: give it a
/// <see cref="RobotDriveOptions.HoldTimeout"/> and call <see cref="Hold(IReadOnlyDictionary{string, MotorState})"/> from where the person's hand is read.
/// </remarks>
public sealed class RobotDrive : IAsyncDisposable
{
    private readonly RobotConnection _robot;
    private readonly RobotDriveOptions _options;
    private readonly Lock _gate = new();
    private readonly Task _driving;
    private ImmutableDictionary<string, MotorState>? _held;
    private long _heldAt;
    private bool _isDisposed;
    private TaskCompletionSource _changed = NewSignal();

    internal RobotDrive(RobotConnection robot, RobotDriveOptions options)
    {
        options.Validate();
        _robot = robot;
        _options = options;
        _driving = Task.Run(DriveAsync);
    }

    /// <summary>A command could not be sent, and what was held is let go. Called on a thread of the pool.</summary>
    public event EventHandler<Exception>? Faulted;

    /// <summary>What is held; null for nothing.</summary>
    public IReadOnlyDictionary<string, MotorState>? Held
    {
        get
        {
            lock (_gate) return _held;
        }
    }

    /// <summary>Turns the left and the right motor, until something else is held or this is released.</summary>
    /// <param name="m1">From −100 (counter-clockwise) to 100 (clockwise).</param>
    /// <param name="m2">From −100 (counter-clockwise) to 100 (clockwise).</param>
    /// <exception cref="ArgumentOutOfRangeException">A speed is beyond.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    public void Hold(int m1, int m2) =>
        Hold(new Dictionary<string, MotorState> { ["m1"] = MotorState.Turning(m1), ["m2"] = MotorState.Turning(m2) });

    /// <summary>Turns motors, until something else is held or this is released.</summary>
    /// <param name="motors">What each of them shall do.</param>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    public void Hold(IReadOnlyDictionary<string, MotorState> motors)
    {
        ArgumentNullException.ThrowIfNull(motors);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _heldAt = _robot.Client.TimeProvider.GetTimestamp();
            if (_held is not null && _held.Count == motors.Count && motors.All(motor => _held.TryGetValue(motor.Key, out var state) && state == motor.Value)) return;
            _held = motors.ToImmutableDictionary();
            _changed.TrySetResult();
        }
    }

    /// <summary>Stops the motors.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _held = null;
            _changed.TrySetResult();
        }
    }

    /// <summary>Stops the motors, and waits until that is on its way.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _held = null;
            _changed.TrySetResult();
        }

        await _driving.ConfigureAwait(false);
    }

    private async Task DriveAsync()
    {
        // What the robot was told last, and may still be doing.
        var moving = ImmutableDictionary<string, MotorState>.Empty;
        while (Next(out var held, out var changed) || !moving.IsEmpty)
        {
            if (held is not null)
            {
                // Motors that are no longer held are stopped with the same command.
                var command = moving.SetItems(moving.Keys.Select(motor => KeyValuePair.Create(motor, MotorState.Stopped))).SetItems(held);
                moving = await TrySendAsync(command).ConfigureAwait(false) ? held : [];
                await Task.WhenAny(changed, Task.Delay(_options.Interval, _robot.Client.TimeProvider)).ConfigureAwait(false);
            }
            else if (!moving.IsEmpty)
            {
                await TrySendAsync(moving.SetItems(moving.Keys.Select(motor => KeyValuePair.Create(motor, MotorState.Stopped)))).ConfigureAwait(false);
                moving = [];
            }
            else
            {
                await changed.ConfigureAwait(false);
            }
        }
    }

    /// <summary>Looks what is to be done now.</summary>
    /// <param name="held">What is held; null for nothing.</param>
    /// <param name="changed">Completes when that changes.</param>
    /// <returns>False when it was disposed of.</returns>
    private bool Next(out ImmutableDictionary<string, MotorState>? held, out Task changed)
    {
        lock (_gate)
        {
            if (_changed.Task.IsCompleted) _changed = NewSignal();
            if (_held is not null && _options.HoldTimeout is { } timeout && _robot.Client.TimeProvider.GetElapsedTime(_heldAt) >= timeout) _held = null;
            held = _held;
            changed = _changed.Task;
            return !_isDisposed;
        }
    }

    private async Task<bool> TrySendAsync(ImmutableDictionary<string, MotorState> motors)
    {
        try
        {
            await _robot.SendAsync(RobotCommands.Motor, RobotConnection.Motors(motors)).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is ConciergeException or TimeoutException or ObjectDisposedException)
        {
            // Whoever holds on while nothing can be sent would be surprised by a robot that moves when it can again.
            lock (_gate) _held = null;
            Faulted?.Invoke(this, e);
            return false;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>How a robot is driven.</summary>
public sealed record RobotDriveOptions
{
    /// <summary>
    /// How often a held command is repeated: more than zero, default 100 ms. It has to be well below the robot's watchdog, which
    /// is 500 ms unless it was configured otherwise.
    /// </summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long something is held without being held anew: more than zero; null (the default) for as long as it isn't released.</summary>
    public TimeSpan? HoldTimeout { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Interval, TimeSpan.Zero);
        if (HoldTimeout is { } timeout) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
    }
}
