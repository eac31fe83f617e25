using Akka.Cluster;
using static Akka.StandIn.Tests.Cluster.Knowledge;

namespace Akka.StandIn.Tests.Cluster;

public sealed class GossipTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Merge_ComesToTheSame_InWhicheverOrder_HoweverOften(int seed)
    {
        var random = new Random(seed);
        var (a, b, c) = (Any(random), Any(random), Any(random));

        a.Merge(b).IsSameAs(b.Merge(a)).ShouldBeTrue();
        a.Merge(b).Merge(c).IsSameAs(a.Merge(b.Merge(c))).ShouldBeTrue();
        a.Merge(b).Merge(a).IsSameAs(a.Merge(b)).ShouldBeTrue();
        a.Merge(a).IsSameAs(a).ShouldBeTrue();
    }

    [Fact]
    public void Merge_TakesTheLaterStatus()
    {
        var merged = Gossip.Empty.With(Member(1, MemberStatus.Leaving)).Merge(Up(1));

        merged.Find(Node(1)).Status.ShouldBe(MemberStatus.Leaving);
    }

    [Fact]
    public void WhoWasRemoved_DoesNotComeBack()
    {
        var removed = Up(1, 2).Without([Member(2)], Now);

        var merged = removed.Merge(Up(1, 2).Unreachable(1, 2));

        merged.Has(Node(2)).ShouldBeFalse();
        merged.Unreachable.ShouldBeEmpty();
    }

    [Fact]
    public void WhoWasRemoved_IsForgottenInTheEnd()
    {
        var removed = Up(1, 2).Without([Member(2)], Now);

        removed.Prune(Now).Tombstones.ShouldHaveSingleItem();
        removed.Prune(Now.AddTicks(1)).Tombstones.ShouldBeEmpty();
    }

    [Fact]
    public void AnObservation_IsReplacedByTheObserversLaterOne()
    {
        var before = Up(1, 2).Unreachable(1, 2);
        var after = before.Unreachable(1);

        after.Merge(before).Unreachable.ShouldBeEmpty();
        before.Merge(after).Unreachable.ShouldBeEmpty();
    }

    [Fact]
    public void WhatADownedMemberObserves_DoesNotCount() =>
        Up(1, 2, 3).Unreachable(3, 1).With(Member(3, MemberStatus.Down)).Unreachable.ShouldBeEmpty();

    [Fact]
    public void Seen_HoldsThoseWhoKnowTheSame()
    {
        var ours = Up(1, 2, 3).SeenBy(1, 2);

        ours.Merge(Up(1, 2, 3).SeenBy(3)).Seen.ShouldBe(Nodes(1, 2, 3), ignoreOrder: true);
        ours.Merge(Up(1, 2).SeenBy(1, 2)).Seen.ShouldBe(Nodes(1, 2), ignoreOrder: true);
        ours.Merge(Up(1, 2, 3, 4).SeenBy(4)).Seen.ShouldBe(Nodes(4));
        Up(1, 2).SeenBy(1).Merge(Up(1, 3).SeenBy(3)).Seen.ShouldBeEmpty();
    }

    private static Gossip Any(Random random)
    {
        var gossip = Gossip.Empty.With(Enumerable.Range(1, 5).Where(_ => random.Next(4) > 0)
            .Select(number => Member(number, (MemberStatus)random.Next((int)MemberStatus.Down + 1))));
        for (var i = random.Next(4); i > 0; i--)
            gossip = gossip.Unreachable(1 + random.Next(5), 1 + random.Next(5));
        return random.Next(2) == 0 ? gossip : gossip.Without([Member(1 + random.Next(5))], Now.AddDays(random.Next(3)));
    }
}
