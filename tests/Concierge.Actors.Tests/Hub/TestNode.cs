using Akka.Actor;
using Concierge.Actors.Dialects;
using Concierge.Actors.Directory;
using Concierge.Actors.Nodes;
using Concierge.Actors.Sessions;
using Concierge.Actors.Telemetry;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Hub;

/// <summary>One of several nodes in one actor system; what nodes there are, and where the registrar is, the test says.</summary>
internal sealed class TestNode : INodes, IDisposable
{
    private readonly ActorSystem _system;
    private readonly ManualTime _closingTime;
    private readonly Func<NodeId, string, ICanTell> _contact;

    public TestNode(ActorSystem system, ManualTime closingTime, string name, Func<NodeId, string, ICanTell>? contact = null)
    {
        _system = system;
        _closingTime = closingTime;
        _contact = contact ?? Direct;
        Self = new NodeId(name, 1);
        Metrics = new ConciergeMetrics(View);
        Actor = system.ActorOf(ConciergeActor.Props(new ConciergeSettings { NodeName = name, NodeRoles = ["tested"] }, this, View, Cluster, Metrics, Files), name);
    }

    public NodeId Self { get; }

    public DirectoryView View { get; } = new();

    public ClusterView Cluster { get; } = new();

    public ConciergeMetrics Metrics { get; }

    public MemoryFiles Files { get; } = new();

    public IActorRef Actor { get; }

    Props INodes.Membership => Props.Create(() => new MembershipActor());

    Props INodes.Registrar(Props registrar) => Props.Create(() => new RegistrarPlace(registrar));

    ICanTell INodes.Contact(NodeId node, string name) => _contact(node, name);

    public ICanTell Direct(NodeId node, string name) => _system.ActorSelection($"/user/{node.Address}/{name}");

    /// <summary>What the node now sees of the cluster.</summary>
    public void Sees(params NodeMember[] members) => _system.ActorSelection(Actor.Path / "membership").Tell(new Membership(Self, [.. members]));

    /// <summary>The registrar is here from now on.</summary>
    public void StartRegistrar() => _system.ActorSelection(Actor.Path / "registrar").Tell("start");

    /// <summary>The registrar is here no more.</summary>
    public void StopRegistrar() => _system.ActorSelection(Actor.Path / "registrar").Tell("stop");

    public async Task<TestClient> Connect()
    {
        var client = new TestClient(Metrics, _closingTime, outgoingLimit: 4 * 1024 * 1024);
        var session = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        Actor.Tell(new SessionsActor.Accept(client.Connection, session));
        client.Session = await session.Task;
        return client;
    }

    public Task<DialectClient> Connect(DialectKind dialect) => DialectClient.Connect(Actor, dialect, Metrics, _closingTime);

    public async Task<TestClient> Identify(string name, bool presence = false)
    {
        TestClient client = await Connect();
        await client.Identify(name, presence: presence);
        return client;
    }

    /// <summary>Sends IDENTIFY and waits for nothing.</summary>
    public async Task<TestClient> Ask(string name)
    {
        TestClient client = await Connect();
        _ = client.Send(new ClientPayload.Identify(name, null, ProtocolVersion.Current, null, [], false));
        return client;
    }

    public void Dispose() => Metrics.Dispose();

    private sealed class MembershipActor : UntypedActor
    {
        private readonly HashSet<IActorRef> _subscribers = [];
        private Membership? _membership;

        protected override void OnReceive(object message)
        {
            if (message is Membership membership)
            {
                _membership = membership;
                foreach (IActorRef subscriber in _subscribers) subscriber.Tell(membership);
                return;
            }
            _subscribers.Add(Sender);
            if (_membership is not null) Sender.Tell(_membership);
        }
    }

    private sealed class RegistrarPlace(Props registrar) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "start") Context.ActorOf(registrar);
            else foreach (IActorRef child in Context.GetChildren()) Context.Stop(child);
        }
    }
}
