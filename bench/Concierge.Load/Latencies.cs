using System.Diagnostics;
using System.Numerics;

namespace Concierge.Load;

/// <summary>Times from sending to receiving, in buckets that are 3 % wide. Thread-safe.</summary>
internal sealed class Latencies
{
    /// <summary>One message in so many is timed: all receivers count, and the counting costs little.</summary>
    private const int Sampling = 8;

    private const int Fraction = 32;

    private readonly int[] _counts = new int[40 * Fraction];

    /// <summary>Whether what is added counts.</summary>
    public bool IsOn { get; set; }

    public void Add(Stamp stamp, long now)
    {
        if (!IsOn || stamp.Number % Sampling != 0) return;
        var microseconds = (long)Stopwatch.GetElapsedTime(stamp.SentAt, now).TotalMicroseconds;
        Interlocked.Increment(ref _counts[Bucket(Math.Max(0, microseconds))]);
    }

    /// <summary>The latency that a share of the messages didn't exceed, in milliseconds; NaN where none was timed.</summary>
    public double Percentile(double share)
    {
        long total = _counts.Sum(count => (long)count);
        long seen = 0;
        for (int bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (total > 0 && seen >= share * total) return Value(bucket) / 1000.0;
        }
        return double.NaN;
    }

    private static int Bucket(long value)
    {
        if (value < Fraction) return (int)value;
        int shift = BitOperations.Log2((ulong)value) - BitOperations.Log2(Fraction);
        return (shift * Fraction) + (int)(value >> shift);
    }

    private static long Value(int bucket)
    {
        if (bucket < Fraction) return bucket;
        int shift = (bucket / Fraction) - 1;
        return (long)((bucket % Fraction) + Fraction) << shift;
    }
}
