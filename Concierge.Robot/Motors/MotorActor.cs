using Akka.Actor;
using Concierge.Robot.Devices;
using Concierge.Robot.Safety;

namespace Concierge.Robot.Motors;

/// <summary>
/// One motor. It takes its hardware and drives it, always by way of the <see cref="GuardedMotor"/>, which stops the motor
/// whatever becomes of this actor. Tells its parent of every change, and of failures.
/// </summary>
internal sealed class MotorActor(GuardedMotor motor, IHardware hardware) : DeviceActor
{
    /// <summary>How to create it.</summary>
    public static Props Props(GuardedMotor motor, IHardware hardware) => Akka.Actor.Props.Create(() => new MotorActor(motor, hardware));

    protected override void Claim()
    {
        var (self, parent) = (Self, Context.Parent);
        motor.Changed = movement => parent.Tell(new Changed(motor.Name, movement));
        motor.Failed = fault => self.Tell(new Failed(fault));
        motor.Claim(() => hardware.OpenMotor(motor.Name));
    }

    protected override void Release() => motor.Release();

    protected override void OnMessage(object message)
    {
        switch (message)
        {
            case Drive drive:
                OnDrive(drive);
                break;
            case Failed failed:
                throw new IOException($"it could not be stopped: {failed.Fault.Message}", failed.Fault);
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnDrive(Drive drive)
    {
        try
        {
            Sender.Tell(motor.Drive(drive.Movement, drive.ReceivedAt) is { } error ? new Outcome(error) : Outcome.Done);
        }
        catch (Exception e)
        {
            Sender.Tell(new Outcome($"{motor.Name} failed: {e.Message}"));
            throw;
        }
    }

    /// <summary>Turn the motor; answered with <see cref="Outcome"/>.</summary>
    /// <param name="Movement">What to do.</param>
    /// <param name="ReceivedAt">When the command came in, as a timestamp.</param>
    internal sealed record Drive(Movement Movement, long ReceivedAt);

    /// <summary>The motor does something else now.</summary>
    internal sealed record Changed(string Motor, Movement Movement);

    private sealed record Failed(Exception Fault);
}
