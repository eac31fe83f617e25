using System.Collections.Immutable;
using Concierge.Client;

namespace Concierge.Robot.Telemetry;

/// <summary>What has failed since the robot was started. For one thread.</summary>
internal sealed class Faults
{
    /// <summary>The longest text of an error that is passed on.</summary>
    private const int LongestError = 300;

    private readonly SortedDictionary<string, RobotFault> _byPart = new(StringComparer.Ordinal);

    /// <summary>All of them, by part.</summary>
    public ImmutableArray<RobotFault> All => [.. _byPart.Values];

    /// <summary>A part failed.</summary>
    /// <returns>Whether that is news: it was working, or fails in another way.</returns>
    public bool Failed(string part, string error)
    {
        if (error.Length > LongestError) error = error[..LongestError];
        var before = _byPart.GetValueOrDefault(part);
        _byPart[part] = new RobotFault(part, error, (before?.Count ?? 0) + 1, Working: false);
        return before is not { Working: false } || before.Error != error;
    }

    /// <summary>A part works.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Works(string part)
    {
        if (!_byPart.TryGetValue(part, out var fault) || fault.Working) return false;
        _byPart[part] = fault with { Working = true };
        return true;
    }
}
