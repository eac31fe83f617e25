using Akka.Cluster;
using Akka.Cluster.SBR;
using static Akka.StandIn.Tests.Cluster.Knowledge;

namespace Akka.StandIn.Tests.Cluster;

public sealed class KeepMajorityTests
{
    private readonly KeepMajority _strategy = new(role: null!);

    [Fact]
    public void TheMajority_DownsTheMinority() =>
        _strategy.NodesToDown(Up(1, 2, 3).Unreachable(2, 1).Unreachable(3, 1), Node(2)).ShouldBe(Nodes(1));

    [Fact]
    public void TheMinority_DownsItself() =>
        _strategy.NodesToDown(Up(1, 2, 3).Unreachable(1, 2, 3), Node(1)).ShouldBe(Nodes(1));

    [Fact]
    public void OfTwoHalves_ThatWithTheLowestAddressStays()
    {
        _strategy.NodesToDown(Up(1, 2, 3, 4).Unreachable(1, 3, 4).Unreachable(2, 3, 4), Node(1)).ShouldBe(Nodes(3, 4), ignoreOrder: true);
        _strategy.NodesToDown(Up(1, 2, 3, 4).Unreachable(3, 1, 2).Unreachable(4, 1, 2), Node(3)).ShouldBe(Nodes(3, 4), ignoreOrder: true);
    }

    [Fact]
    public void WithARole_ItsMembersAreCounted_AndEverybodyGoes()
    {
        var gossip = Gossip.Empty.With([Member(1), Member(2), Member(3, MemberStatus.Up, "seed")]).Unreachable(3, 1, 2);

        new KeepMajority("seed").NodesToDown(gossip, Node(3)).ShouldBe(Nodes(1, 2), ignoreOrder: true);
        _strategy.NodesToDown(gossip, Node(3)).ShouldBe(Nodes(3));
    }

    [Fact]
    public void WhoJoins_IsNotCounted_ButGoesWithItsSide() =>
        _strategy.NodesToDown(Up(1, 2).With([Member(3, MemberStatus.Joining), Member(4, MemberStatus.Joining)]).Unreachable(2, 1, 3, 4), Node(2))
            .ShouldBe(Nodes(2));

    [Fact]
    public void WhereTheOtherSideMayCountOtherwise_AllGo() =>
        // Here it is two against one; but for the others 0 may be up by now, and then it is two against two, and theirs is the lowest address.
        _strategy.NodesToDown(Up(1, 2, 3).With(Member(0, MemberStatus.Joining)).Unreachable(2, 1, 0).Unreachable(3, 1, 0), Node(2))
            .ShouldBe(Nodes(0, 1, 2, 3), ignoreOrder: true);

    [Fact]
    public void TwoWhoCantReachEachOther_ThoughOthersReachBoth_Go() =>
        _strategy.NodesToDown(Up(1, 2, 3).Unreachable(1, 2).Unreachable(2, 1), Node(3)).ShouldBe(Nodes(1, 2), ignoreOrder: true);

    [Fact]
    public void WhoCantBeReached_ButHasHeardOfThat_GoesWithItsObserver() =>
        _strategy.NodesToDown(Up(1, 2, 3, 4).Unreachable(1, 2).SeenBy(1, 2, 3), Node(1)).ShouldBe(Nodes(1, 2), ignoreOrder: true);

    [Fact]
    public void WhatWasHeardFromWhoIsCutOff_DoesNotCount() =>
        _strategy.NodesToDown(Up(1, 2, 3, 4, 5).Unreachable(1, 2, 3, 4, 5).Unreachable(2, 1).Unreachable(3, 1).Unreachable(4, 1).Unreachable(5, 1), Node(2)).ShouldBe(Nodes(1));

    [Fact]
    public void WhoIsDownAlready_IsNotDecidedOn() =>
        _strategy.NodesToDown(Up(1, 2).With(Member(3, MemberStatus.Down)).Unreachable(1, 3).Unreachable(2, 3), Node(1)).ShouldBeEmpty();
}
