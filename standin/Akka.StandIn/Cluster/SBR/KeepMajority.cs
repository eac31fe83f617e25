using System.Collections.Immutable;

namespace Akka.Cluster.SBR;

/// <summary>
/// Of two sides that can't reach each other the larger stays, of equal ones that with the lowest address. Who can't be reached by some but by others is downed,
/// so that in the end everybody reaches everybody. Counted with a role's members only, if there is one; downed is everybody on the side that goes.
/// </summary>
internal sealed class KeepMajority(string role)
{
    private enum Goes
    {
        Unreachable,
        Reachable,
        All,
    }

    internal ImmutableHashSet<UniqueAddress> NodesToDown(Gossip gossip, UniqueAddress self)
    {
        var records = FreshRecords(gossip, self);
        var indirect = IndirectlyConnected(gossip, records);
        if (indirect.IsEmpty)
            return Decide(gossip, Subjects(records));

        var others = records.Where(record => !indirect.Contains(record.Observer) || !indirect.Contains(record.Subject)).ToList();
        var cutOff = Subjects(others).Except(indirect);
        if (cutOff.IsEmpty)
            return indirect;
        return IndirectlyConnected(gossip, [.. others.Where(record => !indirect.Contains(record.Subject))]).IsEmpty
            ? indirect.Union(Decide(gossip, cutOff))
            : NodesToDown(gossip, [], Goes.All);
    }

    internal static ImmutableHashSet<UniqueAddress> AllNodes(Gossip gossip) => NodesToDown(gossip, [], Goes.All);

    private static ImmutableHashSet<UniqueAddress> Subjects(IEnumerable<(UniqueAddress Observer, UniqueAddress Subject)> records) =>
        [.. records.Select(record => record.Subject)];

    /// <summary>Without what was heard from those who can't be heard any more: they may have said so with their last breath.</summary>
    private static List<(UniqueAddress Observer, UniqueAddress Subject)> FreshRecords(Gossip gossip, UniqueAddress self)
    {
        var silent = gossip.Reachability.UnreachableBy(self);
        return [.. gossip.Reachability.Records.Where(record => !silent.Contains(record.Observer) && gossip.Find(record.Observer).Status != MemberStatus.Down)];
    }

    /// <summary>Those who observe somebody and are unreachable themselves, and pairs where one can't reach the other although its news have come from there.</summary>
    private static ImmutableHashSet<UniqueAddress> IndirectlyConnected(Gossip gossip, List<(UniqueAddress Observer, UniqueAddress Subject)> records) =>
    [
        .. records.Select(record => record.Observer).Intersect(Subjects(records)),
        .. records.Where(record => gossip.Seen.Contains(record.Subject)).SelectMany(record => new[] { record.Observer, record.Subject }),
    ];

    private static ImmutableHashSet<UniqueAddress> NodesToDown(Gossip gossip, ImmutableHashSet<UniqueAddress> unreachable, Goes who) =>
    [
        .. gossip.Members
            .Where(member => member.Status is not (MemberStatus.Down or MemberStatus.Exiting))
            .Select(member => member.UniqueAddress)
            .Where(node => who == Goes.All || unreachable.Contains(node) == (who == Goes.Unreachable)),
    ];

    private ImmutableHashSet<UniqueAddress> Decide(Gossip gossip, ImmutableHashSet<UniqueAddress> unreachable)
    {
        var goes = Majority(gossip, unreachable, MemberStatus.Up, MemberStatus.Leaving);
        // The other side may know of members that are up by now, or of some of ours that have left: both sides must come to one conclusion.
        if (goes == Goes.Unreachable && Majority(gossip, unreachable, MemberStatus.Up) != goes)
            goes = Goes.All;
        return NodesToDown(gossip, unreachable, goes);
    }

    private Goes Majority(Gossip gossip, ImmutableHashSet<UniqueAddress> unreachable, params MemberStatus[] ourStatuses)
    {
        var isCautious = ourStatuses.Length == 1;
        var counted = gossip.Members.Where(member => string.IsNullOrEmpty(role) || member.HasRole(role)).ToList();
        var ours = counted.Where(member => ourStatuses.Contains(member.Status)).ToList();
        var thisSide = ours.Count(member => !unreachable.Contains(member.UniqueAddress));
        var otherSide = counted.Count(member => unreachable.Contains(member.UniqueAddress)
            && (member.Status is MemberStatus.Up or MemberStatus.Leaving || (isCautious && member.Status == MemberStatus.Joining)));
        if (ours.Count == 0)
            return Goes.All;
        if (thisSide == otherSide)
            return unreachable.Contains(ours[0].UniqueAddress) ? Goes.Reachable : Goes.Unreachable;
        return thisSide > otherSide ? Goes.Unreachable : Goes.Reachable;
    }
}
