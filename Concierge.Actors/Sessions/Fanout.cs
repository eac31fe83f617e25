using System.Buffers;
using Akka.Actor;
using Concierge.Actors.Connections;
using Concierge.Actors.Dialects;
using Concierge.Actors.Directory;
using Concierge.Actors.Nodes;
using Concierge.Actors.Telemetry;

namespace Concierge.Actors.Sessions;

/// <summary>
/// Sends one client's messages on. Messages that follow one another to the same receivers are joined into one chunk,
/// which all receivers share; each receiver's outbox gets them in the order in which they came, whatever their targets,
/// as everything passes through here. To another node a chunk goes once, however many receivers are there.
/// </summary>
/// <param name="metrics">What is counted.</param>
/// <param name="dialect">What the sender speaks; null for the concierge's protocol.</param>
internal sealed class Fanout(ConciergeMetrics metrics, Dialect? dialect = null)
{
    /// <summary>A chunk is handed on when it has grown to this many bytes.</summary>
    private const int LargestChunk = 32 * 1024;

    private const int LargestChunkKept = 4 * LargestChunk;

    // Lent to a session from its first message to the Deliver that ends its turn.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _threadChunk;

    private readonly FlushQueue _touched = new();
    private ArrayBufferWriter<byte>? _chunk, _native;
    private Audience? _receivers;
    private ClientEntry? _receiver;
    private ClientEntry? _sender;
    private Destination? _destination;
    private Peer? _congested;
    private int _messages;

    /// <summary>How many bytes were delivered, each receiver's once, since the last flush was done.</summary>
    public int Unsent { get; private set; }

    /// <summary>A message for one client.</summary>
    public void Send(ClientEntry receiver, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> data)
    {
        if (receiver != _receiver) Deliver();
        _receiver = receiver;
        Append(prefix, data);
    }

    /// <summary>A message for many, but not for its sender.</summary>
    /// <param name="receivers">Who gets it.</param>
    /// <param name="destination">How other nodes know them.</param>
    /// <param name="sender">Left out where it is among the receivers; null where there is none.</param>
    /// <param name="prefix">The frame's text up to its data.</param>
    /// <param name="data">The data.</param>
    /// <param name="native">The frame's text as receivers get it that speak the sender's dialect, where it speaks one.</param>
    public void Send(
        Audience receivers, Destination destination, ClientEntry? sender, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> data, ReadOnlySpan<byte> native = default)
    {
        if (receivers != _receivers) Deliver();
        _receivers = receivers;
        _destination = destination;
        _sender = sender;
        if (dialect is not null) PayloadFrame.AppendText(_native ??= new ArrayBufferWriter<byte>(), native);
        Append(prefix, data);
    }

    /// <summary>Hands all messages to their receivers' outboxes and nodes. From the outboxes they are sent by <see cref="FlushSome"/>.</summary>
    public void Deliver()
    {
        if (_messages > 0)
        {
            byte[] chunk = _chunk!.WrittenSpan.ToArray();
            byte[]? native = _native?.WrittenSpan.ToArray();
            if (native is not null) dialect!.Learn(chunk, native);
            Unsent += chunk.Length;
            if (_receiver is { Home: { } home }) Send(home, new Destination.ToClient(_receiver.Info.Uuid), chunk, native);
            else if (_receiver is not null) Deliver([_receiver], chunk);
            else
            {
                Deliver(_receivers!.Local, chunk);
                foreach (Peer peer in _receivers.Peers) Send(peer, _destination!, chunk, native);
            }
            _chunk.ResetWrittenCount();
            if (_chunk.Capacity <= LargestChunkKept) _threadChunk = _chunk;
            _messages = 0;
        }
        _receiver = _sender = null;
        _receivers = null;
        _destination = null;
        _chunk = _native = null;
    }

    /// <summary>Sends a slice of what was delivered.</summary>
    /// <returns>Whether there is more.</returns>
    public bool FlushSome()
    {
        if (_touched.FlushSome()) return true;
        Unsent = 0;
        return false;
    }

    /// <summary>Whether so much waits for one of the nodes reached that the sender waits, too, until it is told <see cref="Peer.RoomAgain"/>.</summary>
    public bool MustWait(IActorRef sender)
    {
        Peer? congested = _congested;
        _congested = null;
        return congested?.AwaitRoom(sender) == true;
    }

    private void Deliver(ReadOnlySpan<ClientEntry> receivers, byte[] chunk)
    {
        int count = 0;
        foreach (ClientEntry receiver in receivers)
        {
            if (receiver == _sender) continue;
            if (receiver.Outbox.Enqueue(Lane.Others, chunk)) _touched.Add(receiver.Outbox);
            count++;
        }
        metrics.CountSent((long)_messages * count, (long)chunk.Length * count);
    }

    private void Send(Peer peer, Destination destination, byte[] chunk, byte[]? native)
    {
        peer.Send(new LinkItem.Messages(destination, chunk, _messages) { Native = native is null ? null : new NativeFrames(dialect!.Kind, native) });
        if (peer.IsCongested) _congested = peer;
    }

    private void Append(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> data)
    {
        if (_chunk is null)
        {
            // Taken from the thread, not shared with it: should this session fail, nothing of it is left to the next.
            _chunk = _threadChunk ?? new ArrayBufferWriter<byte>(4096);
            _threadChunk = null;
        }
        PayloadFrame.AppendMessage(_chunk, prefix, data);
        _messages++;
        if (_chunk.WrittenCount < LargestChunk) return;

        (Audience? receivers, ClientEntry? receiver, ClientEntry? sender, Destination? destination) = (_receivers, _receiver, _sender, _destination);
        Deliver();
        (_receivers, _receiver, _sender, _destination) = (receivers, receiver, sender, destination);
    }
}
