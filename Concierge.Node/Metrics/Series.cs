namespace Concierge.Node.Metrics;

/// <summary>
/// One value, or one histogram. Thread-safe: a scrape may miss what is being added at that moment, and sees it the next time.
/// </summary>
/// <param name="labels">Its labels as Prometheus writes them, without braces.</param>
/// <param name="bounds">A histogram's upper bounds, ascending; empty for others.</param>
internal sealed class Series(string labels, double[] bounds)
{
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _value;
    private bool _touched;

    /// <summary>Its labels as Prometheus writes them, without braces.</summary>
    public string Labels { get; } = labels;

    /// <summary>Whether it has a value.</summary>
    public bool IsTouched => Volatile.Read(ref _touched);

    /// <summary>The value; a histogram's sum.</summary>
    public double Value => Volatile.Read(ref _value);

    /// <summary>A histogram's upper bounds, ascending.</summary>
    public ReadOnlySpan<double> Bounds => bounds;

    /// <summary>How many values lie in the bucket of that bound, and in no lower one; the last bucket has no bound.</summary>
    public long InBucket(int bucket) => Volatile.Read(ref _buckets[bucket]);

    /// <summary>Counts a value.</summary>
    public void Observe(double value)
    {
        var bucket = Array.BinarySearch(bounds, value);
        Interlocked.Increment(ref _buckets[bucket < 0 ? ~bucket : bucket]);
        Add(value);
    }

    /// <summary>Adds to the value.</summary>
    public void Add(double value)
    {
        for (var current = Value; ;)
        {
            var seen = Interlocked.CompareExchange(ref _value, current + value, current);
            if (seen.Equals(current)) break;
            current = seen;
        }

        Volatile.Write(ref _touched, true);
    }

    /// <summary>Replaces the value.</summary>
    public void Set(double value)
    {
        Volatile.Write(ref _value, value);
        Volatile.Write(ref _touched, true);
    }

    /// <summary>Has no value until the next one.</summary>
    public void Forget() => Volatile.Write(ref _touched, false);
}
