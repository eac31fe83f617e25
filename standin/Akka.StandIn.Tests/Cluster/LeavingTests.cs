using Akka.Actor;
using Akka.Cluster;
using static Akka.Cluster.ClusterEvent;

namespace Akka.StandIn.Tests.Cluster;

public sealed class LeavingTests : ClusterContract
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task ASystemThatTerminates_HasLeftBefore(int which)
    {
        var nodes = StartCluster(3);
        var others = nodes.Where(node => node != nodes[which]).ToArray();
        var leaving = ClusterOf(nodes[which]).SelfUniqueAddress;
        var probe = Subscribe(others[0], typeof(MemberExited), typeof(MemberRemoved), typeof(UnreachableMember), typeof(MemberDowned));

        await nodes[which].Terminate().WaitAsync(Patience);

        probe.ExpectMsg<MemberExited>(Patience).Member.UniqueAddress.ShouldBe(leaving);
        probe.ExpectMsg<MemberRemoved>(Patience).PreviousStatus.ShouldBe(MemberStatus.Exiting);
        AwaitStatus(leaving, MemberStatus.Removed, others);
    }

    [Fact]
    public async Task WhoLeaves_ShutsDownInPhases()
    {
        var nodes = StartCluster(2);
        ClusterOf(nodes[1]).RegisterOnMemberRemoved(() => TestActor.Tell("removed"));

        await ClusterOf(nodes[1]).LeaveAsync().WaitAsync(Patience);
        await nodes[1].WhenTerminated.WaitAsync(Patience);

        ExpectMsg("removed", Patience);
        ClusterOf(nodes[1]).IsTerminated.ShouldBeTrue();
        CoordinatedShutdown.Get(nodes[1]).ShutdownReason.ShouldBeOfType<CoordinatedShutdown.ClusterLeavingReason>();
        Await(() => ClusterOf(nodes[0]).State.Members.Count == 1);
    }

    [Fact]
    public async Task AMemberCanBeSentAway_ByAnother()
    {
        var nodes = StartCluster(3);

        ClusterOf(nodes[1]).Leave(AddressOf(nodes[2]));

        await nodes[2].WhenTerminated.WaitAsync(Patience);
        Await(() => ClusterOf(nodes[0]).State.Members.Count == 2 && ClusterOf(nodes[1]).State.Members.Count == 2);
    }

    [Fact]
    public async Task TheLastMember_LeavesAsWell()
    {
        var node = StartCluster(1)[0];

        await node.Terminate().WaitAsync(Patience);

        ClusterOf(node).IsTerminated.ShouldBeTrue();
    }

    [Fact]
    public async Task WhoHasNeverJoined_TerminatesAtOnce() => await Start().Terminate().WaitAsync(TimeSpan.FromSeconds(5));

    [Fact]
    public async Task OnTheNodeThatLeaves_AllAreRemovedInTheEnd()
    {
        var nodes = StartCluster(2);
        var addresses = nodes.Select(node => ClusterOf(node).SelfUniqueAddress).ToArray();
        var probe = Subscribe(nodes[1], typeof(MemberRemoved));

        await ClusterOf(nodes[1]).LeaveAsync().WaitAsync(Patience);

        new[] { probe.ExpectMsg<MemberRemoved>(Patience), probe.ExpectMsg<MemberRemoved>(Patience) }
            .Select(removed => removed.Member.UniqueAddress).ShouldBe(addresses, ignoreOrder: true);
    }
}
