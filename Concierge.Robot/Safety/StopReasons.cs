namespace Concierge.Robot.Safety;

/// <summary>Why no motor may turn. Several may hold at once; motors turn again when none does, and a command comes.</summary>
[Flags]
internal enum StopReasons
{
    None = 0,

    /// <summary>Somebody sent <c>com_stop</c>; holds until it is cleared.</summary>
    EmergencyStop = 1,

    /// <summary>There is no connection, so nobody could stop the robot.</summary>
    LinkLost = 2,

    /// <summary>The program is ending; never cleared.</summary>
    Ending = 4,
}
