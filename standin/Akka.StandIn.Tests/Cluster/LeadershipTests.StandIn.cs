using Akka.Cluster;
using static Akka.StandIn.Tests.Cluster.Knowledge;

namespace Akka.StandIn.Tests.Cluster;

public sealed class LeadershipTests
{
    [Fact]
    public void TheOldestThatIsReachable_Leads()
    {
        Up(1, 2, 3).Leader(Node(3)).ShouldBe(Node(1));
        Up(1, 2, 3).Unreachable(3, 1).Leader(Node(3)).ShouldBe(Node(2));
        Up(1, 2, 3).With(Member(1, MemberStatus.Exiting)).Leader(Node(3)).ShouldBe(Node(2));
        Gossip.Empty.Leader(Node(1)).ShouldBeNull();
    }

    [Fact]
    public void Convergence_NeedsAllWhoAreUp()
    {
        Up(1, 2).SeenBy(1).IsConverged(Node(1), []).ShouldBeFalse();
        Up(1, 2).SeenBy(1, 2).IsConverged(Node(1), []).ShouldBeTrue();
        Up(1, 2).With(Member(3, MemberStatus.Joining)).SeenBy(1, 2).IsConverged(Node(1), []).ShouldBeTrue();
    }

    [Fact]
    public void Convergence_WaitsForTheUnreachable_UnlessTheyAreOnTheirWayOut()
    {
        Up(1, 2, 3).Unreachable(1, 3).SeenBy(1, 2, 3).IsConverged(Node(1), []).ShouldBeFalse();
        Up(1, 2, 3).With(Member(3, MemberStatus.Down)).Unreachable(1, 3).SeenBy(1, 2).IsConverged(Node(1), []).ShouldBeTrue();
    }

    [Fact]
    public void TheNextStep_MovesEverybodyOn()
    {
        var next = Up(1).With([Member(2, MemberStatus.Joining), Member(3, MemberStatus.Leaving), Member(4, MemberStatus.Exiting), Member(5, MemberStatus.Down)])
            .Unreachable(1, 5)
            .NextStep(Nodes(4), minNrOfMembers: 1, Now);

        next.Members.Select(member => (member.UniqueAddress, member.Status)).ShouldBe(
            [(Node(1), MemberStatus.Up), (Node(2), MemberStatus.Up), (Node(3), MemberStatus.Exiting)]);
        next.Find(Node(2)).UpNumber.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void WhoExitsOrIsDown_StaysUntilItIsGone() =>
        Up(1).With([Member(2, MemberStatus.Exiting), Member(3, MemberStatus.Down)]).NextStep([], 1, Now).ShouldBeNull();

    [Fact]
    public void NobodyComesUp_WhileThereAreTooFew() =>
        Up(1).With(Member(2, MemberStatus.Joining)).NextStep([], minNrOfMembers: 3, Now).ShouldBeNull();
}
