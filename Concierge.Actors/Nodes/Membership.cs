using System.Collections.Immutable;

namespace Concierge.Actors.Nodes;

/// <summary>Where a node is on its way through the cluster.</summary>
public enum NodeStatus
{
    /// <summary>It has asked to join, and has no clients yet.</summary>
    Joining,

    /// <summary>It takes part.</summary>
    Up,

    /// <summary>It is about to leave, and gives up its clients.</summary>
    Leaving,

    /// <summary>It has given up its clients.</summary>
    Exiting,

    /// <summary>The majority has given it up.</summary>
    Down,
}

/// <summary>One node of the cluster, as another sees it.</summary>
/// <param name="Node">Which one.</param>
/// <param name="Status">Where it is on its way.</param>
/// <param name="IsReachable">Whether it answers at the moment.</param>
public sealed record NodeMember(NodeId Node, NodeStatus Status, bool IsReachable = true);

/// <summary>The nodes of the cluster, as one of them sees it; told to everybody who has to know, whole, at every change.</summary>
/// <param name="Self">The node that sees it so.</param>
/// <param name="Members">All nodes, itself included. One that is not among them any more is gone for good.</param>
public sealed record Membership(NodeId Self, ImmutableArray<NodeMember> Members)
{
    /// <summary>A cluster of one.</summary>
    public static Membership Of(NodeId self) => new(self, [new NodeMember(self, NodeStatus.Up)]);

    /// <summary>The members that take part, or still do.</summary>
    public IEnumerable<NodeMember> Present => Members.Where(member => member.Status is NodeStatus.Up or NodeStatus.Leaving or NodeStatus.Exiting);

    /// <summary>Whether more than half of the nodes that take part answer.</summary>
    public bool IsMajorityReachable => 2 * Present.Count(member => member.IsReachable) > Present.Count();
}

/// <summary>Asks for the <see cref="Membership"/>: the sender is told it now and at every change.</summary>
public sealed record SubscribeMembership
{
    /// <summary>The only one.</summary>
    public static SubscribeMembership Instance { get; } = new();
}
