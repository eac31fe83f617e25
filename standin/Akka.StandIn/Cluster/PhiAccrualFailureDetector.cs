namespace Akka.Cluster;

/// <summary>
/// Suspects a node the more, the longer its heartbeat is overdue by the measure of its earlier ones.
/// Hayashibara et al., "The φ accrual failure detector", 2004; the normal distribution's tail is approximated by a logistic function, as in Akka.
/// </summary>
internal sealed class PhiAccrualFailureDetector(FailureDetectorSettings settings, Func<TimeSpan> clock)
{
    private readonly Queue<double> _intervals = new();
    private double _sum;
    private double _squaredSum;
    private TimeSpan? _latest;

    internal bool IsAvailable => Phi() < settings.Threshold;

    /// <summary>Whether there has been a heartbeat, or the expectation of one.</summary>
    internal bool IsMonitoring => _latest is not null;

    internal void Heartbeat()
    {
        var now = clock();
        if (_latest is not { } latest)
        {
            // Two intervals that make for the interval's mean, and a deviation of a quarter of it.
            var mean = settings.HeartbeatInterval.TotalMilliseconds;
            Add(mean - mean / 4);
            Add(mean + mean / 4);
        }
        else if (IsAvailable)
        {
            // The pause of a node that was taken for dead says nothing about the pauses of the living.
            Add((now - latest).TotalMilliseconds);
        }
        _latest = now;
    }

    internal double Phi()
    {
        if (_latest is not { } latest)
            return 0;
        var elapsed = (clock() - latest).TotalMilliseconds;
        var mean = _sum / _intervals.Count;
        var deviation = Math.Max(Math.Sqrt(Math.Max(0, _squaredSum / _intervals.Count - mean * mean)), settings.MinStdDeviation.TotalMilliseconds);
        var expected = mean + settings.AcceptableHeartbeatPause.TotalMilliseconds;
        var y = (elapsed - expected) / deviation;
        var e = Math.Exp(-y * (1.5976 + 0.070566 * y * y));
        return elapsed > expected ? -Math.Log10(e / (1 + e)) : -Math.Log10(1 - 1 / (1 + e));
    }

    private void Add(double interval)
    {
        if (_intervals.Count >= settings.MaxSampleSize && _intervals.TryDequeue(out var oldest))
        {
            _sum -= oldest;
            _squaredSum -= oldest * oldest;
        }
        _intervals.Enqueue(interval);
        _sum += interval;
        _squaredSum += interval * interval;
    }
}
