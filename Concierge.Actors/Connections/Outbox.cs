using System.Buffers;
using Concierge.Actors.Dialects;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Connections;

/// <summary>
/// What waits to be sent to one connection: a thread-safe queue bounded in bytes, with lanes. Whoever has something for
/// the client enqueues shared bytes, without copying them, and flushes once its burst is over; a flush writes all that
/// waits in as few sends as the kernel takes. Full, it closes the connection with 4010 instead of making anybody wait.
/// </summary>
public sealed class Outbox : IThreadPoolWorkItem
{
    /// <summary>Chunks that wait together go out in one send of at most this many bytes.</summary>
    private const int LargestSend = 64 * 1024;

    /// <summary>After so many sends a flushing thread leaves the rest to the pool: it has other outboxes to see to.</summary>
    private const int SendsPerFlush = 4;

    /// <summary>How long a closing connection may take no bytes, or leave the closing handshake unanswered.</summary>
    private static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(1);

    [ThreadStatic]
    private static byte[]? _scratch;

    private readonly IWire _wire;
    private readonly int _limit;
    private readonly TimeProvider _time;
    private readonly bool _isPlain;
    private readonly Action<CloseCode>? _closing;
    private readonly Lock _gate = new();
    private ChunkQueue _control, _own, _others;
    private byte[]? _closeFrame;
    private volatile State _state;
    private int _queued, _inFlight;
    private long _taken;
    private bool _flushPromised, _writing, _othersTurn;
    private TaskCompletionSource? _finished;

    /// <summary>Makes the outbox of a connection that has nothing to send yet.</summary>
    /// <param name="wire">The connection.</param>
    /// <param name="limit">How many bytes may wait, at least one largest frame.</param>
    /// <param name="time">The clock of the closing handshake.</param>
    /// <param name="closing">Told once, from any thread, with the code of the close frame.</param>
    /// <param name="isPlain">Whether the connection has no frames, and so no close frame: what is queued is sent as it is.</param>
    public Outbox(IWire wire, int limit, TimeProvider time, Action<CloseCode>? closing = null, bool isPlain = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        _wire = wire;
        _limit = limit;
        _time = time;
        _isPlain = isPlain;
        _closing = closing;
    }

    private enum State : byte
    {
        Open,
        Closing,
        Finished,
    }

    /// <summary>Bytes that wait, those being written included.</summary>
    public int PendingBytes => Volatile.Read(ref _queued) + Volatile.Read(ref _inFlight);

    /// <summary>How many bytes may wait.</summary>
    public int Limit => _limit;

    /// <summary>
    /// What the client speaks; null for the concierge's protocol, in which others write. Set before anybody can find the client.
    /// </summary>
    internal Dialect? Dialect { get; set; }

    /// <summary>Whether nothing more is taken.</summary>
    public bool IsClosed => _state != State.Open;

    /// <summary>Completes when everything was written, or the connection broke. Never fails.</summary>
    public Task Finished
    {
        get
        {
            lock (_gate)
            {
                if (_state == State.Finished) return Task.CompletedTask;
                return (_finished ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }
    }

    /// <summary>Queues whole frames. A closed outbox drops them; a full one closes the connection with 4010.</summary>
    /// <param name="lane">Where they queue.</param>
    /// <param name="chunk">One or more frames, headers included; shared, and never changed afterwards.</param>
    /// <returns>Whether the caller has to call <see cref="Flush"/>; false where somebody else will.</returns>
    public bool Enqueue(Lane lane, byte[] chunk)
    {
        if (Dialect is not null && lane == Lane.Others)
        {
            chunk = Dialect.Translate(chunk);
            if (chunk.Length == 0) return false;
        }
        lock (_gate)
        {
            if (_state != State.Open) return false;
            if (chunk.Length <= _limit - _queued - _inFlight)
            {
                _queued += chunk.Length;
                switch (lane)
                {
                    case Lane.Control: _control.Enqueue(chunk); break;
                    case Lane.Own: _own.Enqueue(chunk); break;
                    default: _others.Enqueue(chunk); break;
                }
                if (_flushPromised || _writing) return false;
                return _flushPromised = true;
            }
        }
        Close(CloseCode.SlowConsumer, "reads more slowly than it is sent to", discard: true);
        return false;
    }

    /// <summary>Queues whole frames and sends what waits, even where another has promised to flush.</summary>
    /// <param name="lane">Where they queue.</param>
    /// <param name="chunk">One or more frames, headers included; shared, and never changed afterwards.</param>
    public void Send(Lane lane, byte[] chunk)
    {
        Enqueue(lane, chunk);
        Flush();
    }

    /// <summary>Sends what waits, as far as the kernel takes it at once; the rest follows by itself.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_writing || _state == State.Finished) return;
            _writing = true;
        }
        WriteSome();
    }

