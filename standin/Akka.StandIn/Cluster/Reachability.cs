using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>Who can't reach whom. Each node writes its own observation only, with a higher version each time; of two, the later counts.</summary>
internal sealed class Reachability(ImmutableDictionary<UniqueAddress, Reachability.Observation> observations)
{
    internal static readonly Reachability Empty = new(ImmutableDictionary<UniqueAddress, Observation>.Empty);

    internal ImmutableDictionary<UniqueAddress, Observation> Observations { get; } = observations;

    internal IEnumerable<(UniqueAddress Observer, UniqueAddress Subject)> Records =>
        Observations.SelectMany(pair => pair.Value.Unreachable.Select(subject => (pair.Key, subject)));

    internal ImmutableHashSet<UniqueAddress> UnreachableBy(UniqueAddress observer) =>
        Observations.GetValueOrDefault(observer)?.Unreachable ?? [];

    internal Reachability Observe(UniqueAddress observer, ImmutableHashSet<UniqueAddress> unreachable)
    {
        var version = (Observations.GetValueOrDefault(observer)?.Version ?? 0) + 1;
        return new Reachability(Observations.SetItem(observer, new Observation(version, unreachable)));
    }

    internal Reachability Merge(Reachability other)
    {
        var merged = Observations;
        foreach (var (observer, theirs) in other.Observations)
            merged = merged.SetItem(observer, merged.TryGetValue(observer, out var ours) ? ours.Merge(theirs) : theirs);
        return new Reachability(merged);
    }

    /// <summary>Without what is observed by or of nodes that are no members.</summary>
    internal Reachability Among(Func<UniqueAddress, bool> isMember) => new(Observations.Where(pair => isMember(pair.Key))
        .ToImmutableDictionary(pair => pair.Key, pair => pair.Value with { Unreachable = [.. pair.Value.Unreachable.Where(isMember)] }));

    internal bool IsSameAs(Reachability other) => Observations.Count == other.Observations.Count && Observations.All(
        pair => other.Observations.TryGetValue(pair.Key, out var theirs) && pair.Value.IsSameAs(theirs));

    internal sealed record Observation(long Version, ImmutableHashSet<UniqueAddress> Unreachable)
    {
        internal Observation Merge(Observation other) => Version.CompareTo(other.Version) switch
        {
            > 0 => this,
            < 0 => other,
            _ => this with { Unreachable = Unreachable.Union(other.Unreachable) },
        };

        internal bool IsSameAs(Observation other) => Version == other.Version && Unreachable.SetEquals(other.Unreachable);
    }
}
