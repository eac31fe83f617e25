namespace Concierge.Actors.Connections;

/// <summary>
/// One lane of an outbox: a queue of frames that owns nothing until it is used and gives back what a burst made it
/// grow to. Not thread-safe: the outbox's lock guards it.
/// </summary>
internal struct ChunkQueue
{
    private const int Smallest = 1;
    private const int LargestKept = 64;

    private byte[][]? _items;
    private int _head;

    public int Count { get; private set; }

    public void Enqueue(byte[] chunk)
    {
        if (_items is null) _items = new byte[Smallest][];
        else if (Count == _items.Length) Grow();
        _items[(_head + Count++) & (_items.Length - 1)] = chunk;
    }

    public readonly byte[] Peek() => _items![_head];

    public byte[] Dequeue()
    {
        byte[] chunk = _items![_head];
        _items[_head] = null!;
        _head = (_head + 1) & (_items.Length - 1);
        if (--Count == 0 && _items.Length > LargestKept) Clear();
        return chunk;
    }

    public void Clear() => this = default;

    private void Grow()
    {
        var grown = new byte[_items!.Length * 2][];
        int first = _items.Length - _head;
        Array.Copy(_items, _head, grown, 0, first);
        Array.Copy(_items, 0, grown, first, _head);
        _items = grown;
        _head = 0;
    }
}
