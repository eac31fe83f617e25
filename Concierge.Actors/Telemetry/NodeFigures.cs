using Concierge.Actors.Nodes;

namespace Concierge.Actors.Telemetry;

/// <summary>What a node tells of itself when another asks it, and how it is on the way. Counts are of this node's clients alone.</summary>
public sealed record NodeFigures : INodeMessage
{
    /// <summary>Whose they are.</summary>
    public required NodeId Node { get; init; }

    /// <summary>What the node is called.</summary>
    public required string Name { get; init; }

    /// <summary>What it is there for.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>How long it has run when this was measured: the time between two measurements is the difference, whenever they arrived.</summary>
    public required TimeSpan Uptime { get; init; }

    /// <summary>Open connections, of clients that have said who they are and others.</summary>
    public required long Connections { get; init; }

    /// <summary>Clients that have said who they are.</summary>
    public required int Clients { get; init; }

    /// <summary>Services that its clients own.</summary>
    public required int Services { get; init; }

    /// <summary>Rooms that its clients are in; other nodes' clients may be, too.</summary>
    public required int Rooms { get; init; }

    /// <summary>Messages received, since the start.</summary>
    public required long MessagesReceived { get; init; }

    /// <summary>Messages queued for clients, each receiver counted, since the start.</summary>
    public required long MessagesSent { get; init; }

    /// <summary>Bytes received, since the start.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Bytes queued for clients, since the start.</summary>
    public required long BytesSent { get; init; }

    /// <summary>Bytes that wait for clients to take them.</summary>
    public required long OutboxBytes { get; init; }

    /// <summary>Asks a node for them; the sender is told.</summary>
    public sealed record Request : INodeMessage
    {
        /// <summary>The only one.</summary>
        public static Request Instance { get; } = new();
    }
}
