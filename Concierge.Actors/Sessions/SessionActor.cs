using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using Concierge.Actors.Connections;
using Concierge.Actors.Nodes;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Sessions;

/// <summary>
/// One connection's session: reads the client's frames in their order, answers them, and owns the outgoing queue. Its
/// death is the client's leaving. A frame that needs another actor's answer holds up those behind it, so that a client
/// may create a service and subscribe to it without waiting in between.
/// </summary>
public sealed partial class SessionActor : UntypedActor, IWithTimers
{
    /// <summary>So many bytes for one receiver are sent before the next frame is looked at: what fits into one send.</summary>
    private const int LargestTurn = 64 * 1024;

    private static readonly byte[] PingFrame = ServerFrames.Ping([]);

    private readonly SessionContext _context;
    private readonly Connection _connection;
    private IReadOnlyList<InboundMessage>? _inbound;
    private int _next;
    private bool _continues, _awaitsRoom;
    private ISessionRequest? _request;
    private TimeSpan _heardAt;
    private TimeSpan _pingedAt;

    /// <summary>Use <see cref="Props"/>.</summary>
    internal SessionActor(SessionContext context, Connection connection)
    {
        _context = context;
        _connection = connection;
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private Outbox Outbox => _connection.Outbox;

    private int ToSend => (_answers?.WrittenCount ?? 0) + (_fanout?.Unsent ?? 0);

    /// <summary>How to create it: without reflection, as thousands connect a second.</summary>
    internal static Props Props(SessionContext context, Connection connection) =>
        Akka.Actor.Props.CreateBy(new Producer(context, connection));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _connection.Attach(Self);
        Timers.StartSingleTimer(IdentifyTimeout.Instance, IdentifyTimeout.Instance, _context.Settings.IdentifyTimeout);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        // What was promised to others is kept, also by a session that failed.
        while (_fanout?.FlushSome() == true)
        {
        }
        Outbox.Close(CloseCode.Unknown, "internal error");
        _connection.SessionEnded();
    }

    // A service's subscribers are nowhere else to be had: it keeps them when a message fails in it.
    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(fault =>
    {
        _context.Metrics.CountRestart();
        return fault is ActorInitializationException ? Directive.Stop : Directive.Resume;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case InboundFrames frames:
                _inbound = frames.Messages;
                _next = 0;
                Proceed();
                break;
            case Continue:
                _continues = false;
                Proceed();
                break;
            case Answer answer: OnAnswer(answer); break;
            case Peer.RoomAgain:
                _awaitsRoom = false;
                Proceed();
                break;
            case Terminated ended: OnServiceEnded(ended.ActorRef); break;
            case Heartbeat: OnHeartbeat(); break;
            case IdentifyTimeout: End(CloseCode.AuthFailed, "no IDENTIFY in time"); break;
            case Close close: End(close.Code, close.Reason); break;
            case Disconnected: OnDisconnected(); break;
            default: Unhandled(message); break;
        }
    }

    // Works through what was read until a frame has to wait for another actor, or there is enough to send: small frames
    // can cause large ones, and must not fill anybody's outbox before its socket was offered a byte.
    private void Proceed()
    {
        while (_inbound is not null && _request is null && !_awaitsRoom && _next < _inbound.Count && ToSend < LargestTurn) OnFrame(_inbound[_next++]);
        Finish();
    }

    // Everything is handed to the outboxes first and then sent, a slice at a time. The read loop goes on when all that it
    // read has been dealt with.
    private void Finish()
    {
        _fanout?.Deliver();
        FlushAnswers();
        if (_fanout?.FlushSome() == true)
        {
            ContinueSoon();
            return;
        }
        if (_broadcastAt != 0)
        {
            _context.Metrics.RecordFanout(Stopwatch.GetElapsedTime(_broadcastAt));
            _broadcastAt = 0;
        }
        if (_fanout?.MustWait(Self) == true) _awaitsRoom = true;
        if (_inbound is null || _request is not null || _awaitsRoom) return;
        if (_next < _inbound.Count)
        {
            ContinueSoon();
            return;
        }
        _inbound = null;
        _heardAt = Context.System.Scheduler.MonotonicClock;
        _connection.Processed();
    }

