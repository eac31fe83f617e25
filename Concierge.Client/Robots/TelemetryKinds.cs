namespace Concierge.Client;

/// <summary>The types of what a robot tells its subscribers.</summary>
public static class TelemetryKinds
{
    /// <summary>How it lies: <see cref="RobotOrientation"/>.</summary>
    public const string Orientation = "orientation_data";

    /// <summary>The air around it: <see cref="RobotClimate"/>.</summary>
    public const string Climate = "climate_data";

    /// <summary>What its motors do: a <see cref="MotorState"/> for each, by its name. Sent on every change.</summary>
    public const string Motors = "motor_state";

    /// <summary>How it is: <see cref="RobotStatus"/>.</summary>
    public const string Status = "status";

    /// <summary>A message of a ROS topic: <see cref="RosMessage"/>.</summary>
    public const string Ros = "ros";

    /// <summary>An answer to a command, for its sender alone: <see cref="CommandResult"/>.</summary>
    public const string CommandResult = "command_result";
}
