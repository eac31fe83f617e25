using Akka.Actor;
using Akka.Cluster;
using Akka.Remote;

namespace Concierge.Actors.Nodes;

/// <summary>Tells the <see cref="Membership"/> as the cluster's events have it, whole, to all who have asked for it.</summary>
internal sealed class ClusterMembershipActor(ClusterView view) : UntypedActor
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly Dictionary<UniqueAddress, Member> _members = [];
    private readonly HashSet<UniqueAddress> _unreachable = [];
    private readonly HashSet<IActorRef> _subscribers = [];

    public static Props Props(ClusterView view) => Akka.Actor.Props.Create(() => new ClusterMembershipActor(view));

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(AssociatedEvent));
        _cluster.Subscribe(
            Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        _cluster.Unsubscribe(Self);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SubscribeMembership:
                _subscribers.Add(Sender);
                if (_members.Count > 0) Sender.Tell(Current());
                return;
            case AssociatedEvent opened:
                if (!opened.IsInbound) view.CountConnect();
                return;
            case ClusterEvent.CurrentClusterState state:
                foreach (Member member in state.Members) _members[member.UniqueAddress] = member;
                foreach (Member member in state.Unreachable) _unreachable.Add(member.UniqueAddress);
                break;
            // Not that others have left: this node is told of no one any more.
            case ClusterEvent.IMemberEvent when _cluster.IsTerminated: return;
            case ClusterEvent.MemberRemoved removed:
                _members.Remove(removed.Member.UniqueAddress);
                _unreachable.Remove(removed.Member.UniqueAddress);
                break;
            case ClusterEvent.IMemberEvent changed: _members[changed.Member.UniqueAddress] = changed.Member; break;
            case ClusterEvent.UnreachableMember silent: _unreachable.Add(silent.Member.UniqueAddress); break;
            case ClusterEvent.ReachableMember heard: _unreachable.Remove(heard.Member.UniqueAddress); break;
            default:
                Unhandled(message);
                return;
        }
        if (_members.Count == 0) return;
        Membership membership = Current();
        foreach (IActorRef subscriber in _subscribers) subscriber.Tell(membership);
    }

    private Membership Current() => new(
        ClusterNodes.IdOf(_cluster.SelfUniqueAddress),
        [.. _members.Values.Select(member => new NodeMember(ClusterNodes.IdOf(member.UniqueAddress), StatusOf(member), !_unreachable.Contains(member.UniqueAddress)))]);

    private static NodeStatus StatusOf(Member member) => member.Status switch
    {
        MemberStatus.Up => NodeStatus.Up,
        MemberStatus.Leaving => NodeStatus.Leaving,
        MemberStatus.Exiting => NodeStatus.Exiting,
        MemberStatus.Down or MemberStatus.Removed => NodeStatus.Down,
        _ => NodeStatus.Joining,
    };
}
