using Akka.Actor;
using Concierge.Actors.Connections;
using Concierge.Actors.Dialects;
using Concierge.Actors.Dialects.Chatroom;
using Concierge.Actors.Dialects.Iot;
using Concierge.Actors.Dialects.RobotChat;
using Concierge.Actors.Dialects.RosDevice;
using Concierge.Actors.Directory;
using Concierge.Actors.Telemetry;
using Concierge.Protocol;

namespace Concierge.Actors.Sessions;

/// <summary>
/// Parent of a node's sessions: opens one for every connection, and closes them all when the node drains. A session that
/// fails is closed with 4000; the others go on.
/// </summary>
public sealed class SessionsActor : UntypedActor, IWithTimers
{
    /// <summary>So many sessions are closed at a time, so that their clients don't all come back at once.</summary>
    private const int DrainSlice = 500;

    private static readonly TimeSpan DrainPause = TimeSpan.FromMilliseconds(50);

    private readonly SessionContext _context;
    private readonly HashSet<IActorRef> _draining = [];
    private readonly List<IActorRef> _drainAskers = [];
    private Queue<IActorRef>? _toClose;
    private IActorRef? _rosDevices;

    /// <summary>Use <see cref="Props"/>.</summary>
    public SessionsActor(ConciergeSettings settings, DirectoryView view, IActorRef directory, IActorRef rooms, DialectSet dialects, ConciergeMetrics metrics) =>
        _context = new SessionContext(settings, view, directory, rooms, dialects, metrics);

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to create it.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="view">Who is where.</param>
    /// <param name="directory">The actor that changes it.</param>
    /// <param name="rooms">The actor that opens rooms, and passes requests on to them.</param>
    /// <param name="dialects">What clients speak that don't speak the protocol.</param>
    /// <param name="metrics">What is counted.</param>
    public static Props Props(
        ConciergeSettings settings, DirectoryView view, IActorRef directory, IActorRef rooms, DialectSet dialects, ConciergeMetrics metrics) =>
        Akka.Actor.Props.Create(() => new SessionsActor(settings, view, directory, rooms, dialects, metrics));

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ =>
    {
        _context.Metrics.CountRestart();
        return Directive.Stop;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Accept accept when _toClose is null:
                accept.Session.TrySetResult(Context.ActorOf(PropsOf(accept)));
                break;
            case Accept accept:
                accept.Connection.Outbox.Close(CloseCode.GoingAway, "the node is draining");
                accept.Connection.SessionEnded();
                accept.Connection.SessionEnded();
                accept.Session.TrySetResult(ActorRefs.Nobody);
                break;
            case RosExchange exchange when _toClose is null:
                (_rosDevices ??= Context.ActorOf(RosDevicesActor.Props(_context), "ros-devices")).Tell(exchange);
                break;
            case RosExchange exchange: exchange.Answer.TrySetCanceled(); break;
            case Drain: OnDrain(); break;
            case CloseSlice: CloseSome(); break;
            case Terminated ended: OnSessionEnded(ended.ActorRef); break;
            default: Unhandled(message); break;
        }
    }

    private Props PropsOf(Accept accept) => accept.Dialect switch
    {
        DialectKind.RobotChat => RobotChatSessionActor.Props(_context, accept.Connection),
        DialectKind.Chatroom => ChatroomSessionActor.Props(_context, accept.Connection),
        DialectKind.IotRobot => IotRobotSessionActor.Props(_context, accept.Connection),
        DialectKind.IotBrowser => IotBrowserSessionActor.Props(_context, accept.Connection),
        _ => ProtocolSessionActor.Props(_context, accept.Connection),
    };

    private void OnDrain()
    {
        _drainAskers.Add(Sender);
        if (_toClose is not null)
        {
            AnswerWhenDrained();
            return;
        }
        foreach (IActorRef session in Context.GetChildren())
        {
            _draining.Add(session);
            Context.Watch(session);
        }
        _toClose = new Queue<IActorRef>(_draining);
        CloseSome();
        AnswerWhenDrained();
    }

    private void CloseSome()
    {
        var goingAway = new SessionActor.Close(CloseCode.GoingAway, "the node is draining");
        for (int i = 0; i < DrainSlice && _toClose!.TryDequeue(out IActorRef? session); i++) session.Tell(goingAway);
        if (_toClose!.Count > 0) Timers.StartSingleTimer(CloseSlice.Instance, CloseSlice.Instance, DrainPause);
    }

    private void OnSessionEnded(IActorRef session)
    {
        _draining.Remove(session);
        AnswerWhenDrained();
    }

    private void AnswerWhenDrained()
    {
        if (_draining.Count > 0) return;
        foreach (IActorRef asker in _drainAskers) asker.Tell(Drained.Instance);
        _drainAskers.Clear();
    }

    /// <summary>Opens a session for a connection.</summary>
    /// <param name="Connection">The connection.</param>
    /// <param name="Session">
    /// Gets the session's actor, or nobody where the node takes no newcomers; then the connection is being closed.
    /// </param>
    /// <param name="Dialect">What the client speaks; null for the concierge's protocol.</param>
    public sealed record Accept(Connection Connection, TaskCompletionSource<IActorRef> Session, DialectKind? Dialect = null);

    /// <summary>Takes no newcomers any more and closes all sessions with 1001; answered with <see cref="Drained"/>.</summary>
    public sealed record Drain
    {
        /// <summary>The only one.</summary>
        public static Drain Instance { get; } = new();
    }

    /// <summary>No session is left.</summary>
    public sealed record Drained
    {
        /// <summary>The only one.</summary>
        public static Drained Instance { get; } = new();
    }

    private sealed record CloseSlice
    {
        public static readonly CloseSlice Instance = new();
    }
}
