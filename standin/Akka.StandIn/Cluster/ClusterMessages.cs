using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>What goes between nodes, by <see cref="ClusterMessageSerializer"/>.</summary>
internal interface IClusterMessage;

internal sealed record InitJoin : IClusterMessage, IDeadLetterSuppression;

internal sealed record InitJoinAck(Address Address) : IClusterMessage, IDeadLetterSuppression;

internal sealed record InitJoinNack(Address Address) : IClusterMessage, IDeadLetterSuppression;

internal sealed record Join(UniqueAddress Node, ImmutableHashSet<string> Roles) : IClusterMessage;

internal sealed record Welcome(UniqueAddress From, Gossip Gossip) : IClusterMessage;

/// <summary>Meant for one incarnation, not for another at that address.</summary>
internal sealed record GossipEnvelope(UniqueAddress From, UniqueAddress To, Gossip Gossip) : IClusterMessage, IDeadLetterSuppression;

internal sealed record ExitingConfirmed(UniqueAddress Node) : IClusterMessage, IDeadLetterSuppression;

internal sealed record Heartbeat(Address From, long SequenceNr) : IClusterMessage, IDeadLetterSuppression;

internal sealed record HeartbeatRsp(UniqueAddress From, long SequenceNr) : IClusterMessage, IDeadLetterSuppression;

/// <summary>What is asked of this node by its own actors.</summary>
internal static class ClusterAction
{
    internal sealed record JoinTo(Address Address);

    internal sealed record JoinSeedNodes(ImmutableList<Address> SeedNodes);

    internal sealed record Leave(Address Address);

    internal sealed record Down(Address Address);

    internal sealed record DownNodes(ImmutableHashSet<UniqueAddress> Nodes);

    internal sealed record Subscribe(IActorRef Subscriber, ClusterEvent.SubscriptionInitialStateMode Mode, ImmutableHashSet<Type> To);

    internal sealed record Unsubscribe(IActorRef Subscriber, Type From);

    internal sealed record SendCurrentState(IActorRef Receiver);

    internal sealed record OnMemberUp(Action Callback);

    /// <summary>From the heartbeats: those who don't answer.</summary>
    internal sealed record Observed(ImmutableHashSet<UniqueAddress> Unreachable);

    /// <summary>Coordinated shutdown has come to its phase cluster-leave; answered once this node's leaving is known, or nothing is to be left.</summary>
    internal sealed record LeaveSelf : INoSerializationVerificationNeeded;

    /// <summary>Coordinated shutdown is past its phase cluster-exiting.</summary>
    internal sealed record ExitingCompleted : INoSerializationVerificationNeeded;
}
