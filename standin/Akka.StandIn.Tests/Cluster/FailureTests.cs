using Akka.Actor;
using Akka.Cluster;
using static Akka.Cluster.ClusterEvent;

namespace Akka.StandIn.Tests.Cluster;

public sealed class FailureTests() : ClusterContract(DetectsSoon)
{
    [Fact]
    public async Task AMemberThatCrashes_IsUnreachable_ThenDown_ThenRemoved()
    {
        var nodes = StartCluster(3);
        var crashed = ClusterOf(nodes[2]).SelfUniqueAddress;
        var probe = Subscribe(nodes[1], typeof(UnreachableMember), typeof(MemberDowned), typeof(MemberRemoved));

        await Crash(nodes[2]);

        probe.ExpectMsg<UnreachableMember>(Patience).Member.UniqueAddress.ShouldBe(crashed);
        probe.ExpectMsg<MemberDowned>(Patience).Member.UniqueAddress.ShouldBe(crashed);
        probe.ExpectMsg<MemberRemoved>(Patience).Member.UniqueAddress.ShouldBe(crashed);
        AwaitStatus(crashed, MemberStatus.Removed, nodes[0], nodes[1]);
    }

    [Fact]
    public async Task TheOldest_IsNoMoreThanAnyOther_WhenItCrashes()
    {
        var nodes = StartCluster(3);
        var crashed = ClusterOf(nodes[0]).SelfUniqueAddress;

        await Crash(nodes[0]);

        AwaitStatus(crashed, MemberStatus.Removed, nodes[1], nodes[2]);
        var joining = Start();
        ClusterOf(joining).Join(AddressOf(nodes[1]));
        AwaitStatus(joining, MemberStatus.Up, nodes[1], nodes[2], joining);
    }

    [Fact]
    public async Task WhileAMemberIsUnreachable_NobodyComesUp()
    {
        const string NoDowning = """akka.cluster.downing-provider-class = "" """;
        var nodes = StartCluster(3, NoDowning);
        var probe = Subscribe(nodes[0], typeof(UnreachableMember), typeof(MemberJoined));
        var crashed = AddressOf(nodes[2]);
        await Crash(nodes[2]);
        probe.ExpectMsg<UnreachableMember>(Patience);
        var joining = Start(NoDowning);

        ClusterOf(joining).Join(AddressOf(nodes[0]));

        probe.ExpectMsg<MemberJoined>(Patience);
        StatusOf(ClusterOf(joining).SelfUniqueAddress, nodes[0]).ShouldBe(MemberStatus.Joining);
        ClusterOf(nodes[1]).Down(crashed);
        AwaitStatus(joining, MemberStatus.Up, nodes[0], nodes[1], joining);
    }

    [Fact]
    public async Task ANewIncarnation_TakesTheOldOnesPlace_OnceThatIsRemoved()
    {
        var nodes = StartCluster(3);
        var old = ClusterOf(nodes[2]).SelfUniqueAddress;
        var probe = Subscribe(nodes[0], typeof(IMemberEvent));
        probe.ReceiveN(3, Patience);
        await Crash(nodes[2]);

        var restarted = Start($"akka.remote.dot-netty.tcp.port = {old.Address.Port}");
        ClusterOf(restarted).Join(AddressOf(nodes[0]));

        AwaitStatus(restarted, MemberStatus.Up, nodes[0], nodes[1], restarted);
        var successor = ClusterOf(restarted).SelfUniqueAddress;
        successor.ShouldNotBe(old);
        probe.ExpectMsg<MemberDowned>(Patience).Member.UniqueAddress.ShouldBe(old);
        probe.ExpectMsg<MemberRemoved>(Patience).Member.UniqueAddress.ShouldBe(old);
        probe.ExpectMsg<MemberJoined>(Patience).Member.UniqueAddress.ShouldBe(successor);
        probe.ExpectMsg<MemberUp>(Patience).Member.UniqueAddress.ShouldBe(successor);
    }

    [Fact]
    public void AMemberThatIsDowned_ShutsItselfDown()
    {
        var nodes = StartCluster(2);

        ClusterOf(nodes[0]).Down(AddressOf(nodes[1]));

        Await(() => nodes[1].WhenTerminated.IsCompleted);
        CoordinatedShutdown.Get(nodes[1]).ShutdownReason.ShouldBeOfType<CoordinatedShutdown.ClusterDowningReason>();
        ClusterOf(nodes[1]).IsTerminated.ShouldBeTrue();
    }

    [Fact]
    public void AMemberThatIsDowned_MayLiveOn_OutsideOfTheCluster()
    {
        var nodes = StartCluster(2, "akka.cluster.run-coordinated-shutdown-when-down = off");
        ClusterOf(nodes[1]).RegisterOnMemberRemoved(() => TestActor.Tell("removed"));

        ClusterOf(nodes[0]).Down(AddressOf(nodes[1]));

        ExpectMsg("removed", Patience);
        nodes[1].WhenTerminated.IsCompleted.ShouldBeFalse();
    }
}
