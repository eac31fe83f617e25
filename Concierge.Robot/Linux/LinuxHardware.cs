using Concierge.Robot.Configuration;
using Concierge.Robot.Devices;
using Concierge.Robot.Motors;
using Concierge.Robot.Sensors;

namespace Concierge.Robot.Linux;

/// <summary>The hardware of a board that runs Linux, wired as the configuration says.</summary>
internal sealed class LinuxHardware(RobotSettings settings, TimeProvider time) : IHardware
{
    private readonly Sysfs _sysfs = new();

    public IMotorDriver OpenMotor(string name)
    {
        var motor = settings.Motors[name];
        // The enable first: from there on the motor has no power, whatever its inputs are.
        using var claimed = new Claimed();
        var enable = claimed.Add(OpenEnable(motor.Enable));
        var in1 = claimed.Add(GpioLine.Claim(settings.GpioChip, motor.In1));
        var in2 = claimed.Add(GpioLine.Claim(settings.GpioChip, motor.In2));
        claimed.Keep();
        return motor.IsReversed ? new HBridge(in2, in1, enable, motor.Brakes) : new HBridge(in1, in2, enable, motor.Brakes);
    }

    public IOutputLine OpenLed() => OpenSwitch(settings.Led);

    public IOutputLine OpenBuzzer() => OpenSwitch(settings.Buzzer);

    public ISensor OpenAccelerometer() =>
        new Adxl345(new I2cDevice(settings.I2cBus, settings.Accelerometer.Address));

    public ISensor OpenBarometer() =>
        new Bmp180(new I2cDevice(settings.I2cBus, settings.Barometer.Address), settings.BarometerOversampling, time);

    private IPulse OpenEnable(EnableSettings enable) => enable switch
    {
        EnableSettings.Hardware it => SysfsPwm.Claim(_sysfs, it.Chip, it.Channel, settings.PwmFrequency),
        EnableSettings.Software it => new SoftwarePwm(GpioLine.Claim(settings.GpioChip, it.Line), settings.PwmFrequency),
        _ => throw new InvalidOperationException($"No enable is a {enable.GetType().Name}."),
    };

    private GpioLine OpenSwitch(SwitchSettings it) => GpioLine.Claim(settings.GpioChip, it.Line, it.IsActiveLow);

    /// <summary>Gives back what was taken, where not all of it could be.</summary>
    private sealed class Claimed : IDisposable
    {
        private readonly Stack<IDisposable> _parts = [];

        public T Add<T>(T part)
            where T : IDisposable
        {
            _parts.Push(part);
            return part;
        }

        public void Keep() => _parts.Clear();

        public void Dispose()
        {
            foreach (var part in _parts) part.Dispose();
        }
    }
}