    /// <summary>
    /// Takes nothing more, sends what waits and then a close frame. Whatever the peer does, the connection ends soon:
    /// it is dropped when it takes no bytes for 1 s, or does not answer the close frame for 1 s.
    /// </summary>
    /// <param name="code">The code of the close frame.</param>
    /// <param name="reason">Its reason, cut to what fits in.</param>
    /// <param name="discard">Whether what waits is thrown away instead of sent.</param>
    /// <returns>False where it was closed already.</returns>
    public bool Close(CloseCode code, string reason, bool discard = false)
    {
        lock (_gate)
        {
            if (_state != State.Open) return false;
            _state = State.Closing;
            if (discard) Clear();
            if (!_isPlain) _closeFrame = ServerFrames.Close(code, reason);
            _queued += _closeFrame?.Length ?? 0;
        }
        _closing?.Invoke(code);
        _ = DropWhenStuckAsync();
        Flush();
        return true;
    }

    /// <summary>Drops the connection and all that waits.</summary>
    public void Abort()
    {
        _wire.Abort();
        Finish();
    }

    /// <summary>The rest of a flush that went on too long.</summary>
    void IThreadPoolWorkItem.Execute() => WriteSome();

    // Only the thread that set _writing is in here: the wire sees one caller at a time, and no lock is held in a send.
    private void WriteSome()
    {
        for (int sends = 0; sends < SendsPerFlush; sends++)
        {
            ReadOnlySpan<byte> batch = Take(ref _scratch);
            if (batch.IsEmpty) return;
            int sent = TrySend(batch);
            if (sent < 0)
            {
                Abort();
                return;
            }
            _taken += sent;
            if (sent == batch.Length) continue;

            int left = batch.Length - sent;
            byte[] rest = ArrayPool<byte>.Shared.Rent(left);
            batch[sent..].CopyTo(rest);
            _ = WriteRestAsync(rest, left);
            return;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private int TrySend(ReadOnlySpan<byte> batch)
    {
        try
        {
            return _wire.TrySend(batch);
        }
        catch (Exception)
        {
            // Whatever it was, it is this connection's fault, and not that of whoever flushes.
            return -1;
        }
    }

    private async Task WriteRestAsync(byte[] buffer, int length)
    {
        try
        {
            while (length > 0)
            {
                await _wire.SendAsync(buffer.AsMemory(0, length)).ConfigureAwait(false);
                _taken += length;
                length = TakeInto(ref buffer);
            }
            ArrayPool<byte>.Shared.Return(buffer);
        }
        catch (Exception)
        {
            // Whatever it was, the connection is of no use any more, and its reader hears of it. The buffer is not
            // given back: the wire may still hold it.
            Abort();
        }
    }

    private int TakeInto(ref byte[] buffer)
    {
        ReadOnlySpan<byte> batch = Take(ref _scratch);
        if (batch.Length > buffer.Length)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(batch.Length);
        }
        batch.CopyTo(buffer);
        return batch.Length;
    }

    // What is to be sent next: a single chunk as it is, several joined in the scratch buffer. Nothing left ends the
    // writing, in the same lock in which an Enqueue would otherwise rely on it.
    private ReadOnlySpan<byte> Take(ref byte[]? scratch)
    {
        lock (_gate)
        {
            _inFlight = 0;
            if (_state != State.Finished && Next() is { } first)
            {
                int length = first.Length;
                if (PeekLength() is int second && length + second <= LargestSend)
                {
                    scratch ??= new byte[LargestSend];
                    first.CopyTo(scratch, 0);
                    while (PeekLength() is int next && length + next <= LargestSend)
                    {
                        Next()!.CopyTo(scratch, length);
                        length += next;
                    }
                    first = scratch;
                }
                _queued -= length;
                _inFlight = length;
                return first.AsSpan(0, length);
            }
            _writing = _flushPromised = false;
            if (_state != State.Closing) return default;
        }
        Finish();
        return default;
    }

    private byte[]? Next()
    {
        if (_control.Count > 0) return _control.Dequeue();
        if (_own.Count > 0 && (!_othersTurn || _others.Count == 0))
        {
            _othersTurn = true;
            return _own.Dequeue();
        }
        if (_others.Count > 0)
        {
            _othersTurn = false;
            return _others.Dequeue();
        }
        byte[]? last = _closeFrame;
        _closeFrame = null;
        return last;
    }

    private int? PeekLength()
    {
        if (_control.Count > 0) return _control.Peek().Length;
        if (_own.Count > 0 && (!_othersTurn || _others.Count == 0)) return _own.Peek().Length;
        if (_others.Count > 0) return _others.Peek().Length;
        return _closeFrame?.Length;
    }

    private void Finish()
    {
        TaskCompletionSource? finished;
        lock (_gate)
        {
            if (_state == State.Finished) return;
            _state = State.Finished;
            Clear();
            _inFlight = 0;
            _closeFrame = null;
            finished = _finished;
        }
        finished?.TrySetResult();
    }

    private void Clear()
    {
        _control.Clear();
        _own.Clear();
        _others.Clear();
        _queued = 0;
    }

    private async Task DropWhenStuckAsync()
    {
        long before;
        do
        {
            before = Volatile.Read(ref _taken);
            await Task.Delay(ClosingPatience, _time).ConfigureAwait(false);
        }
        while (Volatile.Read(ref _taken) > before);
        Abort();
    }
}
