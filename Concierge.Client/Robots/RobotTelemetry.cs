using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Concierge.Protocol;

namespace Concierge.Client;

/// <summary>Something that a robot told its subscribers, as it came in.</summary>
/// <param name="Kind">Its type, such as <c>orientation_data</c>.</param>
/// <param name="Data">The whole of it, its type included: any JSON object, so expect what you do not expect.</param>
public sealed record RobotTelemetry(string Kind, RawJson Data);

/// <summary>How a robot lies in space (<c>orientation_data</c>).</summary>
/// <param name="Pitch">Nose up, in degrees from −90 to 90.</param>
/// <param name="Roll">Right side down, in degrees from −180 to 180.</param>
public sealed record RobotOrientation(double Pitch, double Roll);

/// <summary>The air around a robot (<c>climate_data</c>).</summary>
/// <param name="Temperature">In °C. Robots of the older kind send tenths of °C.</param>
/// <param name="Pressure">In Pa.</param>
public sealed record RobotClimate(double Temperature, double Pressure);

/// <summary>Which way a motor's shaft turns, seen from its front.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MotorDirection>))]
public enum MotorDirection
{
    /// <summary>Clockwise, <c>CW</c> on the wire.</summary>
    [JsonStringEnumMemberName("CW")]
    Clockwise,

    /// <summary>Counter-clockwise, <c>CCW</c> on the wire.</summary>
    [JsonStringEnumMemberName("CCW")]
    CounterClockwise,
}

/// <summary>What a motor does, or shall do.</summary>
/// <param name="Direction">Which way it turns; of no meaning at speed 0.</param>
/// <param name="Speed">From 0 (it stands) to 100 (as fast as it can).</param>
public sealed record MotorState(
    [property: JsonPropertyName("dir")] MotorDirection Direction,
    [property: JsonPropertyName("spd")] int Speed)
{
    /// <summary>Standing.</summary>
    public static MotorState Stopped { get; } = new(MotorDirection.Clockwise, 0);

    /// <summary>A speed with a sign: positive is clockwise.</summary>
    /// <param name="speed">From −100 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is beyond.</exception>
    public static MotorState Turning(int speed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(speed, -100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(speed, 100);
        return new MotorState(speed < 0 ? MotorDirection.CounterClockwise : MotorDirection.Clockwise, Math.Abs(speed));
    }
}

/// <summary>How a robot is (<c>status</c>): sent every few seconds, and when something in it but the uptime changes.</summary>
/// <param name="Uptime">Seconds since its program started.</param>
/// <param name="Link">Its connection.</param>
/// <param name="Driver">Who has control; null for nobody.</param>
/// <param name="Stopped">Whether an emergency stop is latched.</param>
/// <param name="Faults">What has failed since the program started, and whether it works again.</param>
public sealed record RobotStatus(double Uptime, RobotLink Link, RobotDriver? Driver, bool Stopped, ImmutableArray<RobotFault> Faults);

/// <summary>A robot's connection to the concierge.</summary>
/// <param name="Connected">Whether it stands: always, in what a robot sends over it.</param>
/// <param name="Losses">How many times it was lost since the program started.</param>
public sealed record RobotLink(bool Connected, int Losses);

/// <summary>The client that has control of a robot.</summary>
/// <param name="Uuid">Its uuid.</param>
/// <param name="Name">Its name.</param>
/// <param name="Nickname">Its nickname, if any.</param>
public sealed record RobotDriver(Guid Uuid, string Name, string? Nickname);

/// <summary>A part of a robot that failed.</summary>
/// <param name="Part">Which: <c>m1</c>, <c>led</c>, <c>barometer</c>, …</param>
/// <param name="Error">What went wrong the last time.</param>
/// <param name="Count">How many times it failed.</param>
/// <param name="Working">Whether it works again.</param>
public sealed record RobotFault(string Part, string Error, int Count, bool Working);

/// <summary>A message of a ROS topic that a robot passes on (<c>ros</c>).</summary>
/// <param name="Topic">The topic, such as <c>/odom</c>.</param>
/// <param name="Message">The message, as rosbridge gives it.</param>
public sealed record RosMessage(string Topic, RawJson Message);

/// <summary>What a robot answered to a command (<c>command_result</c>).</summary>
/// <param name="Ok">Whether it was carried out.</param>
/// <param name="Error">Why not; null where it was.</param>
/// <param name="Values">What a ROS service returned; null for all other commands.</param>
public sealed record CommandResult(bool Ok, string? Error, RawJson? Values = null);

/// <summary>A robot that is there.</summary>
/// <param name="Id">Its id: its service is <c>robot/ID</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Service">Its service.</param>
public sealed record RobotInfo(string Id, string Name, ServiceInfo Service);

/// <summary>How all of this is written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RobotOrientation))]
[JsonSerializable(typeof(RobotClimate))]
[JsonSerializable(typeof(ImmutableSortedDictionary<string, MotorState>))]
[JsonSerializable(typeof(RobotStatus))]
internal sealed partial class RobotJson : JsonSerializerContext;
