namespace Concierge.Robot.Safety;

/// <summary>
/// Stops all motors, at once and on the caller's own thread: nothing of it goes through a mailbox. While any reason holds no
/// motor turns. Thread-safe.
/// </summary>
/// <remarks>
/// A reason is set before the first motor is stopped, and a motor looks at it with its gate held, before it turns: whichever
/// of the two comes first, the motor ends up standing.
/// </remarks>
internal sealed class Interlock
{
    private int _reasons = (int)StopReasons.LinkLost;
    private volatile GuardedMotor[] _motors = [];

    /// <summary>What keeps the motors from turning. At first there is no link.</summary>
    public StopReasons Reasons => (StopReasons)Volatile.Read(ref _reasons);

    /// <summary>Stops every motor; when this returns they stand, but for one whose driver hangs.</summary>
    public void Trip(StopReasons reason)
    {
        Interlocked.Or(ref _reasons, (int)reason);
        foreach (var motor in _motors) motor.StopNow();
    }

    /// <summary>Takes a reason back. Nothing moves by that: it takes a new command.</summary>
    public void Clear(StopReasons reason) => Interlocked.And(ref _reasons, ~(int)(reason & ~StopReasons.Ending));

    /// <summary>Has a motor stopped with the others from now on. Not from several threads.</summary>
    public void Add(GuardedMotor motor) => _motors = [.. _motors, motor];
}
