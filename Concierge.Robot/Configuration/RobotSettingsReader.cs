using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Concierge.Protocol;

namespace Concierge.Robot.Configuration;

/// <summary>Turns the layers into checked settings: every key's form and range is here.</summary>
internal static partial class RobotSettingsReader
{
    /// <summary>Laid over what Akka.NET gets: it logs its configuration when an operator asks it to.</summary>
    private const string NoSecrets = """robot { secret = "" }""";

    /// <summary>What the prefix robot_ leaves of the client's name; a service's name has more room.</summary>
    private const int LongestId = Limits.ClientName - 6;

    /// <summary>The most lines that a GPIO chip has, for all that is known.</summary>
    private const int LastLine = 1023;

    private static readonly string[] MotorNames = ["m1", "m2"];
    private static readonly Dictionary<string, bool> Hardware = new() { ["simulated"] = true, ["linux"] = false };
    private static readonly Dictionary<string, bool> Stops = new() { ["brake"] = true, ["coast"] = false };

    /// <summary>Reads every key once.</summary>
    /// <exception cref="InvalidConfigurationException">One has a value that can't work.</exception>
    public static RobotSettings Read(ConfigurationLayers layers)
    {
        var id = ReadId(layers);
        // All of them, also those of motors that there aren't: a wrong value is a wrong value.
        var motors = MotorNames.Select(name => (Name: name, IsEnabled: layers.Switch($"{name}.enabled"), Settings: ReadMotor(layers, name))).ToArray();
        var settings = new RobotSettings
        {
            Id = id,
            Name = ReadName(layers) ?? id,
            Url = ReadUrl(layers, "url"),
            Secret = OrNull(layers.Text("secret")),
            IsSimulated = layers.Choice("hardware", Hardware),
            Watchdog = layers.Duration("watchdog", TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10)),
            ControlLapse = layers.Duration("control-lapse", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            StatusInterval = layers.Duration("status-interval", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
            KeepAlive = layers.Duration("link.keep-alive", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            Retry = layers.Duration("link.retry", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10)),
            Logging = LoggingSettings.Read(layers),
            GpioChip = layers.Text("gpio.chip"),
            PwmFrequency = layers.Number("pwm.frequency", 50, 20_000),
            Motors = motors.Where(motor => motor.IsEnabled).ToImmutableSortedDictionary(motor => motor.Name, motor => motor.Settings),
            Led = ReadSwitch(layers, "led"),
            Buzzer = ReadSwitch(layers, "buzzer"),
            I2cBus = layers.Text("i2c.bus"),
            Accelerometer = ReadSensor(layers, "accelerometer"),
            Barometer = ReadSensor(layers, "barometer"),
            BarometerOversampling = layers.Number("barometer.oversampling", 0, 3),
            Ros = ReadRos(layers),
            Hocon = HoconText.Parse(NoSecrets, "no secrets").WithFallback(layers.Merged),
        };
        if (settings.PwmFrequency > 2000 && settings.Motors.Values.Any(motor => motor.Enable is EnableSettings.Software))
            throw layers.Misfit("pwm.frequency", "no more than 2000 where an enable is a gpio: line");
        return settings;
    }

    private static string ReadId(ConfigurationLayers layers)
    {
        var id = layers.Text("id");
        return id.Length is > 0 and <= LongestId && id.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ':')
            ? id
            : throw layers.Misfit("id", $"1 to {LongestId} letters, digits or any of _ - . :");
    }

    private static string? ReadName(ConfigurationLayers layers) =>
        layers.Text("name") is { Length: <= Limits.Nickname } name ? OrNull(name) : throw layers.Misfit("name", $"up to {Limits.Nickname} characters");

    private static Uri ReadUrl(ConfigurationLayers layers, string key) =>
        Uri.TryCreate(layers.Text(key), UriKind.Absolute, out var url) && url.Scheme is "ws" or "wss"
            ? url
            : throw layers.Misfit(key, "ws://HOST:PORT/PATH or wss://HOST:PORT/PATH");

    private static MotorSettings ReadMotor(ConfigurationLayers layers, string name) => new(
        layers.Number($"{name}.in1", 0, LastLine),
        layers.Number($"{name}.in2", 0, LastLine),
        ReadEnable(layers, $"{name}.enable"),
        layers.Choice($"{name}.stop", Stops),
        layers.Switch($"{name}.reversed"));

    private static EnableSettings ReadEnable(ConfigurationLayers layers, string key)
    {
        var match = EnableForm().Match(layers.Text(key));
        if (!match.Success) throw layers.Misfit(key, "gpio:LINE or pwm:CHIP/CHANNEL, such as gpio:12 or pwm:0/1");
        return match.Groups["line"].Success
            ? new EnableSettings.Software(Number("line"))
            : new EnableSettings.Hardware(Number("chip"), Number("channel"));

        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static SwitchSettings ReadSwitch(ConfigurationLayers layers, string name) =>
        new(layers.Switch($"{name}.enabled"), layers.Number($"{name}.line", 0, LastLine), layers.Switch($"{name}.active-low"));

    private static SensorSettings ReadSensor(ConfigurationLayers layers, string name) => new(
        layers.Switch($"{name}.enabled"),
        // The addresses that the I²C specification leaves to chips.
        layers.Number($"{name}.address", 0x08, 0x77),
        layers.Duration($"{name}.interval", TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)));

    private static RosSettings? ReadRos(ConfigurationLayers layers)
    {
        var publish = layers.Texts("ros.publish").ToHashSet();
        var drive = layers.Texts("ros.drive").ToHashSet();
        var settings = new RosSettings(
            ReadUrl(layers, "ros.url"),
            layers.Texts("ros.topics"),
            layers.Duration("ros.throttle", TimeSpan.Zero, TimeSpan.FromHours(1)),
            layers.Number("ros.queue", 0, 1000),
            layers.Number("ros.keep", 0, 100),
            publish,
            drive,
            layers.Texts("ros.services").ToHashSet(),
            layers.Duration("ros.timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10)),
            (int)layers.Bytes("ros.message-size", 1024, 64 * 1024 * 1024));
        if (!drive.IsSubsetOf(publish)) throw layers.Misfit("ros.drive", "topics that are also in robot.ros.publish");
        return layers.Switch("ros.enabled") ? settings : null;
    }

    private static string? OrNull(string text) => text.Length > 0 ? text : null;

    [GeneratedRegex(@"^(gpio:(?<line>\d{1,4})|pwm:(?<chip>\d{1,3})/(?<channel>\d{1,3}))$")]
    private static partial Regex EnableForm();
}
