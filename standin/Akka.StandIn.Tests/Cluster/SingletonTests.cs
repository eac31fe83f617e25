using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Tools.Singleton;

namespace Akka.StandIn.Tests.Cluster;

public sealed class SingletonTests : ClusterContract
{
    private const string OrderlyStop = "stop in order";

    [Fact]
    public void TheSingleton_RunsOnTheOldest_AndIsReachedFromEverywhere()
    {
        var nodes = StartCluster(3);
        var proxies = nodes.Select(StartSingletonAndProxy).ToArray();

        foreach (var proxy in proxies)
            WhereIs(proxy).ShouldBe(AddressOf(nodes[0]).ToString());
        Started().ShouldBe(AddressOf(nodes[0]));
    }

    [Fact]
    public async Task WhenTheOldestLeaves_TheNextStartsIt_AfterItHasStopped()
    {
        var nodes = StartCluster(3, "akka.cluster.down-removal-margin = 60 s");
        var proxies = nodes.Select(StartSingletonAndProxy).ToArray();
        Started().ShouldBe(AddressOf(nodes[0]));

        await nodes[0].Terminate().WaitAsync(Patience);

        ExpectMsg($"{OrderlyStop} {AddressOf(nodes[0])}", Patience);
        ExpectMsg($"stopped {AddressOf(nodes[0])}", Patience);
        Started().ShouldBe(AddressOf(nodes[1]));
        AwaitMoved(proxies[2], to: nodes[1]);
    }

    [Fact]
    public async Task WhenTheOldestCrashes_TheNextStartsIt()
    {
        var nodes = StartCluster(3, DetectsSoon);
        var proxies = nodes.Select(StartSingletonAndProxy).ToArray();
        Started().ShouldBe(AddressOf(nodes[0]));

        await Crash(nodes[0]);

        FishForMessage(message => message.Equals($"started {AddressOf(nodes[1])}"), Patience);
        AwaitMoved(proxies[2], to: nodes[1]);
    }

    [Fact]
    public async Task InUntrustedMode_TheClustersPathsAreEnough()
    {
        var nodes = StartCluster(2,
            """
            akka.remote {
              untrusted-mode = on
              trusted-selection-paths = [
                "/system/cluster/core/daemon", "/system/cluster/heartbeatReceiver", "/user/registrar", "/user/registrar/singleton"]
            }
            akka.cluster.down-removal-margin = 60 s
            """);
        var proxies = nodes.Select(StartSingletonAndProxy).ToArray();
        WhereIs(proxies[1]).ShouldBe(AddressOf(nodes[0]).ToString());

        await nodes[0].Terminate().WaitAsync(Patience);

        AwaitMoved(proxies[1], to: nodes[1]);
    }

    [Fact]
    public void OnAnotherRole_ThereIsNoSingleton()
    {
        var first = Start("akka.cluster.roles = [worker]");
        ClusterOf(first).Join(AddressOf(first));
        AwaitStatus(first, MemberStatus.Up, first);
        var second = Start("akka.cluster { roles = [seed], singleton.role = seed, singleton-proxy.role = seed }");
        ClusterOf(second).Join(AddressOf(first));
        AwaitStatus(second, MemberStatus.Up, first, second);

        var proxy = StartSingletonAndProxy(second);

        Started().ShouldBe(AddressOf(second));
        WhereIs(proxy).ShouldBe(AddressOf(second).ToString());
    }

    [Fact]
    public void WhatComesBeforeTheSingleton_IsKept_UpToTheBuffersSize()
    {
        var node = Start("akka.cluster.singleton-proxy.buffer-size = 2");
        var proxy = StartSingletonAndProxy(node);
        proxy.Tell("first", TestActor);
        proxy.Tell("second", TestActor);
        proxy.Tell("third", TestActor);

        ClusterOf(node).Join(AddressOf(node));

        Started();
        ExpectMsg("second", Patience);
        ExpectMsg("third", Patience);
    }

    [Fact]
    public void ASingletonThatStopsByItself_IsNotStartedAgain()
    {
        var nodes = StartCluster(1);
        var proxy = StartSingletonAndProxy(nodes[0]);
        Started();
        WhereIs(proxy).ShouldBe(AddressOf(nodes[0]).ToString());

        nodes[0].ActorSelection("/user/registrar/singleton").Tell(PoisonPill.Instance);

        ExpectMsg($"stopped {AddressOf(nodes[0])}", Patience);
        ExpectNoMsg(TimeSpan.FromMilliseconds(300));
    }

    private IActorRef StartSingletonAndProxy(ActorSystem node)
    {
        var singleton = Props.Create<Singleton>(TestActor, AddressOf(node).ToString());
        node.ActorOf(ClusterSingletonManager.Props(singleton, OrderlyStop, ClusterSingletonManagerSettings.Create(node)), "registrar");
        return node.ActorOf(ClusterSingletonProxy.Props("/user/registrar", ClusterSingletonProxySettings.Create(node)), "proxy");
    }

    private Address Started() => Address.Parse(((string)FishForMessage(message => message is string text && text.StartsWith("started ", StringComparison.Ordinal), Patience))["started ".Length..]);

    private static string WhereIs(IActorRef proxy) => proxy.Ask<string>("where", Patience).GetAwaiter().GetResult();

    /// <summary>A question that went where the singleton was is not answered.</summary>
    private void AwaitMoved(IActorRef proxy, ActorSystem to) => AwaitAssert(
        () => proxy.Ask<string>("where", TimeSpan.FromSeconds(1)).GetAwaiter().GetResult().ShouldBe(AddressOf(to).ToString()),
        Patience,
        TimeSpan.FromMilliseconds(100));

    private sealed class Singleton(IActorRef reports, string address) : UntypedActor
    {
        protected override void PreStart() => reports.Tell($"started {address}");

        protected override void PostStop() => reports.Tell($"stopped {address}");

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case OrderlyStop:
                    reports.Tell($"{OrderlyStop} {address}");
                    Context.Stop(Self);
                    break;
                case "where":
                    Sender.Tell(address);
                    break;
                default:
                    reports.Tell(message);
                    break;
            }
        }
    }
}
