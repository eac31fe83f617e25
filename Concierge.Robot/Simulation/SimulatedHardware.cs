using Concierge.Client;
using Concierge.Protocol;
using Concierge.Robot.Devices;
using Concierge.Robot.Linux;
using Concierge.Robot.Motors;
using Concierge.Robot.Sensors;

namespace Concierge.Robot.Simulation;

/// <summary>A robot without a body: its drivers act on a <see cref="World"/>, and its sensors measure there.</summary>
internal sealed class SimulatedHardware(TimeProvider time) : IHardware
{
    private readonly World _world = new(time);

    public IMotorDriver OpenMotor(string name) => new Motor(_world, name);

    public IOutputLine OpenLed() => new Lamp();

    public IOutputLine OpenBuzzer() => new Lamp();

    public ISensor OpenAccelerometer() =>
        new Sensor(TelemetryKinds.Orientation, () => Json.Of(_world.Orientation(), RobotJson.Default.RobotOrientation));

    public ISensor OpenBarometer() =>
        new Sensor(TelemetryKinds.Climate, () => Json.Of(_world.Climate(), RobotJson.Default.RobotClimate));

    private sealed class Motor(World world, string name) : IMotorDriver
    {
        public void Apply(Movement movement) => world.Drive(name, movement);

        public void Dispose() => world.Drive(name, Movement.None);
    }

    /// <summary>Something that is on or off, and seen by nobody.</summary>
    private sealed class Lamp : IOutputLine
    {
        public void Set(bool high)
        {
            // There is nothing to light.
        }

        public void Dispose()
        {
            // Nor to give back.
        }
    }

    private sealed class Sensor(string kind, Func<RawJson> measure) : ISensor
    {
        public string Kind => kind;

        public ValueTask<RawJson> MeasureAsync(CancellationToken cancellationToken) => ValueTask.FromResult(measure());

        public void Dispose()
        {
            // The world goes on without being measured.
        }
    }
}
