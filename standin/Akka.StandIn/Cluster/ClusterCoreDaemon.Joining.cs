using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

internal sealed partial class ClusterCoreDaemon
{
    private ImmutableList<Address> _seedNodes = [];
    private IActorRef _seedNodeProcess;
    private Address _joiningWith;

    /// <summary>Joining with that node has not come to anything.</summary>
    private sealed record RetryJoin;

    private sealed record GiveUpOnSeeds;

    private void Join(object message)
    {
        switch (message)
        {
            case ClusterAction.JoinSeedNodes join:
                JoinSeedNodes(join.SeedNodes);
                break;
            case ClusterAction.JoinTo join when IsMember:
                _cluster.LogInfo("Trying to join [{0}] when already part of a cluster, ignoring", join.Address);
                break;
            case ClusterAction.JoinTo join:
                JoinTo(join.Address);
                break;
            case RetryJoin when !IsMember && !_seedNodes.IsEmpty:
                JoinSeedNodes(_seedNodes);
                break;
            case RetryJoin when !IsMember:
                JoinTo(_joiningWith);
                break;
            case GiveUpOnSeeds when !IsMember:
                _log.Warning("Joining of seed-nodes [{0}] was unsuccessful after configured shutdown-after-unsuccessful-join-seed-nodes. Running CoordinatedShutdown.", string.Join(", ", _seedNodes));
                _ = CoordinatedShutdown.Get(_cluster.System).Run(CoordinatedShutdown.ClusterJoinUnsuccessfulReason.Instance);
                break;
        }
    }

    private void JoinSeedNodes(ImmutableList<Address> seedNodes)
    {
        if (IsMember || seedNodes.IsEmpty)
            return;
        if (_seedNodes.IsEmpty && Settings.ShutdownAfterUnsuccessfulJoinSeedNodes is { } patience)
            Timers.StartSingleTimer(typeof(GiveUpOnSeeds), new GiveUpOnSeeds(), patience);
        _seedNodes = seedNodes;
        _joiningWith = null;
        StopSeedNodeProcess();
        if (seedNodes.All(seed => seed == _self.Address))
            JoinTo(_self.Address);
        else
            _seedNodeProcess = Context.ActorOf(Props.Create<SeedNodeProcess>(_cluster, seedNodes));
    }

    private void JoinTo(Address address)
    {
        StopSeedNodeProcess();
        if (address.System != _self.Address.System || address.Protocol != _self.Address.Protocol)
        {
            _log.Warning("Trying to join [{0}], which is another system or speaks another protocol than [{1}].", address, _self.Address);
            return;
        }
        if (address == _self.Address)
        {
            _cluster.LogInfo("Node [{0}] is JOINING itself (with roles [{1}]) and forming new cluster", address, string.Join(',', _cluster.SelfRoles));
            Change(Gossip.Empty.With(Member.Joining(_self, _cluster.SelfRoles)));
            return;
        }
        _joiningWith = address;
        _cluster.CoreAt(address).Tell(new Join(_self, _cluster.SelfRoles), Self);
        if (Settings.RetryUnsuccessfulJoinAfter is { } interval)
            Timers.StartSingleTimer(typeof(RetryJoin), new RetryJoin(), interval);
    }

    private void StopSeedNodeProcess()
    {
        if (_seedNodeProcess is not null)
            Context.Stop(_seedNodeProcess);
        _seedNodeProcess = null;
    }

    private void Enter(Welcome welcome)
    {
        if (welcome.From.Address != _joiningWith || !welcome.Gossip.Has(_self))
        {
            _cluster.LogInfo("Ignoring welcome from [{0}] when trying to join with [{1}]", welcome.From.Address, _joiningWith);
            return;
        }
        _cluster.LogInfo("Welcome from [{0}]", welcome.From.Address);
        Timers.Cancel(typeof(RetryJoin));
        Timers.Cancel(typeof(GiveUpOnSeeds));
        Know(welcome.Gossip);
        GossipTo(welcome.From);
    }

    /// <summary>A new incarnation is let in only once the earlier one, which can't be alive, is removed: until then it has to ask again.</summary>
    private void Admit(Join join, IActorRef from)
    {
        if (join.Node.Address.System != _self.Address.System || join.Node.Address.Protocol != _self.Address.Protocol)
        {
            _log.Warning("Node [{0}] is of another system or protocol than [{1}]; it doesn't join.", join.Node.Address, _self.Address);
            return;
        }
        if (_gossip.Tombstones.ContainsKey(join.Node) || SelfStatus is MemberStatus.Down or MemberStatus.Exiting)
            return;
        var known = _gossip.Members.FirstOrDefault(member => member.Address == join.Node.Address);
        if (known is null)
        {
            _cluster.LogInfo("Node [{0}] is JOINING, roles [{1}]", join.Node.Address, string.Join(", ", join.Roles));
            Know(_gossip.With(Member.Joining(join.Node, join.Roles)));
            from.Tell(new Welcome(_self, _gossip), Self);
            Push();
            Lead();
        }
        else if (known.UniqueAddress == join.Node)
        {
            if (join.Node != _self)
                from.Tell(new Welcome(_self, _gossip), Self);
        }
        else
        {
            _cluster.LogInfo("New incarnation of existing member [{0}] is trying to join. Existing will be removed from the cluster and then new member will be allowed to join.", known);
            _replaced = _replaced.Add(known.UniqueAddress);
            Observe(_gossip.Reachability.UnreachableBy(_self));
            Down([known.UniqueAddress]);
        }
    }
}
