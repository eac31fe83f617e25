using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.SBR;

/// <summary>
/// Downs who has to go, once members and their reachability have not changed for <c>stable-after</c>; each side's leader does that for its side. Where they keep
/// changing, everybody goes.
/// </summary>
internal sealed class SplitBrainResolver : UntypedActor, IWithTimers
{
    private readonly Cluster _cluster;
    private readonly SplitBrainResolverSettings _settings;
    private readonly KeepMajority _strategy;
    private GossipChanged _latest = new(Gossip.Empty, false);
    private TimeSpan _changed;
    private TimeSpan? _reachabilityFirstChanged;
    private TimeSpan _reachabilityLatestChanged;

    public SplitBrainResolver(Cluster cluster, SplitBrainResolverSettings settings)
    {
        _cluster = cluster;
        _settings = settings;
        _strategy = new KeepMajority(settings.KeepMajorityRole);
    }

    public ITimerScheduler Timers { get; set; }

    private static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    private sealed record Tick;

    protected override void PreStart()
    {
        _changed = Now;
        _cluster.Subscribe(Self, InitialStateAsEvents, typeof(GossipChanged));
        var interval = TimeSpan.FromSeconds(Math.Min(1, _settings.DowningStableAfter.TotalSeconds / 4));
        Timers.StartPeriodicTimer(typeof(Tick), new Tick(), interval);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case GossipChanged changed:
                Note(changed);
                break;
            case Tick:
                Decide();
                break;
        }
    }

    private static ImmutableHashSet<UniqueAddress> Undecided(Gossip gossip) =>
        [.. gossip.Unreachable.Where(node => gossip.Find(node).Status is not (MemberStatus.Down or MemberStatus.Exiting))];

    private void Note(GossipChanged changed)
    {
        var (before, after) = (_latest.Gossip, changed.Gossip);
        _latest = changed;
        var isUnstable = !Undecided(before).SetEquals(Undecided(after));
        if (isUnstable)
        {
            Context.GetLogger().Info("SBR sees [{0}] unreachable members; it decides when nothing has changed for {1}.", Undecided(after).Count, _settings.DowningStableAfter);
            _reachabilityFirstChanged ??= Now;
            _reachabilityLatestChanged = Now;
        }
        if (Undecided(after).IsEmpty)
            _reachabilityFirstChanged = null;
        if (isUnstable || before.Members.Count != after.Members.Count || !before.Members.Zip(after.Members).All(pair => pair.First.IsSameAs(pair.Second)))
            _changed = Now;
    }

    private void Decide()
    {
        if (Undecided(_latest.Gossip).IsEmpty)
            return;
        if (_settings.DownAllWhenUnstable > TimeSpan.Zero && _reachabilityFirstChanged is { } first)
        {
            if (Now - _reachabilityLatestChanged > _settings.DowningStableAfter * 2)
                _reachabilityFirstChanged = null;
            else if (Now - first > _settings.DowningStableAfter + _settings.DownAllWhenUnstable)
                Down("as it is unstable", _strategy.AllNodes(_latest.Gossip));
        }
        if (_latest.IsLeader && Now - _changed >= _settings.DowningStableAfter)
            Down("by keep-majority", _strategy.NodesToDown(_latest.Gossip));
    }

    private void Down(string why, ImmutableHashSet<UniqueAddress> nodes)
    {
        if (nodes.IsEmpty)
            return;
        var isMyself = nodes.Contains(_cluster.SelfUniqueAddress);
        Context.GetLogger().Warning(
            "SBR is downing [{0}] {1}{2}; [{3}] of [{4}] members are unreachable.",
            string.Join(", ", nodes.Select(node => node.Address)), why, isMyself ? ", including myself" : "", _latest.Gossip.Unreachable.Count, _latest.Gossip.Members.Count);
        _cluster.Tell(new ClusterAction.DownNodes(nodes));
        _changed = Now;
        _reachabilityFirstChanged = null;
    }
}
