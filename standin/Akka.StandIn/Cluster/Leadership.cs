using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>
/// The leader moves members on: it is the oldest that is reachable, which each node finds by itself. It acts on convergence, when all have seen the same and none is
/// unreachable that isn't on its way out.
/// </summary>
internal static class Leadership
{
    internal static UniqueAddress Leader(this Gossip gossip, UniqueAddress self) => gossip.Members
        .Where(member => member.Status != MemberStatus.Down && (member.UniqueAddress == self || !gossip.Unreachable.Contains(member.UniqueAddress)))
        .OrderBy(member => member.Status switch
        {
            MemberStatus.Up or MemberStatus.Leaving => 0,
            MemberStatus.Joining => 1,
            _ => 2,
        })
        .ThenBy(member => member, Member.AgeOrdering)
        .FirstOrDefault()?.UniqueAddress;

    internal static bool IsConverged(this Gossip gossip, UniqueAddress self, ImmutableHashSet<UniqueAddress> exitingConfirmed) =>
        gossip.Members.All(member => member.Status is not (MemberStatus.Up or MemberStatus.Leaving)
            || gossip.Seen.Contains(member.UniqueAddress)
            || exitingConfirmed.Contains(member.UniqueAddress))
        && gossip.Unreachable.All(node => node == self || exitingConfirmed.Contains(node) || IsOnItsWayOut(gossip.Find(node)));

    /// <summary>The next step of all who can take one; null where nobody can.</summary>
    internal static Gossip NextStep(this Gossip gossip, ImmutableHashSet<UniqueAddress> exitingConfirmed, int minNrOfMembers, DateTime now)
    {
        Member[] removed =
        [
            .. gossip.Members.Where(member => IsOnItsWayOut(member) && gossip.Unreachable.Contains(member.UniqueAddress)
                || member.Status == MemberStatus.Exiting && exitingConfirmed.Contains(member.UniqueAddress)),
        ];
        var hasEnough = gossip.Members.Count(member => member.Status is MemberStatus.Joining or MemberStatus.Up) >= minNrOfMembers;
        var lastUp = gossip.Members.Where(member => member.Status != MemberStatus.Joining).Select(member => member.UpNumber).Where(number => number != int.MaxValue).DefaultIfEmpty(0).Max();
        Member[] moved =
        [
            .. gossip.Members.Where(member => hasEnough && member.Status == MemberStatus.Joining).Select((member, i) => member.CopyUp(lastUp + i + 1)),
            .. gossip.Members.Where(member => member.Status == MemberStatus.Leaving).Select(member => member.Copy(MemberStatus.Exiting)),
        ];
        return removed.Length + moved.Length == 0 ? null : gossip.With(moved).Without(removed, now);
    }

    private static bool IsOnItsWayOut(Member member) => member.Status is MemberStatus.Down or MemberStatus.Exiting;
}
