namespace Concierge.Robot.Safety;

/// <summary>Calls back once after a time. Setting it again moves the call to the earlier of both times.</summary>
internal interface IAlarm : IDisposable
{
    /// <summary>Calls back after that time, or earlier where it was set to that before.</summary>
    void Set(TimeSpan after);
}

/// <summary>Makes an alarm that calls back what it is given.</summary>
internal delegate IAlarm AlarmFactory(string name, Action ring);
