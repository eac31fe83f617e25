using Akka.Actor;
using Akka.Cluster;
using static Akka.Cluster.ClusterEvent;

namespace Akka.StandIn.Tests.Cluster;

public sealed class PartitionTests() : ClusterContract(DetectsSoon), IDisposable
{
    private readonly Link _link = new();

    void IDisposable.Dispose()
    {
        _link.Dispose();
        Dispose();
    }

    [Fact]
    public void APartitionThatHealsInTime_RemovesNobody()
    {
        var (nodes, cutOff) = StartCutOffNode("akka.cluster.split-brain-resolver.stable-after = 60 s");
        var probe = Subscribe(nodes[0], typeof(IReachabilityEvent));
        var removals = Subscribe(nodes[0], typeof(MemberDowned), typeof(MemberRemoved));

        _link.Cut();
        probe.FishForMessage(message => message is UnreachableMember unreachable && unreachable.Member.Address == AddressOf(cutOff), Patience);
        ClusterOf(nodes[0]).State.Unreachable.ShouldContain(member => member.Address == AddressOf(cutOff));
        _link.Mend();

        probe.FishForMessage(message => message is ReachableMember reachable && reachable.Member.Address == AddressOf(cutOff), Patience);
        Await(() => nodes.Append(cutOff).All(node => ClusterOf(node).State.Unreachable.IsEmpty));
        StatusOf(ClusterOf(cutOff).SelfUniqueAddress, nodes[0]).ShouldBe(MemberStatus.Up);
        removals.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void TheMinority_ShutsItselfDown_AndTheMajorityGoesOn()
    {
        var (nodes, cutOff) = StartCutOffNode();
        var address = ClusterOf(cutOff).SelfUniqueAddress;

        _link.Cut();

        AwaitStatus(address, MemberStatus.Removed, nodes);
        Await(() => cutOff.WhenTerminated.IsCompleted);
        CoordinatedShutdown.Get(cutOff).ShutdownReason.ShouldBeOfType<CoordinatedShutdown.ClusterDowningReason>();
        foreach (var node in nodes)
            ClusterOf(node).State.Members.Select(member => member.Status).ShouldBe([MemberStatus.Up, MemberStatus.Up]);
    }

    [Fact]
    public void WhoWasRemovedWithoutNoticing_IsToldSo_AndShutsItselfDown()
    {
        // It decides nothing by itself, as if it had been paused.
        var (nodes, removed) = StartCutOffNode("""akka.cluster.downing-provider-class = "" """);
        var address = ClusterOf(removed).SelfUniqueAddress;
        _link.Cut();
        Await(() => ClusterOf(nodes[0]).State.Unreachable.Any(member => member.UniqueAddress == address));
        ClusterOf(nodes[0]).Down(address.Address);
        AwaitStatus(address, MemberStatus.Removed, nodes);

        _link.Mend();

        Await(() => removed.WhenTerminated.IsCompleted);
        CoordinatedShutdown.Get(removed).ShutdownReason.ShouldBeOfType<CoordinatedShutdown.ClusterDowningReason>();
        ClusterOf(nodes[0]).State.Members.Count.ShouldBe(2);
    }

    private (ActorSystem[] Nodes, ActorSystem CutOff) StartCutOffNode(string config = "")
    {
        var nodes = StartCluster(2, config);
        var linked = Start($"{config}\n{_link.NodesConfig}");
        ClusterOf(linked).Join(AddressOf(nodes[0]));
        AwaitStatus(linked, MemberStatus.Up, [.. nodes, linked]);
        return (nodes, linked);
    }
}
