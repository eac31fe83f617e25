using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.TestKit;
using static Akka.Cluster.ClusterEvent;

namespace Akka.StandIn.Tests.Cluster;

/// <summary>
/// Nodes of one cluster, in one process. All of them report to the test's own system, which is none of them. Detection is quick, but not so quick that
/// a busy machine would take a living node for dead.
/// </summary>
public abstract class ClusterContract : TestKit.Xunit2.TestKit, IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

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
            failure-detector { heartbeat-interval = 100 ms, acceptable-heartbeat-pause = 2 s, expected-response-after = 1 s }
            split-brain-resolver.stable-after = 1 s
            singleton.hand-over-retry-interval = 200 ms
            singleton-proxy.singleton-identification-interval = 100 ms
          }
          coordinated-shutdown.exit-clr = off
        }
        """);

    private readonly List<ActorSystem> _nodes = [];

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
        var node = ActorSystem.Create("nodes", ConfigurationFactory.ParseString(config).WithFallback(Quick));
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

    protected TestProbe Subscribe(ActorSystem node, params Type[] to)
    {
        var probe = CreateTestProbe();
        ClusterOf(node).Subscribe(probe, InitialStateAsEvents, to);
        return probe;
    }

    /// <summary>As a process that is killed: no word to the others.</summary>
    protected static Task Crash(ActorSystem node)
    {
        ((ExtendedActorSystem)node).Abort();
        return node.WhenTerminated;
    }
}
