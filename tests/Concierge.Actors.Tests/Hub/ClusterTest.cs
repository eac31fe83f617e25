using Akka.Actor;
using Akka.TestKit.Xunit2;
using Concierge.Actors.Nodes;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Hub;

/// <summary>
/// Three nodes with all their actors in one actor system, the registrar on the first. Time stands still unless the test
/// moves it.
/// </summary>
public abstract class ClusterTest : TestKit
{
    private const string ManualTime = """
        akka.scheduler.implementation = "Concierge.Actors.Tests.Hub.ManualScheduler, Concierge.Actors.Tests"
        """;

    private readonly List<TestNode> _nodes = [];

    protected ClusterTest()
        : base(ManualTime)
    {
        One = Add("one");
        Two = Add("two");
        Three = Add("three");
    }

    private protected TestNode One { get; }

    private protected TestNode Two { get; }

    private protected TestNode Three { get; }

    /// <summary>The clock of the closing handshakes.</summary>
    private protected ManualTime ClosingTime { get; } = new();

    private protected static NodeMember Up(TestNode node) => new(node.Self, NodeStatus.Up);

    private protected static NodeMember Unreachable(TestNode node) => new(node.Self, NodeStatus.Up, IsReachable: false);

    private protected static ClientPayload.Message To(TestClient receiver, string data) => new(new Target.ToUuid(receiver.Uuid), RawJson.From(data));

    private protected static ClientPayload.Message ToAll(string data) => new(Target.Everyone, RawJson.From(data));

    private protected static ClientPayload.Message ToService(string service, string data) => new(new Target.ToService(service), RawJson.From(data));

    private protected static ClientPayload.Message ToRoom(string room, string data) => new(new Target.ToRoom(room), RawJson.From(data));

    private protected async Task<TestNode> AddAsync(string name)
    {
        TestNode node = Add(name);
        await node.Actor.Ask<ActorIdentity>(new Identify(null));
        return node;
    }

    private protected TestNode Add(string name, Func<NodeId, string, ICanTell>? contact = null)
    {
        var node = new TestNode(Sys, ClosingTime, name, contact);
        _nodes.Add(node);
        return node;
    }

    /// <summary>All three nodes see each other, and serve clients.</summary>
    private protected async Task FormAsync()
    {
        foreach (TestNode node in _nodes) await node.Actor.Ask<ActorIdentity>(new Identify(null));
        NodeMember[] all = [Up(One), Up(Two), Up(Three)];
        foreach (TestNode node in _nodes.Take(3)) node.Sees(all);
        One.StartRegistrar();
        foreach (TestNode node in _nodes.Take(3)) await Until(() => node.Cluster.IsReady);
    }

    /// <summary>Waits for what comes by itself, moving the time meanwhile.</summary>
    private protected async Task Until(Func<bool> condition)
    {
        for (int i = 0; i < 2000; i++)
        {
            if (condition()) return;
            Advance(0.05);
            await Task.Delay(5);
        }
        condition().ShouldBeTrue();
    }

    protected void Advance(double seconds) => ((ManualScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(seconds));

    protected override void AfterAll()
    {
        foreach (TestNode node in _nodes) node.Dispose();
        base.AfterAll();
    }
}
