using Akka.Actor;
using Concierge.Actors.Dialects;
using Concierge.Actors.Directory;
using Concierge.Actors.Telemetry;

namespace Concierge.Actors.Nodes;

/// <summary>Keeps a link to every other node that takes part in the cluster, from when it is seen until it is gone for good.</summary>
public sealed class PeersActor : UntypedActor
{
    private readonly PeerContext _context;
    private readonly IActorRef _membership;
    private readonly Dictionary<NodeId, IActorRef> _peers = [];

    /// <summary>Use <see cref="Props"/>.</summary>
    internal PeersActor(PeerContext context, IActorRef membership)
    {
        _context = context;
        _membership = membership;
    }

    /// <summary>How to create it.</summary>
    /// <param name="context">What all links of the node share.</param>
    /// <param name="membership">Who tells what nodes there are.</param>
    internal static Props Props(PeerContext context, IActorRef membership) =>
        Akka.Actor.Props.CreateBy(new Producer(context, membership));

    /// <inheritdoc/>
    protected override void PreStart() => _membership.Tell(SubscribeMembership.Instance);

    // A link knows what was told and taken; nothing else could make that up again.
    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(fault =>
    {
        _context.Metrics.CountRestart();
        return fault is ActorInitializationException ? Directive.Stop : Directive.Resume;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Membership membership: OnMembership(membership); break;
            // One that this node has not seen yet comes back.
            case Connect connect: if (_peers.TryGetValue(connect.From, out IActorRef? peer)) peer.Forward(connect); break;
            default: Unhandled(message); break;
        }
    }

    private void OnMembership(Membership membership)
    {
        Dictionary<NodeId, NodeMember> present = membership.Present.Where(member => member.Node != membership.Self).ToDictionary(member => member.Node);
        foreach (NodeMember member in present.Values)
        {
            if (!_peers.TryGetValue(member.Node, out IActorRef? peer))
                _peers.Add(member.Node, peer = Context.ActorOf(PeerActor.Props(_context, member.Node)));
            peer.Tell(new PeerActor.Reachable(member.IsReachable));
        }
        // One that was given up may still be about to learn so; until it is gone for good its names are its own.
        foreach (NodeId node in _peers.Keys.Except(membership.Members.Select(member => member.Node)).ToList())
        {
            _peers.Remove(node, out IActorRef? gone);
            Context.Stop(gone);
        }
        _context.Cluster.Membership = membership;
    }

    /// <summary>A node's end of a link looks for the other end, which answers the sender.</summary>
    /// <param name="From">The node that looks.</param>
    public sealed record Connect(NodeId From) : INodeMessage;

    private sealed class Producer(PeerContext context, IActorRef membership) : IIndirectActorProducer
    {
        public Type ActorType => typeof(PeersActor);

        public ActorBase Produce() => new PeersActor(context, membership);

        public void Release(ActorBase actor)
        {
        }
    }
}

/// <summary>What all links of a node share.</summary>
/// <param name="Self">The node.</param>
/// <param name="Contact">Where a node's actor of that name is told something.</param>
/// <param name="Directory">The actor that applies changes.</param>
/// <param name="View">Who is where.</param>
/// <param name="Cluster">What health checks see of the cluster.</param>
/// <param name="Dialects">What clients speak that don't speak the protocol.</param>
/// <param name="Metrics">What is counted.</param>
internal sealed record PeerContext(
    NodeId Self, Func<NodeId, string, ICanTell> Contact, IActorRef Directory, DirectoryView View, ClusterView Cluster, DialectSet Dialects, ConciergeMetrics Metrics);
