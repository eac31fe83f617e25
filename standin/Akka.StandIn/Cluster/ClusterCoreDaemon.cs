using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>
/// Holds what this node knows of the cluster, and is the only one that changes it: by what it is asked to do here, by what others know, and, where this node is
/// the leader, by moving members on. Each change goes to all others at once; what gets lost is made up for by gossip at intervals.
/// </summary>
internal sealed partial class ClusterCoreDaemon : UntypedActor, IWithTimers
{
    private readonly Cluster _cluster;
    private readonly UniqueAddress _self;
    private readonly Subscribers _subscribers;
    private readonly List<Action> _onUp = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef _heartbeats;
    private Gossip _gossip = Gossip.Empty;
    private ImmutableHashSet<UniqueAddress> _exitingConfirmed = [];

    /// <summary>Their successors have been seen at the same address.</summary>
    private ImmutableHashSet<UniqueAddress> _replaced = [];

    public ClusterCoreDaemon(Cluster cluster)
    {
        _cluster = cluster;
        _self = cluster.SelfUniqueAddress;
        _subscribers = new Subscribers(Context);
    }

    public ITimerScheduler Timers { get; set; }

    private ClusterSettings Settings => _cluster.Settings;

    private bool IsMember => _gossip.Has(_self);

    private MemberStatus SelfStatus => _gossip.Find(_self)?.Status ?? MemberStatus.Removed;

    private static DateTime UtcNow => Context.System.Scheduler.Now.UtcDateTime;

    private sealed record GossipTick;

    private sealed record LeaderTick;

    protected override void PreStart()
    {
        _heartbeats = Context.ActorOf(Props.Create<HeartbeatSender>(_cluster), "heartbeatSender");
        Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));
        Timers.StartPeriodicTimer(typeof(GossipTick), new GossipTick(), Settings.PeriodicTasksInitialDelay, Settings.GossipInterval);
        Timers.StartPeriodicTimer(typeof(LeaderTick), new LeaderTick(), Settings.PeriodicTasksInitialDelay, Settings.LeaderActionsInterval);
        if (!Settings.SeedNodes.IsEmpty)
            JoinSeedNodes(Settings.SeedNodes);
    }

    /// <summary>As in Akka.NET, to this node's subscribers everybody is removed.</summary>
    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        _subscribers.Publish(ClusterEvent.ClusterShuttingDown.Instance);
        _cluster.Publish(new ClusterEvent.CurrentClusterState());
        foreach (var happened in MembershipEvents.Between(_gossip, Gossip.Empty, _self))
            _subscribers.Publish(happened);
    }

    protected override void OnReceive(object message)
    {
        if (_cluster.IsTerminated)
            return;
        switch (message)
        {
            case IClusterMessage fromAnyNode:
                Heard(fromAnyNode);
                break;
            case GossipTick:
                GossipToSomebody();
                break;
            case LeaderTick:
                Lead();
                break;
            case ClusterAction.Observed observed:
                Observe(observed.Unreachable);
                break;
            case ClusterAction.DownNodes down:
                Down(down.Nodes);
                break;
            case ClusterAction.Down down:
                Down([.. _gossip.Members.Where(member => member.Address == down.Address).Select(member => member.UniqueAddress)]);
                break;
            case ClusterAction.Leave leave:
                Leave(leave.Address);
                break;
            case ClusterAction.LeaveSelf:
                Leave(_self.Address);
                Sender.Tell(Done.Instance);
                break;
            case ClusterAction.ExitingCompleted:
                Sender.Tell(Done.Instance);
                Exited();
                break;
            case ThisActorSystemQuarantinedEvent quarantined when _gossip.Members.Any(member => member.Address == quarantined.RemoteAddress):
                _log.Warning("Cluster Node [{0}] - [{1}] has removed this node from the cluster.", _self.Address, quarantined.RemoteAddress);
                Down([_self]);
                break;
            case Terminated terminated:
                _subscribers.Remove(terminated.ActorRef, null);
                break;
            default:
                Join(message);
                Serve(message);
                break;
        }
    }

    private void Heard(IClusterMessage message)
    {
        switch (message)
        {
            case GossipEnvelope envelope:
                Heard(envelope);
                break;
            case InitJoin when IsMember && SelfStatus is not (MemberStatus.Down or MemberStatus.Exiting):
                Sender.Tell(new InitJoinAck(_self.Address), Self);
                break;
            case InitJoin:
                Sender.Tell(new InitJoinNack(_self.Address), Self);
                break;
            case Join join when IsMember:
                Admit(join, Sender);
                break;
            case Welcome welcome when !IsMember:
                Enter(welcome);
                break;
            case ExitingConfirmed confirmed when _gossip.Has(confirmed.Node):
                _exitingConfirmed = _exitingConfirmed.Add(confirmed.Node);
                Lead();
                break;
        }
    }

    private void Serve(object message)
    {
        switch (message)
        {
            case ClusterAction.Subscribe { Mode: ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents } subscribe:
                _subscribers.Add(subscribe.Subscriber, subscribe.To);
                foreach (var happened in MembershipEvents.Between(Gossip.Empty, _gossip, _self).Append(Everything()))
                    Subscribers.Tell(subscribe.Subscriber, subscribe.To, happened);
                break;
            case ClusterAction.Subscribe subscribe:
                _subscribers.Add(subscribe.Subscriber, subscribe.To);
                subscribe.Subscriber.Tell(MembershipEvents.State(_gossip, _self), ActorRefs.NoSender);
                break;
            case ClusterAction.Unsubscribe unsubscribe:
                _subscribers.Remove(unsubscribe.Subscriber, unsubscribe.From);
                break;
            case ClusterAction.SendCurrentState send:
                send.Receiver.Tell(MembershipEvents.State(_gossip, _self), ActorRefs.NoSender);
                break;
            case ClusterAction.OnMemberUp onUp:
                _onUp.Add(onUp.Callback);
                RunIfUp();
                break;
        }
    }

    private ClusterEvent.GossipChanged Everything() => new(_gossip, _gossip.Leader(_self) == _self);

    private void RunIfUp()
    {
        if (SelfStatus != MemberStatus.Up)
            return;
        foreach (var callback in _onUp)
        {
            try
            {
                callback();
            }
            catch (Exception e)
            {
                _log.Error(e, "A callback on this member's being up failed: {0}", e.Message);
            }
        }
        _onUp.Clear();
    }
}
