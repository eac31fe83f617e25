namespace Concierge.Load;

/// <summary>Counts what one client receives, and sees whether it is all, and in order.</summary>
internal sealed class Subscriber(Dialect dialect, Lane lane, Latencies latencies) : IReceiver
{
    private readonly byte[] _start = dialect.DeliveryStart;
    private readonly int _dataFromEnd = Stamp.DataSize + dialect.DeliveryEnd.Length;
    private long _count;
    private long _last = -1;

    public long Count => Volatile.Read(ref _count);

    /// <summary>Messages that came after a later one, or again.</summary>
    public long OutOfOrder { get; private set; }

    public void OnRecord(ReadOnlySpan<byte> record, long now)
    {
        if (!record.StartsWith(_start)) return;
        Stamp stamp = Stamp.Read(record[^_dataFromEnd..]);
        if (stamp.Number <= _last) OutOfOrder++;
        else _last = stamp.Number;
        Volatile.Write(ref _count, _count + 1);
        latencies.Add(stamp, now);
        lane.OnDelivered(stamp.Number);
    }

    public void OnReadEnd() => lane.Refill();
}
