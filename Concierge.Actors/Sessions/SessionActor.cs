using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Actors.Nodes;
using Concierge.Actors.Services;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Sessions;

/// <summary>
/// One connection's session, whatever its client speaks: takes the client's frames in their order, turn by turn, and owns
/// the outgoing queue. Its death is the client's leaving. A frame that needs another actor's answer holds up those behind
/// it, so that a client may create a service and subscribe to it without waiting in between.
/// </summary>
public abstract partial class SessionActor : UntypedActor, IWithTimers
{
    /// <summary>So many bytes for one receiver are sent before the next frame is looked at: what fits into one send.</summary>
    private const int LargestTurn = 64 * 1024;

    private static readonly byte[] PingFrame = ServerFrames.Ping([]);

    private readonly Connection _connection;
    private IReadOnlyList<InboundMessage>? _inbound;
    private int _next;
    private bool _continues, _awaitsRoom;
    private TimeSpan _heardAt;
    private TimeSpan _pingedAt;

    /// <summary>Made by <see cref="SessionsActor"/>.</summary>
    private protected SessionActor(SessionContext shared, Connection connection)
    {
        Shared = shared;
        _connection = connection;
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>What all sessions of the node share.</summary>
    private protected SessionContext Shared { get; }

    /// <summary>What waits to be sent to the client.</summary>
    private protected Outbox Outbox => _connection.Outbox;

    /// <summary>What another actor has been asked, and has not answered yet.</summary>
    private protected ISessionRequest? Request { get; private set; }

    private protected static ILoggingAdapter Log => Context.GetLogger();

    private int ToSend => (_answers?.WrittenCount ?? 0) + (_fanout?.Unsent ?? 0);

    /// <summary>A text frame of the client.</summary>
    /// <param name="text">Valid UTF-8, and the session's only until it takes the next frame.</param>
    private protected abstract void OnText(ReadOnlyMemory<byte> text);

    /// <summary>A binary frame of the client; none of the formats has any.</summary>
    private protected abstract void OnBinary();

    /// <summary>Another actor has answered what it was asked.</summary>
    private protected abstract void OnAnswered(ISessionRequest request, Outcome outcome);

    /// <summary>What an answer led to failed; the session goes on.</summary>
    private protected abstract void OnFault(Exception fault);

    /// <summary>A message that is none of those which every session takes. What it leads to is sent afterwards.</summary>
    private protected virtual void OnOther(object message) => Unhandled(message);

    /// <summary>The connection is about to be closed: what is sent to the client now is the last. May come twice.</summary>
    private protected virtual void OnEnding()
    {
    }

    /// <inheritdoc/>
    protected override void PreStart() => _connection.Attach(Self);

    /// <inheritdoc/>
    protected override void PostStop()
    {
        // What was promised to others is kept, also by a session that failed.
        while (_fanout?.FlushSome() == true)
        {
        }
        OnEnding();
        Outbox.Close(CloseCode.Unknown, "internal error");
        _connection.SessionEnded();
    }

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
            case Heartbeat: OnHeartbeat(); break;
            case IdentifyTimeout timeout: End(CloseCode.AuthFailed, timeout.Reason); break;
            case Close close: End(close.Code, close.Reason); break;
            case Disconnected: OnDisconnected(); break;
            case Terminated ended: OnEnded(ended.ActorRef); break;
            default:
                OnOther(message);
                Finish();
                break;
        }
    }

    /// <summary>Starts the time that the client has to say who it is, or starts it anew.</summary>
    /// <param name="otherwise">The reason with which it is closed where it doesn't.</param>
    private protected void AwaitIdentity(string otherwise) =>
        Timers.StartSingleTimer(nameof(IdentifyTimeout), new IdentifyTimeout(otherwise), Shared.Settings.IdentifyTimeout);

    /// <summary>The client has said who it is.</summary>
    private protected void StopAwaitingIdentity() => Timers.Cancel(nameof(IdentifyTimeout));

    /// <summary>The client is known: from now on it has to show signs of life.</summary>
    private protected void OnIdentified()
    {
        _heardAt = _pingedAt = Context.System.Scheduler.MonotonicClock;
        Timers.StartSingleTimer(Heartbeat.Instance, Heartbeat.Instance, Shared.Settings.HeartbeatInterval);
    }

    /// <summary>Asks another actor; until it has answered, no frame is taken.</summary>
    private protected void Ask(IActorRef actor, ISessionRequest request)
    {
        // What the client sent before comes before what the request brings about.
        _fanout?.Deliver();
        Request = request;
        actor.Tell(request);
    }

    /// <summary>Takes an answer, unless it is no longer waited for.</summary>
    private protected void OnAnswer(Answer answer)
    {
        if (!ReferenceEquals(answer.Request, Request)) return;
        Request = null;
        if (answer.Request is ServiceActor.Request asked) Context.Unwatch(asked.Service.Actor);
        try
        {
            OnAnswered(answer.Request, answer.Outcome);
        }
        catch (Exception fault) when (answer.Request is not DirectoryActor.Join)
        {
            OnFault(fault);
        }
        Proceed();
    }

    // Works through what was read until a frame has to wait for another actor, or there is enough to send: small frames
    // can cause large ones, and must not fill anybody's outbox before its socket was offered a byte.
    private void Proceed()
    {
        while (_inbound is not null && Request is null && !_awaitsRoom && _next < _inbound.Count && ToSend < LargestTurn) OnFrame(_inbound[_next++]);
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
            Shared.Metrics.RecordFanout(Stopwatch.GetElapsedTime(_broadcastAt));
            _broadcastAt = 0;
        }
        if (_fanout?.MustWait(Self) == true) _awaitsRoom = true;
        if (_inbound is null || Request is not null || _awaitsRoom) return;
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
            case MessageKind.Text: OnText(frame.Payload); break;
            case MessageKind.Binary: OnBinary(); break;
            case MessageKind.Ping: Outbox.Enqueue(Lane.Control, ServerFrames.Pong(frame.Payload.Span)); FlushOwn(); break;
            case MessageKind.Pong: break;
            case MessageKind.Close: End(frame.Code ?? CloseCode.Normal, ""); break;
            default: End(frame.Code ?? CloseCode.ProtocolError, frame.Reason ?? ""); break;
        }
    }

    /// <summary>Closes the connection, after all that was said before.</summary>
    private protected void End(CloseCode code, string reason)
    {
        _fanout?.Deliver();
        FlushAnswers();
        OnEnding();
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
        if (silence >= Shared.Settings.HeartbeatTimeout)
        {
            End(CloseCode.HeartbeatFailed, "nothing came in time, not even a pong");
            return;
        }
        if (now - _pingedAt >= Shared.Settings.HeartbeatInterval)
        {
            _pingedAt = now;
            Outbox.Send(Lane.Control, PingFrame);
        }
        TimeSpan toPing = Shared.Settings.HeartbeatInterval - (now - _pingedAt);
        TimeSpan toTimeout = Shared.Settings.HeartbeatTimeout - silence;
        Timers.StartSingleTimer(Heartbeat.Instance, Heartbeat.Instance, toPing < toTimeout ? toPing : toTimeout);
    }

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

    private sealed record IdentifyTimeout(string Reason);

    private sealed record Heartbeat
    {
        public static readonly Heartbeat Instance = new();
    }

    private sealed record Continue : IDeadLetterSuppression
    {
        public static readonly Continue Instance = new();
    }
}
