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

    public SplitBrainResolver(Cluster cluster, SplitBrainResolverSettings settings)
    {
        _cluster = cluster;
        _settings = settings;
        _strategy = new KeepMajority(settings.KeepMajorityRole);
    }

    public ITimerScheduler Timers { get; set; }

    /// <summary>Nothing has changed for a while.</summary>
    private sealed record Stable;

    /// <summary>Things have been changing for too long.</summary>
    private sealed record Unstable;

    /// <summary>No member's reachability has changed for so long that earlier changes don't count any more.</summary>
    private sealed record Quiet;

    protected override void PreStart() => _cluster.Subscribe(Self, InitialStateAsEvents, typeof(GossipChanged));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case GossipChanged changed:
                Note(changed);
                break;
            case Stable when Undecided(_latest.Gossip).IsEmpty:
                break;
            case Stable:
                // Who does not lead now may do so later.
                Await(new Stable(), TimeSpan.FromSeconds(Math.Min(1, _settings.DowningStableAfter.TotalSeconds / 4)));
                if (_latest.IsLeader)
                    Down("by keep-majority", _strategy.NodesToDown(_latest.Gossip, _cluster.SelfUniqueAddress));
                break;
            case Unstable:
                Down("as it is unstable", KeepMajority.AllNodes(_latest.Gossip));
                break;
            case Quiet:
                Timers.Cancel(typeof(Unstable));
                break;
        }
    }

    private static ImmutableHashSet<UniqueAddress> Undecided(Gossip gossip) =>
        [.. gossip.Unreachable.Where(node => gossip.Find(node).Status is not (MemberStatus.Down or MemberStatus.Exiting))];

    private void Note(GossipChanged changed)
    {
        var (before, after) = (_latest.Gossip, changed.Gossip);
        _latest = changed;
        var isReachabilityChanged = !Undecided(before).SetEquals(Undecided(after));
        if (isReachabilityChanged)
        {
            Context.GetLogger().Info("SBR sees [{0}] unreachable members; it decides when nothing has changed for {1}.", Undecided(after).Count, _settings.DowningStableAfter);
            Await(new Quiet(), _settings.DowningStableAfter * 2);
            if (_settings.DownAllWhenUnstable > TimeSpan.Zero && !Timers.IsTimerActive(typeof(Unstable)))
                Await(new Unstable(), _settings.DowningStableAfter + _settings.DownAllWhenUnstable);
        }
        if (Undecided(after).IsEmpty)
            Timers.Cancel(typeof(Unstable));
        if (isReachabilityChanged || before.Members.Count != after.Members.Count || !before.Members.Zip(after.Members).All(pair => pair.First.IsSameAs(pair.Second)))
            Await(new Stable(), _settings.DowningStableAfter);
    }

    private void Await(object what, TimeSpan after) => Timers.StartSingleTimer(what.GetType(), what, after);

    private void Down(string why, ImmutableHashSet<UniqueAddress> nodes)
    {
        if (nodes.IsEmpty)
            return;
        var isMyself = nodes.Contains(_cluster.SelfUniqueAddress);
        Context.GetLogger().Warning(
            "SBR is downing [{0}] {1}{2}; [{3}] of [{4}] members are unreachable.",
            string.Join(", ", nodes.Select(node => node.Address)), why, isMyself ? ", including myself" : "", _latest.Gossip.Unreachable.Count, _latest.Gossip.Members.Count);
        _cluster.Tell(new ClusterAction.DownNodes(nodes));
        Timers.Cancel(typeof(Unstable));
        Await(new Stable(), _settings.DowningStableAfter);
    }
}
