using System.Diagnostics;

namespace Akka.Actor;

/// <summary>How often a child was restarted lately.</summary>
public sealed class ChildRestartStats
{
    private readonly IInternalActorRef _child;
    private int _restarts;
    private long _windowStart;

    internal ChildRestartStats(IInternalActorRef child) => _child = child;

    internal IInternalActorRef Child => _child;

    /// <summary>Without a limit (negative) but with a window, one restart in each window is granted.</summary>
    public bool RequestRestartPermission(int maxNrOfRetries, int withinTimeMilliseconds)
    {
        if (maxNrOfRetries == 0)
            return false;
        if (withinTimeMilliseconds <= 0)
            return maxNrOfRetries < 0 || ++_restarts <= maxNrOfRetries;
        var now = Stopwatch.GetTimestamp();
        if (_windowStart == 0 || Stopwatch.GetElapsedTime(_windowStart, now).TotalMilliseconds > withinTimeMilliseconds)
        {
            _restarts = 0;
            _windowStart = now;
        }
        return ++_restarts <= (maxNrOfRetries > 0 ? maxNrOfRetries : 1);
    }
}
