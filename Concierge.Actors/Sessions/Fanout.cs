using System.Buffers;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Actors.Telemetry;

namespace Concierge.Actors.Sessions;

/// <summary>
/// Sends one client's messages on. Messages that follow one another to the same receivers are joined into one chunk,
/// which all receivers share; each receiver's outbox gets them in the order in which they came, whatever their targets,
/// as everything passes through here.
/// </summary>
internal sealed class Fanout(ConciergeMetrics metrics)
{
    /// <summary>A chunk is handed on when it has grown to this many bytes.</summary>
    private const int LargestChunk = 32 * 1024;

    private const int LargestChunkKept = 4 * LargestChunk;

    // Lent to a session from its first message to the Deliver that ends its turn.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _threadChunk;

    private readonly FlushQueue _touched = new();
    private ArrayBufferWriter<byte>? _chunk;
    private ClientEntry[]? _receivers;
    private ClientEntry? _receiver;
    private ClientEntry? _sender;
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
    /// <param name="receivers">A roster's snapshot.</param>
    /// <param name="sender">Left out where it is among the receivers.</param>
    /// <param name="prefix">The frame's text up to its data.</param>
    /// <param name="data">The data.</param>
    public void Send(ClientEntry[] receivers, ClientEntry sender, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> data)
    {
        if (receivers != _receivers) Deliver();
        _receivers = receivers;
        _sender = sender;
        Append(prefix, data);
    }

    /// <summary>Hands all messages to their receivers' outboxes. They are sent by <see cref="FlushSome"/>.</summary>
    public void Deliver()
    {
        if (_messages > 0)
        {
            byte[] chunk = _chunk!.WrittenSpan.ToArray();
            Unsent += chunk.Length;
            int count = 0;
            foreach (ClientEntry receiver in _receivers ?? [_receiver!])
            {
                if (receiver == _sender) continue;
                if (receiver.Outbox.Enqueue(Lane.Others, chunk)) _touched.Add(receiver.Outbox);
                count++;
            }
            metrics.CountSent((long)_messages * count, (long)chunk.Length * count);
            _chunk.ResetWrittenCount();
            if (_chunk.Capacity <= LargestChunkKept) _threadChunk = _chunk;
            _messages = 0;
        }
        _receiver = _sender = null;
        _receivers = null;
        _chunk = null;
    }

    /// <summary>Sends a slice of what was delivered.</summary>
    /// <returns>Whether there is more.</returns>
    public bool FlushSome()
    {
        if (_touched.FlushSome()) return true;
        Unsent = 0;
        return false;
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

        (ClientEntry[]? receivers, ClientEntry? receiver, ClientEntry? sender) = (_receivers, _receiver, _sender);
        Deliver();
        (_receivers, _receiver, _sender) = (receivers, receiver, sender);
    }
}
