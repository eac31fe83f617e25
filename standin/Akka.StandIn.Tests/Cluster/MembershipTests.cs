using Akka.Actor;
using Akka.Cluster;
using static Akka.Cluster.ClusterEvent;

namespace Akka.StandIn.Tests.Cluster;

public sealed class MembershipTests : ClusterContract
{
    [Fact]
    public void ANodeThatJoinsItself_IsACluster()
    {
        var node = Start("akka.cluster.roles = [seed]");
        ClusterOf(node).SelfMember.Status.ShouldBe(MemberStatus.Removed);

        ClusterOf(node).Join(AddressOf(node));

        AwaitStatus(node, MemberStatus.Up, node);
        ClusterOf(node).SelfMember.Roles.ShouldBe(["seed"]);
        ClusterOf(node).SelfRoles.ShouldBe(["seed"]);
        ClusterOf(node).State.Leader.ShouldBe(AddressOf(node));
    }

    [Fact]
    public void ThreeNodes_AreUp_ForEachOfThem()
    {
        var nodes = StartCluster(3);

        foreach (var node in nodes)
            ClusterOf(node).State.Members.Select(member => member.Address).ShouldBe(nodes.Select(AddressOf), ignoreOrder: true);
        var members = ClusterOf(nodes[2]).State.Members;
        members.Single(member => member.Address == AddressOf(nodes[0])).IsOlderThan(members.Single(member => member.Address == AddressOf(nodes[1]))).ShouldBeTrue();
        members.Single(member => member.Address == AddressOf(nodes[2])).IsOlderThan(members.Single(member => member.Address == AddressOf(nodes[1]))).ShouldBeFalse();
    }

    [Fact]
    public void EachStepOfAMember_IsToldOnce_InOrder()
    {
        var nodes = StartCluster(2);
        var probe = Subscribe(nodes[0], typeof(IMemberEvent));
        probe.ExpectMsg<MemberUp>(Patience);
        probe.ExpectMsg<MemberUp>(Patience);
        var joining = Start();
        var address = ClusterOf(joining).SelfUniqueAddress;

        ClusterOf(joining).Join(AddressOf(nodes[1]));
        AwaitStatus(joining, MemberStatus.Up, nodes);
        ClusterOf(joining).Leave(AddressOf(joining));
        AwaitStatus(address, MemberStatus.Removed, nodes);

        probe.ExpectMsg<MemberJoined>(Patience).Member.UniqueAddress.ShouldBe(address);
        probe.ExpectMsg<MemberUp>(Patience).Member.UniqueAddress.ShouldBe(address);
        probe.ExpectMsg<MemberLeft>(Patience).Member.UniqueAddress.ShouldBe(address);
        probe.ExpectMsg<MemberExited>(Patience).Member.UniqueAddress.ShouldBe(address);
        var removed = probe.ExpectMsg<MemberRemoved>(Patience);
        removed.Member.UniqueAddress.ShouldBe(address);
        removed.PreviousStatus.ShouldBe(MemberStatus.Exiting);
    }

    [Fact]
    public void ASubscriber_GetsASnapshotFirst_UnlessItAsksForEvents()
    {
        var nodes = StartCluster(2);

        ClusterOf(nodes[0]).Subscribe(TestActor, typeof(IMemberEvent));
        ExpectMsg<CurrentClusterState>(Patience).Members.Count.ShouldBe(2);

        var probe = Subscribe(nodes[0], typeof(MemberUp));
        new[] { probe.ExpectMsg<MemberUp>(Patience), probe.ExpectMsg<MemberUp>(Patience) }
            .Select(up => up.Member.Address).ShouldBe(nodes.Select(AddressOf), ignoreOrder: true);
    }

    [Fact]
    public void WhoHasUnsubscribed_HearsNothing()
    {
        var nodes = StartCluster(2);
        var gone = Subscribe(nodes[0], typeof(MemberLeft));

        ClusterOf(nodes[0]).Unsubscribe(gone);
        var there = Subscribe(nodes[0], typeof(MemberLeft));
        ClusterOf(nodes[1]).Leave(AddressOf(nodes[1]));

        there.ExpectMsg<MemberLeft>(Patience);
        gone.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void TheFirstSeed_FormsACluster_AndTheOthersJoinIt()
    {
        var first = Start();
        var second = Start();
        var seeds = new[] { AddressOf(first), AddressOf(second) };

        ClusterOf(second).JoinSeedNodes(seeds);
        ClusterOf(first).JoinSeedNodes(seeds);

        AwaitStatus(first, MemberStatus.Up, first, second);
        AwaitStatus(second, MemberStatus.Up, first, second);
        ClusterOf(second).State.Members.Count.ShouldBe(2);
    }

    [Fact]
    public void TheFirstSeed_JoinsTheCluster_ThatTheOthersKept()
    {
        var nodes = StartCluster(2);
        var restarted = Start();

        ClusterOf(restarted).JoinSeedNodes([AddressOf(restarted), AddressOf(nodes[0]), AddressOf(nodes[1])]);

        AwaitStatus(restarted, MemberStatus.Up, [.. nodes, restarted]);
    }

    [Fact]
    public void WithSeedNodesInItsConfiguration_ASystemJoinsByItself()
    {
        var seed = StartCluster(1)[0];

        var node = Start($"akka.cluster.seed-nodes = [\"{AddressOf(seed)}\"]");

        AwaitStatus(node, MemberStatus.Up, seed, node);
    }

    [Fact]
    public void WithoutSeedThatAnswers_ASecondSeedWaits_UntilItGivesUp()
    {
        var node = Start("akka.cluster { shutdown-after-unsuccessful-join-seed-nodes = 1500 ms }");

        ClusterOf(node).JoinSeedNodes([Nowhere, AddressOf(node)]);

        Await(() => node.WhenTerminated.IsCompleted);
        CoordinatedShutdown.Get(node).ShutdownReason.ShouldBeOfType<CoordinatedShutdown.ClusterJoinUnsuccessfulReason>();
    }

    [Fact]
    public void CallbacksOnUp_RunOnceThisMemberIsUp()
    {
        var node = Start();
        ClusterOf(node).RegisterOnMemberUp(() => TestActor.Tell("up"));

        ClusterOf(node).Join(AddressOf(node));

        ExpectMsg("up", Patience);
        ClusterOf(node).RegisterOnMemberUp(() => TestActor.Tell("is up"));
        ExpectMsg("is up", Patience);
    }

    [Fact]
    public void MembersComeUp_OnceThereAreEnough()
    {
        var first = Start("akka.cluster.min-nr-of-members = 2");
        var probe = Subscribe(first, typeof(MemberJoined), typeof(MemberUp));

        ClusterOf(first).Join(AddressOf(first));
        probe.ExpectMsg<MemberJoined>(Patience);
        var second = Start("akka.cluster.min-nr-of-members = 2");
        ClusterOf(second).Join(AddressOf(first));

        probe.ExpectMsg<MemberJoined>(Patience).Member.Address.ShouldBe(AddressOf(second));
        probe.ExpectMsg<MemberUp>(Patience);
        probe.ExpectMsg<MemberUp>(Patience);
    }
}
