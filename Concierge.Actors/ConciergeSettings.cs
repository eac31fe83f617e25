using Concierge.Protocol;

namespace Concierge.Actors;

/// <summary>What the actors need to know of the configuration. The defaults are those of the protocol.</summary>
public sealed record ConciergeSettings
{
    /// <summary>What the node is called.</summary>
    public string NodeName { get; init; } = "";

    /// <summary>What the node is there for.</summary>
    public IReadOnlyList<string> NodeRoles { get; init; } = [];

    /// <summary>What clients must give in IDENTIFY; null where none is asked for. Never logged.</summary>
    public string? Secret { get; init; }

    /// <summary>How long a new connection may take to identify itself.</summary>
    public TimeSpan IdentifyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a client is pinged.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a client may be silent; longer than the interval, so that it has a ping to answer.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many services one client may own.</summary>
    public int ServicesPerClient { get; init; } = 1_000;

    /// <summary>How many services one client may be subscribed to.</summary>
    public int SubscriptionsPerClient { get; init; } = 10_000;

    /// <summary>How many rooms one client may be a member of.</summary>
    public int RoomsPerClient { get; init; } = 1_000;

    /// <summary>The longest message of a client, in bytes. Half of what may wait for a client, at most.</summary>
    public int FrameSize { get; init; } = Limits.FrameSize;

    /// <summary>How many rooms the chatroom has: 1, 2 and so on.</summary>
    public int ChatroomRooms { get; init; } = 10;

    /// <summary>Whether browsers that drive robots are welcomed with a text, which is no JSON.</summary>
    public bool IotWelcomeText { get; init; }

    /// <summary>All but the secret.</summary>
    public override string ToString() => $"{nameof(ConciergeSettings)} {{ heartbeat {HeartbeatInterval}/{HeartbeatTimeout} }}";
}
