namespace Concierge.Client;

/// <summary>
/// When a lost connection is tried again. The n-th attempt waits a random time between zero and
/// min(<see cref="MaxDelay"/>, <see cref="InitialDelay"/> × <see cref="Factor"/>ⁿ), so that a thousand clients that lost
/// the same concierge do not come back at the same moment ("full jitter").
/// </summary>
public sealed record ReconnectPolicy
{
    /// <summary>A policy under which a lost connection is the end.</summary>
    public static ReconnectPolicy Never { get; } = new() { Enabled = false };

    /// <summary>Whether to reconnect at all. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The longest wait before the first attempt: more than zero, default 250 ms.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait before any attempt: at least <see cref="InitialDelay"/>, default 30 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>By how much each failed attempt stretches the longest wait: 1 or more, default 2.</summary>
    public double Factor { get; init; } = 2;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(InitialDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDelay, InitialDelay);
        if (!(Factor >= 1) || double.IsInfinity(Factor))
            throw new ArgumentOutOfRangeException(nameof(Factor), Factor, "Expected 1 or more.");
    }
}
