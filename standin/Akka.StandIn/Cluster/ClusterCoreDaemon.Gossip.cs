using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster;

internal sealed partial class ClusterCoreDaemon
{
    /// <summary>No node is away for so long and comes back as the same incarnation.</summary>
    private static readonly TimeSpan RememberRemovedFor = TimeSpan.FromDays(1);

    private IEnumerable<UniqueAddress> Others => _gossip.Members.Select(member => member.UniqueAddress).Where(node => node != _self);

    private void Heard(GossipEnvelope envelope)
    {
        if (!IsMember || envelope.To != _self)
            return;
        if (!_gossip.Has(envelope.From))
        {
            // It was paused while it was removed, and is to learn of it.
            if (_gossip.Tombstones.ContainsKey(envelope.From))
                GossipTo(envelope.From);
            return;
        }
        if (_gossip.Reachability.UnreachableBy(_self).Contains(envelope.From))
            return;
        var theirs = envelope.Gossip.Prune(UtcNow - RememberRemovedFor);
        var merged = _gossip.Merge(theirs);
        var isNewsToUs = !merged.IsSameAs(_gossip);
        var isNewsToThem = !merged.IsSameAs(theirs);
        Know(merged);
        if (isNewsToUs && isNewsToThem)
        {
            Push();
        }
        else
        {
            if (isNewsToThem || !theirs.Seen.Contains(_self))
                GossipTo(envelope.From);
            if (isNewsToUs && _gossip.Leader(_self) is { } leader && leader != envelope.From)
                GossipTo(leader);
        }
        Lead();
    }

    /// <summary>A change that begins here.</summary>
    private void Change(Gossip changed)
    {
        Know(changed);
        Push();
        Lead();
    }

    /// <summary>All that follows from knowing something else than before.</summary>
    private void Know(Gossip gossip)
    {
        var before = _gossip;
        _gossip = gossip.SeenBy(_self);
        if (_cluster.IsTerminated)
            return;
        _cluster.Publish(MembershipEvents.State(_gossip, _self));
        foreach (var happened in MembershipEvents.Between(before, _gossip, _self))
        {
            _cluster.LogInfo("{0}", happened);
            _subscribers.Publish(happened);
            if (happened is MemberRemoved { PreviousStatus: not (MemberStatus.Leaving or MemberStatus.Exiting) } removed && removed.Member.UniqueAddress != _self)
                ((IRemoteActorRefProvider)_cluster.System.Provider).Quarantine(removed.Member.Address, removed.Member.UniqueAddress.Uid);
        }
        _subscribers.Publish(Everything());
        _exitingConfirmed = _exitingConfirmed.Intersect(Others);
        _replaced = _replaced.Intersect(Others);
        _heartbeats.Tell(new HeartbeatSender.To([.. Others]));
        FollowSelf(before);
    }

    private void FollowSelf(Gossip before)
    {
        RunIfUp();
        if (SelfStatus == MemberStatus.Exiting && before.Find(_self)?.Status != MemberStatus.Exiting)
        {
            _cluster.SelfExiting.TrySetResult();
            _ = CoordinatedShutdown.Get(_cluster.System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
        }
        if (SelfStatus == MemberStatus.Down || (before.Has(_self) && !IsMember))
        {
            Push();
            _cluster.Shutdown();
        }
    }

    /// <summary>What can be done now, step by step: each step has to be seen by all before the next.</summary>
    private void Lead()
    {
        while (IsMember && !_cluster.IsTerminated && _gossip.Leader(_self) == _self && _gossip.IsConverged(_self, _exitingConfirmed)
            && _gossip.NextStep(_exitingConfirmed, Settings.MinNrOfMembers, UtcNow) is { } next)
        {
            Know(next);
            Push();
        }
    }

    private void Push()
    {
        foreach (var other in Others)
            GossipTo(other);
    }

    private void GossipToSomebody()
    {
        if (!IsMember)
            return;
        _gossip = _gossip.Prune(UtcNow - RememberRemovedFor);
        UniqueAddress[] all = [.. Others.Except(_gossip.Reachability.UnreachableBy(_self))];
        UniqueAddress[] ignorant = [.. all.Except(_gossip.Seen)];
        var candidates = ignorant.Length > 0 ? ignorant : all;
        if (candidates.Length > 0)
            GossipTo(candidates[Random.Shared.Next(candidates.Length)]);
    }

    private void GossipTo(UniqueAddress other)
    {
        if (!_gossip.Reachability.UnreachableBy(_self).Contains(other))
            _cluster.CoreAt(other.Address).Tell(new GossipEnvelope(_self, other, _gossip), Self);
    }

    private void Observe(ImmutableHashSet<UniqueAddress> unreachable)
    {
        var known = _gossip.Reachability.UnreachableBy(_self);
        var observed = unreachable.Union(_replaced).Intersect(Others);
        if (!IsMember || known.SetEquals(observed))
            return;
        foreach (var node in observed.Except(known))
            _log.Warning("Cluster Node [{0}] - Marking node as UNREACHABLE [{1}].", _self.Address, _gossip.Find(node));
        foreach (var node in known.Except(observed))
            _cluster.LogInfo("Marking node as REACHABLE [{0}].", node.Address);
        Change(_gossip.WithUnreachable(_self, observed));
    }

    private void Down(ImmutableHashSet<UniqueAddress> nodes)
    {
        Member[] downed = [.. _gossip.Members.Where(member => nodes.Contains(member.UniqueAddress) && member.Status != MemberStatus.Down)];
        if (downed.Length == 0)
            return;
        foreach (var member in downed)
            _cluster.LogInfo("Marking node [{0}] as [Down].", member.Address);
        Change(_gossip.With(downed.Select(member => member.Copy(MemberStatus.Down))));
    }

    private void Leave(Address address)
    {
        var leaving = _gossip.Members.FirstOrDefault(member => member.Address == address && member.Status is (MemberStatus.Joining or MemberStatus.Up));
        if (leaving is not null)
            Change(_gossip.With(leaving.Copy(MemberStatus.Leaving)));
    }

    /// <summary>Others needn't wait for their failure detectors.</summary>
    private void Exited()
    {
        Push();
        foreach (var other in Others)
            _cluster.CoreAt(other.Address).Tell(new ExitingConfirmed(_self), Self);
        _cluster.Shutdown();
    }
}
