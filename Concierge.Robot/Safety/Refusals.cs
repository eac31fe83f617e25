namespace Concierge.Robot.Safety;

/// <summary>Says to a client why no motor may turn.</summary>
internal static class Refusals
{
    public static string Of(StopReasons reasons) =>
        reasons.HasFlag(StopReasons.Ending) ? "the robot is shutting down"
        : reasons.HasFlag(StopReasons.EmergencyStop) ? "the emergency stop is on: clear it with com_stop {\"state\": false}"
        : "the robot has no link yet";
}
