using System.Collections.Immutable;
using Akka.Configuration;

namespace Concierge.Robot.Configuration;

/// <summary>The whole configuration of a robot, checked. <c>hocon/robot.conf</c> says what each setting means.</summary>
public sealed record RobotSettings
{
    /// <summary>The options of the program.</summary>
    internal static readonly CommandLine.Syntax CommandLineSyntax = new(
        "Concierge.Robot: connects a robot's motors, sensors and ROS topics to a concierge. `Concierge.Robot halt …` with the same options only stops the motors. hocon/robot.conf describes its configuration.",
        example: "robot.watchdog=300ms",
        new("--url", "WS", "Where the concierge listens", "robot.url"),
        new("--id", "ID", "The robot's service is robot/ID", "robot.id"),
        new("--name", "NAME", "What people call it", "robot.name"),
        new("--secret", "S", "The concierge's secret", "robot.secret"));

    private static readonly ConfigurationSources Sources = new("robot", typeof(RobotSettings).Assembly);

    /// <summary>The robot's id: its service is <c>robot/ID</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Where the concierge listens.</summary>
    public required Uri Url { get; init; }

    /// <summary>The concierge's secret; null where it has none.</summary>
    public required string? Secret { get; init; }

    /// <summary>Whether no hardware is touched.</summary>
    public required bool IsSimulated { get; init; }

    /// <summary>How long a motor turns on one command.</summary>
    public required TimeSpan Watchdog { get; init; }

    /// <summary>How long control lasts without commands.</summary>
    public required TimeSpan ControlLapse { get; init; }

    /// <summary>How often the robot says how it is.</summary>
    public required TimeSpan StatusInterval { get; init; }

    /// <summary>How often the concierge is pinged, and how long its answer may take.</summary>
    public required TimeSpan KeepAlive { get; init; }

    /// <summary>The longest wait before another attempt to connect.</summary>
    public required TimeSpan Retry { get; init; }

    /// <summary>What is logged, and how.</summary>
    public required LoggingSettings Logging { get; init; }

    /// <summary>The device of the GPIO chip.</summary>
    public required string GpioChip { get; init; }

    /// <summary>How often an enable is switched, in Hz.</summary>
    public required int PwmFrequency { get; init; }

    /// <summary>The motors that there are, by name.</summary>
    public required ImmutableSortedDictionary<string, MotorSettings> Motors { get; init; }

    /// <summary>The LED.</summary>
    public required SwitchSettings Led { get; init; }

    /// <summary>The buzzer.</summary>
    public required SwitchSettings Buzzer { get; init; }

    /// <summary>The device of the I²C bus.</summary>
    public required string I2cBus { get; init; }

    /// <summary>The ADXL345.</summary>
    public required SensorSettings Accelerometer { get; init; }

    /// <summary>The BMP085 or BMP180.</summary>
    public required SensorSettings Barometer { get; init; }

    /// <summary>The barometer's oversampling, from 0 to 3.</summary>
    public required int BarometerOversampling { get; init; }

    /// <summary>The bridge to ROS; null where there is none.</summary>
    public required RosSettings? Ros { get; init; }

    /// <summary>All of the configuration but its secrets, for Akka.NET.</summary>
    public required Config Hocon { get; init; }

    /// <summary>Reads the configuration: the command line, then the environment, then files, then the reference.</summary>
    /// <param name="args">The command line's arguments; none where a program embeds the robot.</param>
    /// <param name="environment">The environment's variables; null for none.</param>
    /// <exception cref="InvalidConfigurationException">Something in it can't work.</exception>
    public static RobotSettings Load(string[]? args = null, IReadOnlyDictionary<string, string>? environment = null) =>
        RobotSettingsReader.Read(Sources.Collect(CommandLineSyntax.Parse(args ?? []), environment ?? new Dictionary<string, string>()));

    /// <summary>Which robot, and where it connects; nothing that is secret.</summary>
    public override string ToString() => $"robot/{Id} at {Url}";
}

/// <summary>How a motor is wired.</summary>
/// <param name="In1">The line of its first input.</param>
/// <param name="In2">The line of its second input.</param>
/// <param name="Enable">Its enable.</param>
/// <param name="Brakes">Whether it brakes at speed 0.</param>
/// <param name="IsReversed">Whether it is mounted the other way round.</param>
public sealed record MotorSettings(int In1, int In2, EnableSettings Enable, bool Brakes, bool IsReversed);

/// <summary>Where an enable's pulses come from.</summary>
public abstract record EnableSettings
{
    private EnableSettings()
    {
    }

    /// <summary>From a thread that switches a GPIO line.</summary>
    /// <param name="Line">The line.</param>
    public sealed record Software(int Line) : EnableSettings;

    /// <summary>From a PWM channel of the hardware.</summary>
    /// <param name="Chip">The chip's number.</param>
    /// <param name="Channel">The channel on it.</param>
    public sealed record Hardware(int Chip, int Channel) : EnableSettings;
}

/// <summary>How something that is on or off is wired.</summary>
/// <param name="IsEnabled">Whether there is one.</param>
/// <param name="Line">Its line.</param>
/// <param name="IsActiveLow">Whether it is on when its line is low.</param>
public sealed record SwitchSettings(bool IsEnabled, int Line, bool IsActiveLow);

/// <summary>A chip that measures.</summary>
/// <param name="IsEnabled">Whether there is one.</param>
/// <param name="Address">Its address on the bus.</param>
/// <param name="Interval">How often it is read.</param>
public sealed record SensorSettings(bool IsEnabled, int Address, TimeSpan Interval);

/// <summary>A bridge to ROS.</summary>
/// <param name="Url">Where rosbridge listens.</param>
/// <param name="Topics">The topics that subscribers get.</param>
/// <param name="Throttle">The shortest time between two messages of a topic.</param>
/// <param name="Queue">How many of them rosbridge keeps waiting.</param>
/// <param name="Keep">How many messages of each topic a new subscriber gets.</param>
/// <param name="Publish">The topics that may be published on.</param>
/// <param name="Drive">Those of them that move something.</param>
/// <param name="Services">The services that may be called.</param>
/// <param name="Timeout">How long a service may take.</param>
/// <param name="MessageSize">The largest message taken from rosbridge, in bytes.</param>
public sealed record RosSettings(
    Uri Url,
    IReadOnlyList<string> Topics,
    TimeSpan Throttle,
    int Queue,
    int Keep,
    IReadOnlySet<string> Publish,
    IReadOnlySet<string> Drive,
    IReadOnlySet<string> Services,
    TimeSpan Timeout,
    int MessageSize);