    // What others have told the session meanwhile, to close for one, comes first.
    private void ContinueSoon()
    {
        if (_continues) return;
        _continues = true;
        Self.Tell(Continue.Instance);
    }

    private void OnFrame(InboundMessage frame)
    {
        switch (frame.Kind)
        {
            case MessageKind.Text when _self is null: OnFirstFrame(frame.Payload); break;
            case MessageKind.Text: OnText(frame.Payload); break;
            case MessageKind.Binary when _self is null: End(CloseCode.NoAuth, "the first frame must be IDENTIFY, as text"); break;
            case MessageKind.Binary: Reply(new ServerPayload.ErrorProtocol("binary frames are not supported, expected text")); break;
            case MessageKind.Ping: Outbox.Enqueue(Lane.Control, ServerFrames.Pong(frame.Payload.Span)); _flushOwn = true; break;
            case MessageKind.Pong: break;
            case MessageKind.Close: End(frame.Code ?? CloseCode.Normal, ""); break;
            default: End(frame.Code ?? CloseCode.ProtocolError, frame.Reason ?? ""); break;
        }
    }

    private void End(CloseCode code, string reason)
    {
        _fanout?.Deliver();
        FlushAnswers();
        Outbox.Close(code, reason);
        // What was read behind it is not looked at any more.
        _inbound = null;
        Context.Stop(Self);
    }

    private void OnDisconnected()
    {
        _connection.Abort();
        Context.Stop(Self);
    }

    private void OnHeartbeat()
    {
        TimeSpan now = Context.System.Scheduler.MonotonicClock;
        // While frames wait for another actor nothing more is read: that silence is ours.
        TimeSpan silence = _inbound is null ? now - _heardAt : TimeSpan.Zero;
        if (silence >= _context.Settings.HeartbeatTimeout)
        {
            End(CloseCode.HeartbeatFailed, "nothing came in time, not even a pong");
            return;
        }
        if (now - _pingedAt >= _context.Settings.HeartbeatInterval)
        {
            _pingedAt = now;
            Outbox.Send(Lane.Control, PingFrame);
        }
        TimeSpan toPing = _context.Settings.HeartbeatInterval - (now - _pingedAt);
        TimeSpan toTimeout = _context.Settings.HeartbeatTimeout - silence;
        Timers.StartSingleTimer(Heartbeat.Instance, Heartbeat.Instance, toPing < toTimeout ? toPing : toTimeout);
    }

    private static ILoggingAdapter Log => Context.GetLogger();

    /// <summary>The connection has ended.</summary>
    public sealed record Disconnected : IDeadLetterSuppression
    {
        /// <summary>The only one.</summary>
        public static Disconnected Instance { get; } = new();
    }

    /// <summary>Closes the connection.</summary>
    /// <param name="Code">The code of the close frame.</param>
    /// <param name="Reason">Its reason.</param>
    public sealed record Close(CloseCode Code, string Reason) : IDeadLetterSuppression;

    /// <summary>Answers one of the session's requests.</summary>
    /// <param name="Request">The request, the same object.</param>
    /// <param name="Outcome">What became of it.</param>
    public sealed record Answer(ISessionRequest Request, Outcome Outcome) : IDeadLetterSuppression;

    private sealed record IdentifyTimeout
    {
        public static readonly IdentifyTimeout Instance = new();
    }

    private sealed record Heartbeat
    {
        public static readonly Heartbeat Instance = new();
    }

    private sealed record Continue : IDeadLetterSuppression
    {
        public static readonly Continue Instance = new();
    }

    private sealed class Producer(SessionContext context, Connection connection) : IIndirectActorProducer
    {
        public Type ActorType => typeof(SessionActor);

        public ActorBase Produce() => new SessionActor(context, connection);

        public void Release(ActorBase actor)
        {
        }
    }
}
