using Concierge.Client;

namespace Concierge.Examples.Teleop;

/// <summary>What is known of the robot, as one line: rewritten in place on a terminal, printed anew on anything else.</summary>
internal sealed class Dashboard(RobotInfo robot)
{
    private readonly Lock _gate = new();
    private IReadOnlyDictionary<string, MotorState>? _motors;
    private RobotOrientation? _orientation;
    private RobotClimate? _climate;
    private RobotStatus? _status;

    public void Attach(RobotConnection connection)
    {
        connection.MotorsChanged += (motors, _) => Show(() => _motors = motors);
        connection.OrientationReceived += (orientation, _) => Show(() => _orientation = orientation);
        connection.ClimateReceived += (climate, _) => Show(() => _climate = climate);
        connection.StatusReceived += (status, _) => Show(() => _status = status);
        connection.Refused += (refusal, _) =>
        {
            Say(refusal.Error ?? "refused");
            return default;
        };
    }

    /// <summary>Says something that stays.</summary>
    public void Say(string text)
    {
        lock (_gate) Console.Error.WriteLine($"{Erase}{text}");
    }

    private static string Erase => Console.IsOutputRedirected ? "" : "\r\e[K";

    private ValueTask Show(Action change)
    {
        lock (_gate)
        {
            change();
            var line = string.Join("  ", Parts().Where(part => part.Length > 0));
            if (Console.IsOutputRedirected) Console.WriteLine(line);
            else Console.Write($"{Erase}{line}");
        }

        return default;
    }

    private IEnumerable<string> Parts()
    {
        yield return robot.Name;
        foreach (var (name, state) in _motors ?? new Dictionary<string, MotorState>())
            yield return $"{name} {(state.Speed == 0 ? "stands" : $"{(state.Direction == MotorDirection.Clockwise ? '+' : '-')}{state.Speed}")}";
        yield return _orientation is { } lies ? $"pitch {lies.Pitch,5:0.0}° roll {lies.Roll,6:0.0}°" : "";
        yield return _climate is { } air ? $"{air.Temperature:0.0} °C {air.Pressure / 100:0} hPa" : "";
        yield return _status is { } status ? $"{(status.Driver is { } driver ? $"driven by {driver.Nickname ?? driver.Name}" : "free")}{(status.Stopped ? ", STOPPED (c clears)" : "")}" : "";
        foreach (var fault in _status?.Faults ?? [])
        {
            if (!fault.Working) yield return $"{fault.Part} is out of order";
        }
    }
}
