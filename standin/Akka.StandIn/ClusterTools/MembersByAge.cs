using System.Collections.Immutable;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>The members of a role that have come up and not left yet; the first of them is where the singleton belongs.</summary>
internal sealed class MembersByAge(string role)
{
    private ImmutableSortedSet<Member> _members = ImmutableSortedSet.Create(Member.AgeOrdering);

    internal UniqueAddress Oldest => _members.IsEmpty ? null : _members[0].UniqueAddress;

    internal void Start(CurrentClusterState state)
    {
        foreach (var member in state.Members.Where(member => member.UpNumber != int.MaxValue))
            Add(member);
    }

    internal void Follow(IMemberEvent happened)
    {
        switch (happened)
        {
            case MemberUp up:
                Add(up.Member);
                break;
            case MemberExited or MemberRemoved:
                Remove(happened.Member.UniqueAddress);
                break;
        }
    }

    /// <summary>A set that is sorted by age doesn't find a member again whose number has changed.</summary>
    internal void Remove(UniqueAddress node) => _members = _members.Except(_members.Where(member => member.UniqueAddress == node));

    internal IEnumerable<UniqueAddress> OlderThan(UniqueAddress node) =>
        _members.Select(member => member.UniqueAddress).TakeWhile(member => member != node);

    private void Add(Member member)
    {
        if (!string.IsNullOrEmpty(role) && !member.HasRole(role))
            return;
        Remove(member.UniqueAddress);
        _members = _members.Add(member);
    }
}
