namespace Concierge.Actors.Nodes;

/// <summary>
/// What one node has told another and not yet heard back about: numbers it, keeps it until it is acknowledged, and says
/// what is to be sent now. What got lost on the way is sent again, from there on, so that nothing is skipped or overtaken.
/// </summary>
internal sealed class OutgoingLink
{
    /// <summary>So many bytes go into one batch, or a single item.</summary>
    private const int LargestBatch = 256 * 1024;

    private const int MostItems = 1024;

    /// <summary>So many bytes are on their way at a time.</summary>
    private const long Window = 4 * 1024 * 1024;

    private Queue<LinkItem> _sent = new();
    private Queue<LinkItem> _unsent = new();
    private long _acknowledged;
    private long _inFlight;

    /// <summary>Bytes that wait to be acknowledged.</summary>
    public long Bytes { get; private set; }

    /// <summary>The number of the last item that the other has taken.</summary>
    public long Acknowledged => _acknowledged;

    /// <summary>Whether everything was taken.</summary>
    public bool IsEmpty => _sent.Count + _unsent.Count == 0;

    public void Add(LinkItem item)
    {
        _unsent.Enqueue(item);
        Bytes += item.Size;
    }

    /// <summary>The next batch to send, as long as the window allows for one.</summary>
    public bool TryTake(out long first, out LinkItem[] items)
    {
        (first, items) = (_acknowledged + _sent.Count + 1, []);
        if (_unsent.Count == 0 || _inFlight >= Window) return false;
        var batch = new List<LinkItem>(Math.Min(_unsent.Count, MostItems));
        long size = 0;
        while (batch.Count < MostItems && _unsent.TryPeek(out LinkItem? next) && (batch.Count == 0 || size + next.Size <= LargestBatch))
        {
            batch.Add(_unsent.Dequeue());
            _sent.Enqueue(next);
            size += next.Size;
        }
        _inFlight += size;
        items = [.. batch];
        return true;
    }

    /// <summary>The other has taken everything up to a number.</summary>
    /// <returns>What it has taken since the last time, in order; nothing for a number that makes no sense.</returns>
    public List<LinkItem> Acknowledge(long upTo)
    {
        var taken = new List<LinkItem>();
        while (_acknowledged < upTo && _sent.TryDequeue(out LinkItem? item))
        {
            _acknowledged++;
            _inFlight -= item.Size;
            Bytes -= item.Size;
            taken.Add(item);
        }
        return taken;
    }

    /// <summary>Something got lost: all that was not taken is to be sent again.</summary>
    public void Rewind()
    {
        if (_sent.Count == 0) return;
        _unsent = new Queue<LinkItem>(_sent.Concat(_unsent));
        _sent = new Queue<LinkItem>();
        _inFlight = 0;
    }
}
