using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>
/// What a node knows of the cluster. Two nodes' knowledge merges into the same whichever way and however often it is merged, because nothing in it goes back:
/// a status only proceeds, an observation is replaced by a later one of the same observer, a removed incarnation stays removed. So there are no versions to compare:
/// who has seen this very knowledge is found by equality.
/// </summary>
internal sealed class Gossip
{
    internal static readonly Gossip Empty = new([], ImmutableDictionary<UniqueAddress, DateTime>.Empty, Reachability.Empty, []);

    internal Gossip(
        ImmutableSortedSet<Member> members,
        ImmutableDictionary<UniqueAddress, DateTime> tombstones,
        Reachability reachability,
        ImmutableHashSet<UniqueAddress> seen)
    {
        Members = [.. members.Where(member => !tombstones.ContainsKey(member.UniqueAddress))];
        Tombstones = tombstones;
        Reachability = reachability.Among(node => Has(node));
        Seen = [.. seen.Where(Has)];
        var downed = Members.Where(member => member.Status == MemberStatus.Down).Select(member => member.UniqueAddress).ToHashSet();
        Unreachable = [.. Reachability.Records.Where(record => !downed.Contains(record.Observer)).Select(record => record.Subject)];
    }

    internal ImmutableSortedSet<Member> Members { get; }

    /// <summary>The removed, and when.</summary>
    internal ImmutableDictionary<UniqueAddress, DateTime> Tombstones { get; }

    internal Reachability Reachability { get; }

    internal ImmutableHashSet<UniqueAddress> Seen { get; }

    /// <summary>For at least one node that isn't down itself.</summary>
    internal ImmutableHashSet<UniqueAddress> Unreachable { get; }

    internal bool Has(UniqueAddress node) => Find(node) is not null;

    internal Member Find(UniqueAddress node) =>
        Members.TryGetValue(Member.Removed(node), out var member) ? member : null;

    internal Gossip With(Member changed) => With([changed]);

    internal Gossip With(IEnumerable<Member> changed)
    {
        var members = Members;
        foreach (var member in changed)
            members = members.Remove(member).Add(member);
        return new Gossip(members, Tombstones, Reachability, []);
    }

    internal Gossip Without(IEnumerable<Member> removed, DateTime now) =>
        new(Members, Tombstones.SetItems(removed.Select(member => KeyValuePair.Create(member.UniqueAddress, now))), Reachability, []);

    internal Gossip WithUnreachable(UniqueAddress observer, ImmutableHashSet<UniqueAddress> unreachable) =>
        new(Members, Tombstones, Reachability.Observe(observer, unreachable), []);

    internal Gossip SeenBy(UniqueAddress node) =>
        Seen.Contains(node) ? this : new Gossip(Members, Tombstones, Reachability, Seen.Add(node));

    /// <summary>Without the tombstones that nobody can remember as members any more.</summary>
    internal Gossip Prune(DateTime before) => Tombstones.All(tombstone => tombstone.Value >= before)
        ? this
        : new Gossip(Members, Tombstones.RemoveRange(Tombstones.Where(tombstone => tombstone.Value < before).Select(tombstone => tombstone.Key)), Reachability, Seen);

    internal Gossip Merge(Gossip other)
    {
        var members = Members;
        foreach (var theirs in other.Members)
        {
            var merged = members.TryGetValue(theirs, out var ours) ? ours.Merge(theirs) : theirs;
            members = members.Remove(theirs).Add(merged);
        }
        var tombstones = Tombstones;
        foreach (var (node, time) in other.Tombstones)
            tombstones = tombstones.SetItem(node, tombstones.TryGetValue(node, out var known) && known < time ? known : time);
        var all = new Gossip(members, tombstones, Reachability.Merge(other.Reachability), []);
        var seen = all.IsSameAs(this) ? Seen : [];
        return new Gossip(all.Members, all.Tombstones, all.Reachability, all.IsSameAs(other) ? seen.Union(other.Seen) : seen);
    }

    /// <summary>The same knowledge, whoever has seen it.</summary>
    internal bool IsSameAs(Gossip other) =>
        Members.Count == other.Members.Count
        && Members.Zip(other.Members).All(pair => pair.First.IsSameAs(pair.Second))
        && Tombstones.Count == other.Tombstones.Count
        && Tombstones.Keys.All(other.Tombstones.ContainsKey)
        && Reachability.IsSameAs(other.Reachability);
}
