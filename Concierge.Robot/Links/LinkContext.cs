using Concierge.Client;
using Concierge.Robot.Commands;
using Concierge.Robot.Configuration;
using Concierge.Robot.Safety;

namespace Concierge.Robot.Links;

/// <summary>What a link needs to know.</summary>
/// <param name="settings">The configuration.</param>
/// <param name="interlock">What is tripped when the link is lost.</param>
/// <param name="time">The clock.</param>
/// <param name="refused">Called where the concierge will never let this robot in.</param>
internal sealed class LinkContext(RobotSettings settings, Interlock interlock, TimeProvider time, Action<Exception> refused)
{
    /// <summary>So many requests may be without an answer before the link waits: what is on its way is old when it arrives.</summary>
    private const int MaxInFlight = 64;

    /// <summary>The largest message that a robot takes, and how much may wait for its handlers, in bytes.</summary>
    private const int MaxMessageSize = 1024 * 1024, MaxQueuedEvents = 4 * MaxMessageSize;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);

    private TimeSpan _retry = FirstRetry;

    /// <summary>The configuration.</summary>
    public RobotSettings Settings => settings;

    /// <summary>What is tripped when the link is lost.</summary>
    public Interlock Interlock => interlock;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Called where the concierge will never let this robot in.</summary>
    public Action<Exception> Refused => refused;

    /// <summary>Lets in no more commands than the robot keeps up with.</summary>
    public Intake Intake { get; } = new();

    /// <summary>The robot's service.</summary>
    public string Service => $"robot/{Settings.Id}";

    /// <summary>Reads commands.</summary>
    public CommandReader Commands { get; } = new(settings);

    /// <summary>How long to wait before the next attempt: twice as long each time.</summary>
    public TimeSpan NextRetry()
    {
        var wait = TimeSpan.FromTicks(Math.Min(_retry.Ticks, Settings.Retry.Ticks));
        _retry = wait * 2;
        return wait;
    }

    /// <summary>The link stood: the next row of attempts begins anew.</summary>
    public void ResetRetry() => _retry = FirstRetry;

    /// <summary>Where the robot connects, and as whom.</summary>
    public ConciergeClientOptions ClientOptions(TimeSpan requestTimeout) => new()
    {
        Uri = Settings.Url,
        // A client's name may have none of - . : in it.
        Name = $"robot_{string.Concat(Settings.Id.Select(c => char.IsLetterOrDigit(c) ? c : '_'))}",
        Nickname = Settings.Name,
        Secret = Settings.Secret,
        Tags = ["robot"],
        RequestTimeout = requestTimeout,
        KeepAlive = Settings.KeepAlive,
        Reconnect = new ReconnectPolicy { InitialDelay = TimeSpan.FromTicks(Math.Min(FirstRetry.Ticks, Settings.Retry.Ticks)), MaxDelay = Settings.Retry },
        MaxInFlight = MaxInFlight,
        MaxMessageSize = MaxMessageSize,
        MaxQueuedEvents = MaxQueuedEvents,
    };
}
