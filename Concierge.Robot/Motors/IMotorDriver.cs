namespace Concierge.Robot.Motors;

/// <summary>
/// The hardware of one motor. Used by one thread at a time; every call takes no longer than writing a few lines does, and
/// throws <see cref="IOException"/> where the hardware fails. Disposing of it leaves the motor without power.
/// </summary>
internal interface IMotorDriver : IDisposable
{
    /// <summary>Turns the motor, or stops it at speed 0.</summary>
    void Apply(Movement movement);
}
