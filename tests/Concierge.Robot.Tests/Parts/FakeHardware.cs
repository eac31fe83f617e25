using Concierge.Robot.Devices;
using Concierge.Robot.Linux;
using Concierge.Robot.Motors;
using Concierge.Robot.Sensors;
using Concierge.Robot.Tests.Linux;
using Concierge.Robot.Tests.Safety;

namespace Concierge.Robot.Tests.Parts;

/// <summary>Hardware that remembers, and fails where a test wants it to.</summary>
internal sealed class FakeHardware : IHardware
{
    private readonly List<string> _switched = [];

    public FakeMotor M1 { get; } = new();

    public FakeMotor M2 { get; } = new();

    public FakeLine Led { get; private set; } = null!;

    public FakeSensor Accelerometer { get; } = new("orientation_data");

    public FakeSensor Barometer { get; } = new("climate_data");

    /// <summary>What was done to LED and buzzer.</summary>
    public IReadOnlyList<string> Switched => _switched;

    /// <summary>Whether the LED is plugged in.</summary>
    public bool HasLed { get; set; } = true;

    public IMotorDriver OpenMotor(string name) => name == "m1" ? M1 : M2;

    public IOutputLine OpenLed() => HasLed ? Led = new FakeLine("led", _switched) : throw new IOException("no LED is plugged in");

    public IOutputLine OpenBuzzer() => new FakeLine("buzzer", _switched);

    public ISensor OpenAccelerometer() => Accelerometer;

    public ISensor OpenBarometer() => Barometer;
}
