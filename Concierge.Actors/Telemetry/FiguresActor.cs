using System.Collections.Immutable;
using Akka.Actor;
using Concierge.Actors.Directory;
using Concierge.Actors.Nodes;

namespace Concierge.Actors.Telemetry;

/// <summary>
/// Tells other nodes how this one does, and reports how all of them do. However many ask for a report, the other nodes
/// are asked once a second at most, and only while somebody wants to know.
/// </summary>
internal sealed class FiguresActor : UntypedActor, IWithTimers
{
    /// <summary>How long the other nodes may take to answer.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How long a report is good enough for the next who asks.</summary>
    internal static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly ConciergeSettings _settings;
    private readonly INodes _nodes;
    private readonly DirectoryView _view;
    private readonly ClusterView _cluster;
    private readonly ConciergeMetrics _metrics;
    private readonly TimeSpan _startedAt = Context.System.Scheduler.MonotonicClock;
    private readonly List<IActorRef> _asking = [];
    private readonly HashSet<NodeId> _awaited = [];
    private readonly Dictionary<NodeId, NodeFigures> _answers = [];
    private Dictionary<NodeId, NodeFigures> _known = [];
    private ClusterReport? _latest;

    /// <summary>Use <see cref="Props"/>.</summary>
    public FiguresActor(ConciergeSettings settings, INodes nodes, DirectoryView view, ClusterView cluster, ConciergeMetrics metrics)
    {
        _settings = settings;
        _nodes = nodes;
        _view = view;
        _cluster = cluster;
        _metrics = metrics;
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to create it.</summary>
    public static Props Props(ConciergeSettings settings, INodes nodes, DirectoryView view, ClusterView cluster, ConciergeMetrics metrics) =>
        Akka.Actor.Props.Create(() => new FiguresActor(settings, nodes, view, cluster, metrics));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case NodeFigures.Request: Sender.Tell(Measure()); break;
            case NodeFigures figures when _awaited.Remove(figures.Node):
                _answers[figures.Node] = figures;
                if (_awaited.Count == 0) Report();
                break;
            // It comes too late for the report that it was asked for.
            case NodeFigures: break;
            case ClusterReport.Request when _latest is not null: Sender.Tell(_latest); break;
            case ClusterReport.Request:
                _asking.Add(Sender);
                if (_asking.Count == 1) AskAll();
                break;
            case Impatient: Report(); break;
            case Stale: _latest = null; break;
            default: Unhandled(message); break;
        }
    }

    private void AskAll()
    {
        Timers.StartSingleTimer(Impatient.Instance, Impatient.Instance, Patience);
        _answers[_nodes.Self] = Measure();
        foreach (NodeMember member in Members())
        {
            if (member.Node == _nodes.Self || !member.IsReachable || member.Status == NodeStatus.Down) continue;
            _awaited.Add(member.Node);
            _nodes.Contact(member.Node, "figures").Tell(NodeFigures.Request.Instance, Self);
        }
        if (_awaited.Count == 0) Report();
    }

    private void Report()
    {
        Timers.Cancel(Impatient.Instance);
        Timers.StartSingleTimer(Stale.Instance, Stale.Instance, Freshness);
        ImmutableArray<NodeMember> members = Members();
        _known = members.Select(member => _answers.GetValueOrDefault(member.Node) ?? _known.GetValueOrDefault(member.Node)).OfType<NodeFigures>().ToDictionary(it => it.Node);
        _latest = new ClusterReport([.. members.Select(Describe).OrderBy(node => node.Name, StringComparer.Ordinal).ThenBy(node => node.Id.Handle, StringComparer.Ordinal)]);
        foreach (IActorRef asking in _asking) asking.Tell(_latest);
        _asking.Clear();
        _awaited.Clear();
        _answers.Clear();
    }

    private ClusterReport.Node Describe(NodeMember member)
    {
        NodeFigures? known = _known.GetValueOrDefault(member.Node);
        string status = member.IsReachable ? member.Status.ToString().ToLowerInvariant() : "unreachable";
        return new ClusterReport.Node(member.Node, known?.Name, known?.Roles ?? [], status, member.Node == _nodes.Self, _answers.GetValueOrDefault(member.Node));
    }

    private NodeFigures Measure() => new()
    {
        Node = _nodes.Self,
        Name = _settings.NodeName,
        Roles = _settings.NodeRoles,
        Uptime = Context.System.Scheduler.MonotonicClock - _startedAt,
        Connections = _metrics.Connections,
        Clients = _view.Clients.Audience.Local.Length,
        Services = _view.Services.Count(service => service.Owner.Home is null),
        Rooms = _view.Rooms.Count(room => room.Members.Audience.Local.Length > 0),
        MessagesReceived = _metrics.MessagesReceived,
        MessagesSent = _metrics.MessagesSent,
        BytesReceived = _metrics.BytesReceived,
        BytesSent = _metrics.BytesSent,
        OutboxBytes = _metrics.OutboxBytes,
    };

    // Before it has seen any node, there is itself.
    private ImmutableArray<NodeMember> Members() =>
        _cluster.Membership is { } membership ? membership.Members : [new NodeMember(_nodes.Self, NodeStatus.Joining)];

    private sealed record Impatient
    {
        public static readonly Impatient Instance = new();
    }

    private sealed record Stale
    {
        public static readonly Stale Instance = new();
    }
}
