namespace Concierge.Robot.Linux;

/// <summary>A line that is driven high or low. Used by one thread at a time.</summary>
internal interface IOutputLine : IDisposable
{
    /// <summary>Drives it.</summary>
    /// <exception cref="IOException">The kernel refuses.</exception>
    void Set(bool high);
}

/// <summary>A line that is high for a part of the time. Used by one thread at a time. Disposing of it leaves it low.</summary>
internal interface IPulse : IDisposable
{
    /// <summary>Sets how much of the time: from 0 (never) to 100 % (always). When this returns it is in force.</summary>
    /// <exception cref="IOException">The kernel refuses.</exception>
    void Set(int percent);
}
