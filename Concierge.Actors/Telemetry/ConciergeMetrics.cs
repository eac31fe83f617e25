using System.Diagnostics.Metrics;
using Concierge.Actors.Dialects;
using Concierge.Actors.Directory;
using Concierge.Protocol;

namespace Concierge.Actors.Telemetry;

/// <summary>
/// What a node counts. The counters of the hot path are plain sums, read when somebody asks. Thread-safe.
/// </summary>
public sealed class ConciergeMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Concierge";

    private readonly DirectoryView _directory;
    private readonly Counter<long> _closes;
    private readonly Histogram<double> _fanout;
    private long _restarts, _connections, _messagesReceived, _messagesSent, _bytesReceived, _bytesSent;

    /// <summary>Makes the instruments of one node.</summary>
    /// <param name="directory">Whose clients' outboxes are measured.</param>
    public ConciergeMetrics(DirectoryView directory)
    {
        _directory = directory;
        Meter = new Meter(MeterName);
        Meter.CreateObservableUpDownCounter("concierge_connections", () => Connections, description: "Open client connections.");
        Meter.CreateObservableUpDownCounter("concierge_clients", () => directory.Clients.Audience.Local.Length, description: "Identified clients of this node.");
        Meter.CreateObservableUpDownCounter(
            "concierge_dialect_clients", () => CountDialects(directory), description: "Clients of this node that speak an older format, by format.");
        Meter.CreateObservableUpDownCounter("concierge_services", () => directory.ServiceCount, description: "Services.");
        Meter.CreateObservableUpDownCounter("concierge_rooms", () => directory.RoomCount, description: "Rooms.");
        Meter.CreateObservableCounter(
            "concierge_messages_received_total", () => MessagesReceived, description: "Messages received from clients.");
        Meter.CreateObservableCounter(
            "concierge_messages_sent_total", () => MessagesSent, description: "Messages queued for clients, each receiver counted.");
        Meter.CreateObservableCounter(
            "concierge_bytes_received_total", () => BytesReceived, description: "Bytes received from clients.");
        Meter.CreateObservableCounter(
            "concierge_bytes_sent_total", () => BytesSent, description: "Bytes queued for clients, frame headers included.");
        Meter.CreateObservableUpDownCounter("concierge_outbox_bytes", () => OutboxBytes, description: "Bytes that wait in the clients' outgoing queues.");
        _closes = Meter.CreateCounter<long>("concierge_closes_total", description: "Connections closed, by close code; other for codes of clients that mean nothing here.");
        Meter.CreateObservableCounter(
            "concierge_actor_restarts_total", () => Volatile.Read(ref _restarts), description: "Actors that failed and were seen to by their supervisor.");
        _fanout = Meter.CreateHistogram<double>(
            "concierge_fanout_seconds", "s", "From reading a broadcast to its last send, in seconds.");
    }

    /// <summary>The meter that the instruments belong to.</summary>
    public Meter Meter { get; }

    /// <summary>Open client connections, identified or not.</summary>
    public long Connections => Volatile.Read(ref _connections);

    /// <summary>Messages received from clients.</summary>
    public long MessagesReceived => Volatile.Read(ref _messagesReceived);

    /// <summary>Messages queued for clients, each receiver counted.</summary>
    public long MessagesSent => Volatile.Read(ref _messagesSent);

    /// <summary>Bytes received from clients.</summary>
    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    /// <summary>Bytes queued for clients, frame headers included.</summary>
    public long BytesSent => Volatile.Read(ref _bytesSent);

    /// <summary>Bytes that wait in the clients' outgoing queues.</summary>
    public long OutboxBytes => _directory.Clients.Audience.Local.Sum(client => (long)client.Outbox.PendingBytes);

    /// <summary>A connection was opened.</summary>
    /// <returns>How many there are now.</returns>
    public long CountConnection() => Interlocked.Increment(ref _connections);

    /// <summary>A connection has ended.</summary>
    public void CountDisconnection() => Interlocked.Decrement(ref _connections);

    /// <summary>Bytes came in from a client.</summary>
    public void CountReceived(int messages, long bytes)
    {
        Interlocked.Add(ref _messagesReceived, messages);
        Interlocked.Add(ref _bytesReceived, bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    private static IEnumerable<Measurement<int>> CountDialects(DirectoryView directory)
    {
        ClientEntry[] clients = directory.Clients.Audience.Local;
        return Enum.GetValues<DialectKind>().Select(dialect => new Measurement<int>(
            clients.Count(client => client.Outbox.Dialect?.Kind == dialect), KeyValuePair.Create<string, object?>("dialect", dialect.Label())));
    }

    /// <summary>Messages were queued for clients.</summary>
    internal void CountSent(long messages, long bytes)
    {
        Interlocked.Add(ref _messagesSent, messages);
        Interlocked.Add(ref _bytesSent, bytes);
    }

    /// <summary>A connection is being closed by the concierge.</summary>
    internal void CountClose(CloseCode code)
    {
        // A client may close with any code it likes: those that mean nothing to us share one series.
        object label = Enum.IsDefined(code) ? (int)code : "other";
        _closes.Add(1, KeyValuePair.Create<string, object?>("code", label));
    }

    /// <summary>An actor failed.</summary>
    internal void CountRestart() => Interlocked.Increment(ref _restarts);

    /// <summary>A broadcast has been sent.</summary>
    internal void RecordFanout(TimeSpan took) => _fanout.Record(took.TotalSeconds);
}
