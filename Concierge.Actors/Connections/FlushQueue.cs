namespace Concierge.Actors.Connections;

/// <summary>
/// The outboxes that an actor has promised to flush. A thousand sends take 6 ms: they are made in slices, between which
/// the actor's thread is free for others.
/// </summary>
internal sealed class FlushQueue
{
    private const int Slice = 256;

    private readonly Queue<Outbox> _outboxes = new();

    public void Add(Outbox outbox) => _outboxes.Enqueue(outbox);

    /// <summary>Flushes a slice.</summary>
    /// <returns>Whether there is more to flush.</returns>
    public bool FlushSome()
    {
        for (int i = 0; i < Slice && _outboxes.TryDequeue(out Outbox? outbox); i++) outbox.Flush();
        if (_outboxes.Count > 0) return true;
        // Whoever has reached thousands once need not hold their places for good.
        if (_outboxes.Capacity > 4 * Slice) _outboxes.TrimExcess();
        return false;
    }
}
