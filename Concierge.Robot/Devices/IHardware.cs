using Concierge.Robot.Linux;
using Concierge.Robot.Motors;
using Concierge.Robot.Sensors;

namespace Concierge.Robot.Devices;

/// <summary>
/// What a robot is made of. Every call takes hardware as whoever had it before left it, and throws
/// <see cref="IOException"/> where it isn't there; called from several threads, for different parts.
/// </summary>
internal interface IHardware
{
    /// <summary>Takes a motor. It may be turning: the caller stops it first of all.</summary>
    IMotorDriver OpenMotor(string name);

    /// <summary>Takes the LED, which is off then.</summary>
    IOutputLine OpenLed();

    /// <summary>Takes the buzzer, which is silent then.</summary>
    IOutputLine OpenBuzzer();

    /// <summary>Takes the accelerometer.</summary>
    ISensor OpenAccelerometer();

    /// <summary>Takes the barometer.</summary>
    ISensor OpenBarometer();
}
