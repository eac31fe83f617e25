namespace Concierge.Actors.Sessions;

/// <summary>Numbers a client's text frames (protocol, section "Sequence numbers").</summary>
internal struct SequenceCounter
{
    private long _next;

    /// <summary>The number of the frame that has just come.</summary>
    public long Count()
    {
        long current = _next;
        _next = After(current);
        return current;
    }

    /// <summary>Makes <paramref name="seq"/> the current number: the next frame has the one after it.</summary>
    public void Set(long seq) => _next = After(seq);

    private static long After(long seq) => seq == long.MaxValue ? 0 : seq + 1;
}
