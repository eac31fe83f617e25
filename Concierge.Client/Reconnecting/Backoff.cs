namespace Concierge.Client;

/// <summary>The waits of one row of attempts. Not thread-safe.</summary>
/// <param name="policy">The bounds of the waits.</param>
/// <param name="random">Gives the jitter: at least 0, below 1.</param>
internal sealed class Backoff(ReconnectPolicy policy, Func<double> random)
{
    private TimeSpan _ceiling = policy.InitialDelay;

    /// <summary>How long to wait before the next attempt.</summary>
    public TimeSpan Next()
    {
        var delay = _ceiling * random();
        // Compared before it is multiplied: a TimeSpan overflows, a ceiling must not.
        _ceiling = _ceiling > policy.MaxDelay / policy.Factor ? policy.MaxDelay : _ceiling * policy.Factor;
        return delay;
    }

    /// <summary>Starts over, after a connection that lasted.</summary>
    public void Reset() => _ceiling = policy.InitialDelay;
}
