using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.SBR;
using static Akka.StandIn.Tests.Cluster.Knowledge;

namespace Akka.StandIn.Tests.Cluster;

/// <summary>On a node that is alone, and hears of others only what the test says: whenever it decides, it is for its own going.</summary>
public sealed class SplitBrainResolverTests : Contract
{
    private const string Configured = VirtualTime +
        """

        akka { actor.provider = cluster, remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 } }
        akka.cluster { run-coordinated-shutdown-when-down = off, split-brain-resolver { stable-after = 10 s, down-all-when-unstable = 15 s } }
        """;

    private readonly Akka.Cluster.Cluster _cluster;
    private readonly IActorRef _resolver;

    public SplitBrainResolverTests()
        : base(Configured)
    {
        _cluster = Akka.Cluster.Cluster.Get(Sys);
        _cluster.Join(_cluster.SelfAddress);
        AwaitCondition(() => _cluster.IsUp, TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(20));
        _resolver = Sys.ActorOf(Props.Create<SplitBrainResolver>(_cluster, new SplitBrainResolverSettings(Sys.Settings.Config)));
        AwaitQuiet(_resolver);
    }

    private Gossip CutOff => Up(1, 2).With(_cluster.SelfMember).WithUnreachable(_cluster.SelfUniqueAddress, Nodes(1, 2));

    [Fact]
    public void ItDecides_WhenNothingHasChangedForAWhile()
    {
        Hear(CutOff);
        Pass(9);
        IsStillThere();

        Pass(2);

        IsGone();
    }

    [Fact]
    public void EachChange_PutsTheDecisionOff()
    {
        Hear(CutOff);
        Pass(9);
        Hear(CutOff.With(Member(3)));
        Pass(9);
        IsStillThere();

        Pass(2);

        IsGone();
    }

    [Fact]
    public void WhatHeals_NeedsNoDecision()
    {
        Hear(CutOff);
        Pass(9);
        Hear(CutOff.WithUnreachable(_cluster.SelfUniqueAddress, []));

        Pass(60);

        IsStillThere();
    }

    [Fact]
    public void WhoDoesNotLead_DecidesNothing()
    {
        Hear(CutOff, isLeader: false);

        Pass(11);

        IsStillThere();
    }

    [Fact]
    public void WhereReachabilityKeepsChanging_EverybodyGoes()
    {
        for (var i = 0; i < 3; i++)
        {
            Hear(CutOff, isLeader: false);
            Pass(4);
            Hear(CutOff.WithUnreachable(_cluster.SelfUniqueAddress, Nodes(1)), isLeader: false);
            Pass(4);
        }
        IsStillThere();

        Hear(CutOff, isLeader: false);
        Pass(4);

        IsGone();
    }

    private void Hear(Gossip gossip, bool isLeader = true)
    {
        _resolver.Tell(new ClusterEvent.GossipChanged(gossip, isLeader));
        AwaitQuiet(_resolver);
    }

    /// <summary>Second by second, as the resolver looks at the clock when its tick is handled.</summary>
    private void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            Advance(1);
            AwaitQuiet(_resolver);
        }
    }

    private void IsStillThere()
    {
        _cluster.SendCurrentClusterState(TestActor);
        ExpectMsg<ClusterEvent.CurrentClusterState>(TimeSpan.FromSeconds(30)).Members.ShouldHaveSingleItem().Status.ShouldBe(MemberStatus.Up);
    }

    private void IsGone() => AwaitCondition(() => _cluster.IsTerminated, TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(20));
}
