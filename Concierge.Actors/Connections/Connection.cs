using System.Threading.Tasks.Sources;
using Akka.Actor;
using Akka.Event;
using Concierge.Actors.Sessions;
using Concierge.Actors.Telemetry;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Connections;

/// <summary>
/// What joins a socket's read loop to its session. The loop hands over all messages of one read and waits until the
/// session is done with them: that bounds what waits unread to one read, lets the session use the read buffer without
/// copying it, and makes TCP slow down a client that sends faster than it is served.
/// </summary>
public sealed class Connection : IValueTaskSource
{
    private const int Idle = 0, Delivering = 1, Over = 2;

    private readonly ConciergeMetrics _metrics;
    private readonly InboundFrames _inbound = new();
    private ManualResetValueTaskSourceCore<bool> _processed;
    private int _state = Idle;
    private IActorRef _session = ActorRefs.Nobody;

    /// <summary>Makes the connection's end on the actors' side.</summary>
    /// <param name="wire">The sending side of the socket.</param>
    /// <param name="outgoingLimit">How many bytes may wait to be sent; more close the connection with 4010.</param>
    /// <param name="time">The clock of the closing handshake.</param>
    /// <param name="metrics">What is counted.</param>
    /// <param name="isPlain">Whether it has no frames.</param>
    public Connection(IWire wire, int outgoingLimit, TimeProvider time, ConciergeMetrics metrics, bool isPlain = false)
    {
        _metrics = metrics;
        Outbox = new Outbox(wire, outgoingLimit, time, OnClosing, isPlain);
    }

    /// <summary>What waits to be sent to the client.</summary>
    public Outbox Outbox { get; }

    /// <summary>
    /// Gives what was read to the session; called by the read loop alone, one call at a time.
    /// </summary>
    /// <param name="session">The session's actor.</param>
    /// <param name="messages">They, and what their payloads point to, belong to the session until the task completes.</param>
    /// <returns>Completes when the session is done with the messages, at once where the session is over.</returns>
    public ValueTask DeliverAsync(IActorRef session, List<InboundMessage> messages)
    {
        _processed.Reset();
        _inbound.Messages = messages;
        if (Interlocked.CompareExchange(ref _state, Delivering, Idle) == Over) return ValueTask.CompletedTask;
        session.Tell(_inbound, ActorRefs.NoSender);
        return new ValueTask(this, _processed.Version);
    }

    /// <summary>The session has begun.</summary>
    internal void Attach(IActorRef session) => Volatile.Write(ref _session, session);

    /// <summary>The socket has ended without a closing handshake: nobody reads what waits.</summary>
    internal void Abort()
    {
        if (!Outbox.IsClosed) _metrics.CountClose(CloseCode.Abnormal);
        Outbox.Abort();
    }

    /// <summary>The session is done with the messages.</summary>
    internal void Processed()
    {
        _inbound.Messages = [];
        // Resumes the read loop on this thread: it does no more than start the next read, and a hop would cost more.
        if (Interlocked.CompareExchange(ref _state, Idle, Delivering) == Delivering) _processed.SetResult(true);
    }

    /// <summary>The session has ended, or there is none: nothing more is taken.</summary>
    internal void SessionEnded()
    {
        if (Interlocked.Exchange(ref _state, Over) == Delivering) _processed.SetResult(true);
    }

    private void OnClosing(CloseCode code)
    {
        _metrics.CountClose(code);
        // Every other close is the session's own doing.
        if (code == CloseCode.SlowConsumer) Volatile.Read(ref _session).Tell(new SessionActor.Close(code, ""), ActorRefs.NoSender);
    }

    void IValueTaskSource.GetResult(short token) => _processed.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _processed.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _processed.OnCompleted(continuation, state, token, flags);
}

/// <summary>The messages of one read, on their way from a connection to its session.</summary>
internal sealed class InboundFrames : IDeadLetterSuppression
{
    public IReadOnlyList<InboundMessage> Messages { get; set; } = [];
}
