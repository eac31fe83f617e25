using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster;

/// <summary>What to tell subscribers, by what has changed.</summary>
internal static class MembershipEvents
{
    internal static IEnumerable<IClusterDomainEvent> Between(Gossip before, Gossip after, UniqueAddress self)
    {
        foreach (var member in after.Members)
        {
            if (before.Find(member.UniqueAddress) is not { } known || !known.IsSameAs(member))
                yield return Changed(member);
        }
        foreach (var member in before.Members.Where(member => !after.Has(member.UniqueAddress)))
            yield return new MemberRemoved(member.Copy(MemberStatus.Removed), member.Status);
        foreach (var node in after.Unreachable.Except(before.Unreachable).Where(node => node != self))
            yield return new UnreachableMember(after.Find(node));
        foreach (var node in before.Unreachable.Except(after.Unreachable).Where(node => node != self && after.Has(node)))
            yield return new ReachableMember(after.Find(node));
        if (before.Leader(self) != after.Leader(self))
            yield return new LeaderChanged(after.Leader(self)?.Address);
    }

    internal static CurrentClusterState State(Gossip gossip, UniqueAddress self) => new(
        gossip.Members,
        [.. gossip.Unreachable.Where(node => node != self).Select(gossip.Find)],
        [.. gossip.Seen.Select(node => node.Address)],
        gossip.Leader(self)?.Address);

    private static MemberStatusChange Changed(Member member) => member.Status switch
    {
        MemberStatus.Joining => new MemberJoined(member),
        MemberStatus.Up => new MemberUp(member),
        MemberStatus.Leaving => new MemberLeft(member),
        MemberStatus.Exiting => new MemberExited(member),
        MemberStatus.Down => new MemberDowned(member),
        _ => throw new InvalidOperationException($"{member} is no member's status."),
    };
}
