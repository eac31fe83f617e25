using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.TestKit;
using static Akka.Cluster.ClusterEvent;

namespace Akka.StandIn.Tests.Cluster;

/// <summary>
/// Nodes of one cluster, in one process. All of them report to the test's own system, which is none of them. Unless a test says so, nobody is
/// taken for dead, however busy the machine is.
/// </summary>
public abstract class ClusterContract : TestKit.Xunit2.TestKit, IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>For tests where somebody dies; the living may be silent for some time, too.</summary>
    protected const string DetectsSoon =
        "akka.cluster { failure-detector.acceptable-heartbeat-pause = 3 s, split-brain-resolver.stable-after = 1500 ms }";

    private static readonly Config Quick = ConfigurationFactory.ParseString(
        """
        akka {
          stdout-loglevel = OFF
          loglevel = OFF
          actor.provider = cluster
          remote {
            retry-gate-closed-for = 100 ms
            dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
          }
          cluster {
            seed-node-timeout = 1 s
            retry-unsuccessful-join-after = 1 s
            periodic-tasks-initial-delay = 50 ms
            gossip-interval = 100 ms
            leader-actions-interval = 100 ms
            unreachable-nodes-reaper-interval = 100 ms
            allow-weakly-up-members = off
            down-removal-margin = 100 ms
            failure-detector { heartbeat-interval = 100 ms, acceptable-heartbeat-pause = 60 s }
            singleton.hand-over-retry-interval = 200 ms
            singleton-proxy.singleton-identification-interval = 100 ms
          }
          coordinated-shutdown.exit-clr = off
        }
        """);

    private static int _clusters;

    private readonly List<ActorSystem> _nodes = [];

    // A port that is free again may be another test's next, which must not be taken for a node of this one.
    private readonly string _name = $"cluster{Interlocked.Increment(ref _clusters)}";
    private readonly Config _config;

    protected ClusterContract(string config = "") => _config = ConfigurationFactory.ParseString(config).WithFallback(Quick);

    /// <summary>Where no node is.</summary>
    protected Address Nowhere => Address.Parse($"akka.tcp://{_name}@127.0.0.1:1");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            ((ExtendedActorSystem)node).Abort();
        await Task.WhenAll(_nodes.Select(node => node.WhenTerminated)).WaitAsync(Patience);
    }

    protected static Akka.Cluster.Cluster ClusterOf(ActorSystem node) => Akka.Cluster.Cluster.Get(node);

    protected static Address AddressOf(ActorSystem node) => ClusterOf(node).SelfAddress;

    /// <summary>A system that has joined nothing yet.</summary>
    protected ActorSystem Start(string config = "")
    {
        var node = ActorSystem.Create(_name, ConfigurationFactory.ParseString(config).WithFallback(_config));
        _nodes.Add(node);
        return node;
    }

    /// <summary>Nodes that are up, one after the other: the first is the oldest.</summary>
    protected ActorSystem[] StartCluster(int size, string config = "")
    {
        var nodes = Enumerable.Range(0, size).Select(_ => Start(config)).ToArray();
        foreach (var node in nodes)
        {
            ClusterOf(node).Join(AddressOf(nodes[0]));
            AwaitStatus(node, MemberStatus.Up, seenBy: nodes[..(Array.IndexOf(nodes, node) + 1)]);
        }
        return nodes;
    }

    protected void AwaitStatus(ActorSystem node, MemberStatus status, params ActorSystem[] seenBy) =>
        AwaitStatus(ClusterOf(node).SelfUniqueAddress, status, seenBy);

    protected void AwaitStatus(UniqueAddress node, MemberStatus status, params ActorSystem[] seenBy) => Await(
        () => seenBy.All(observer => StatusOf(node, observer) == status));

    protected void Await(Func<bool> condition) => AwaitCondition(condition, Patience, TimeSpan.FromMilliseconds(20));

    protected static MemberStatus StatusOf(UniqueAddress node, ActorSystem observer) =>
        ClusterOf(observer).State.Members.FirstOrDefault(member => member.UniqueAddress == node)?.Status ?? MemberStatus.Removed;

    /// <summary>What happens from now on is told to the probe.</summary>
    protected TestProbe Subscribe(ActorSystem node, params Type[] to)
    {
        var (probe, after) = (CreateTestProbe(), CreateTestProbe());
        ClusterOf(node).Subscribe(probe, InitialStateAsEvents, to);
        ClusterOf(node).SendCurrentClusterState(after);
        after.ExpectMsg<CurrentClusterState>(Patience);
        return probe;
    }

    /// <summary>As a process that is killed: no word to the others.</summary>
    protected static Task Crash(ActorSystem node)
    {
        ((ExtendedActorSystem)node).Abort();
        return node.WhenTerminated;
    }
}
