using System.Collections.Immutable;
using Concierge.Actors.Nodes;

namespace Concierge.Actors.Telemetry;

/// <summary>How all nodes of the cluster do, no more than a second ago.</summary>
/// <param name="Nodes">One entry for each.</param>
public sealed record ClusterReport(ImmutableArray<ClusterReport.Node> Nodes)
{
    /// <summary>One node.</summary>
    /// <param name="Id">Which one.</param>
    /// <param name="Name">What it is called; null for one that has never told.</param>
    /// <param name="Roles">What it is there for, as far as it has told.</param>
    /// <param name="Status">Where it is on its way through the cluster, in a word; <c>unreachable</c> where it doesn't answer.</param>
    /// <param name="IsSelf">Whether it is the one that reports.</param>
    /// <param name="Figures">What it counts; null where it hasn't answered in time.</param>
    public sealed record Node(NodeId Id, string? Name, IReadOnlyList<string> Roles, string Status, bool IsSelf, NodeFigures? Figures);

    /// <summary>Asks the <see cref="ConciergeActor"/> for a report; the sender is told, within a second or so.</summary>
    public sealed record Request
    {
        /// <summary>The only one.</summary>
        public static Request Instance { get; } = new();
    }
}
