using System.Diagnostics;

namespace Concierge.Load;

/// <summary>A publisher and its receivers. Thread-safe.</summary>
internal sealed class Lane
{
    private readonly Lock _gate = new();
    private readonly ClientSocket _publisher;
    private readonly byte[] _message;
    private readonly int _dataAt;
    private readonly int _receivers;
    private readonly byte[] _burst;

    // Of each message in flight, how many receivers don't have it yet. As all get them in order, so do the messages
    // complete, and a slot is free before its turn comes again.
    private readonly int[] _missing;
    private int _room;
    private long _sent;
    private bool _isOpen;

    /// <param name="publisher">Who sends.</param>
    /// <param name="message">The text of a message, with <see cref="Stamp.Blank"/> in it.</param>
    /// <param name="receivers">How many get it.</param>
    /// <param name="window">How many are in flight; 0 where <see cref="PaceAsync"/> decides.</param>
    public Lane(ClientSocket publisher, ReadOnlySpan<byte> message, int receivers, int window)
    {
        _publisher = publisher;
        _message = ClientFrame.Text(message);
        _dataAt = _message.AsSpan().IndexOf(Stamp.Blank());
        _receivers = receivers;
        _missing = new int[window];
        _burst = new byte[_message.Length * Math.Max(1, window)];
    }

    /// <summary>Messages sent so far.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Deliveries that these must lead to.</summary>
    public long Expected => Sent * _receivers;

    public void Open()
    {
        _room = _missing.Length;
        Volatile.Write(ref _isOpen, true);
        Refill();
    }

    public void Close()
    {
        lock (_gate) _isOpen = false;
    }

    /// <summary>A receiver has a message.</summary>
    public void OnDelivered(long number)
    {
        if (_missing.Length == 0) return;
        if (Interlocked.Decrement(ref _missing[number % _missing.Length]) == 0) Interlocked.Increment(ref _room);
    }

    /// <summary>Sends as many messages as the window has room for.</summary>
    public void Refill()
    {
        if (Volatile.Read(ref _room) == 0) return;
        lock (_gate)
        {
            if (_isOpen) Publish(Interlocked.Exchange(ref _room, 0));
        }
    }

    /// <summary>Sends messages at a fixed rate, until the lane is closed.</summary>
    /// <param name="rate">Messages a second.</param>
    public async Task PaceAsync(double rate)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / rate));
        long start = Stopwatch.GetTimestamp();
        while (await timer.WaitForNextTickAsync())
        {
            lock (_gate)
            {
                if (!_isOpen) return;
                // A tick that came late is made up for.
                while (_sent < Stopwatch.GetElapsedTime(start).TotalSeconds * rate) Publish(1);
            }
        }
    }

    private void Publish(int count)
    {
        Span<byte> burst = _burst.AsSpan(0, count * _message.Length);
        for (int i = 0; i < count; i++)
        {
            if (_missing.Length > 0) _missing[_sent % _missing.Length] = _receivers;
            Span<byte> message = burst.Slice(i * _message.Length, _message.Length);
            _message.CopyTo(message);
            new Stamp(_sent++, Stopwatch.GetTimestamp()).Write(message[_dataAt..]);
        }
        _publisher.Send(burst);
    }
}
