using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;

namespace Akka.StandIn.Tests.Cluster;

/// <summary>Short ways to write down what a node knows.</summary>
internal static class Knowledge
{
    internal static readonly DateTime Now = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Their addresses are in the order of their numbers.</summary>
    internal static UniqueAddress Node(int number, int uid = 1) => new(new Address("akka.tcp", "nodes", "127.0.0.1", 1000 + number), uid);

    internal static ImmutableHashSet<UniqueAddress> Nodes(params int[] numbers) => [.. numbers.Select(number => Node(number))];

    internal static Member Member(int number, MemberStatus status = MemberStatus.Up, params string[] roles) =>
        new(Node(number), status == MemberStatus.Joining ? int.MaxValue : number, status, [.. roles]);

    internal static Gossip Up(params int[] numbers) => Gossip.Empty.With(numbers.Select(number => Member(number)));

    internal static Gossip Unreachable(this Gossip gossip, int observer, params int[] subjects) => gossip.WithUnreachable(Node(observer), Nodes(subjects));

    internal static Gossip SeenBy(this Gossip gossip, params int[] nodes) => nodes.Aggregate(gossip, (seen, node) => seen.SeenBy(Node(node)));
}
