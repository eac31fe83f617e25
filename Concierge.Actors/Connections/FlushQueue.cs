namespace Concierge.Actors.Connections;

/// <summary>
/// The outboxes that an actor has promised to flush. A thousand sends take 6 ms: they are made in slices, between which
/// the actor's thread is free for others.
/// </summary>
internal sealed class FlushQueue
{
    private const int Slice = 256;

    private readonly List<Outbox> _outboxes = [];
    private int _next;

    public bool IsEmpty => _next == _outboxes.Count;

    public void Add(Outbox outbox) => _outboxes.Add(outbox);

    public void Add(List<Outbox> outboxes) => _outboxes.AddRange(outboxes);

    /// <summary>Flushes a slice.</summary>
    /// <returns>Whether there is more to flush.</returns>
    public bool FlushSome()
    {
        int end = Math.Min(_outboxes.Count, _next + Slice);
        while (_next < end) _outboxes[_next++].Flush();
        if (!IsEmpty) return true;
        _outboxes.Clear();
        _next = 0;
        return false;
    }
}
