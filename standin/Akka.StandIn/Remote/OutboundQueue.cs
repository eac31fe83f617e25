namespace Akka.Remote;

/// <summary>What waits for one connection, bounded in messages and in bytes. Its reader takes all of it at once.</summary>
internal sealed class OutboundQueue
{
    private const int MostMessages = 200_000;
    private const long MostBytes = 64 * 1024 * 1024;

    private List<OutboundMessage> _waiting = [];
    private List<OutboundMessage> _spare = [];
    private long _bytes;

    internal bool IsEmpty => _waiting.Count == 0;

    internal bool TryAdd(in OutboundMessage message)
    {
        // One message always fits: the frame's own bound is another.
        if (_waiting.Count >= MostMessages || (_bytes > 0 && _bytes + message.FrameLength > MostBytes))
            return false;
        _waiting.Add(message);
        _bytes += message.FrameLength;
        return true;
    }

    /// <summary>To be given back with <see cref="Return"/>.</summary>
    internal List<OutboundMessage> TakeAll()
    {
        var all = _waiting;
        _waiting = _spare ?? [];
        _spare = null;
        _bytes = 0;
        return all;
    }

    internal void Return(List<OutboundMessage> taken)
    {
        taken.Clear();
        // A burst's memory isn't kept for ever.
        if (taken.Capacity <= 16_384)
            _spare = taken;
    }
}
