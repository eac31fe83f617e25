namespace Concierge.Actors.Nodes;

/// <summary>The other end of an <see cref="OutgoingLink"/>: takes every item once and in order, and notices what is missing.</summary>
internal sealed class IncomingLink
{
    private readonly Queue<LinkItem> _items = new();
    private long _received;

    /// <summary>The number of the last item that was dealt with.</summary>
    public long Done => _received - _items.Count;

    /// <summary>Takes what is new in a batch.</summary>
    /// <returns>False where items before it are missing.</returns>
    public bool Receive(long first, IReadOnlyList<LinkItem> items)
    {
        if (first > _received + 1) return false;
        for (int i = (int)Math.Min(_received + 1 - first, items.Count); i < items.Count; i++)
        {
            _items.Enqueue(items[i]);
            _received++;
        }
        return true;
    }

    /// <summary>The next item, which stays the next until it is <see cref="Finish">finished</see>.</summary>
    public LinkItem? Next => _items.TryPeek(out LinkItem? item) ? item : null;

    /// <summary>The next item was dealt with.</summary>
    public void Finish() => _items.Dequeue();

    /// <summary>The items at the front that are of one kind.</summary>
    public List<T> NextOf<T>()
        where T : LinkItem => [.. _items.TakeWhile(item => item is T).Cast<T>()];
}
