using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Concierge.Node.Metrics;

/// <summary>How Prometheus types a metric.</summary>
internal enum FamilyKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts values by size.</summary>
    Histogram,
}

/// <summary>One instrument's series, by their labels.</summary>
internal sealed class Family
{
    /// <summary>More combinations of labels than this are an error of ours; further ones are dropped, so that they cost no memory.</summary>
    private const int MaxSeries = 1000;

    /// <summary>Seconds, from a tenth of a millisecond to ten seconds; for histograms that name no bounds of their own.</summary>
    private static readonly double[] DefaultBounds = [.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly Series _unlabelled;
    private readonly double[] _bounds = [];
    private readonly bool _replaces;

    /// <summary>The series of an instrument.</summary>
    public Family(Instrument instrument)
    {
        Kind = KindOf(instrument);
        Name = Exposition.MetricName(instrument.Name, Kind);
        Help = instrument.Description ?? "";
        // Observable instruments and gauges report what is, the others what was added.
        _replaces = instrument.IsObservable || (Kind == FamilyKind.Gauge && !Is(typeof(UpDownCounter<>), instrument));
        IsObservable = instrument.IsObservable;
        if (Kind == FamilyKind.Histogram) _bounds = BoundsOf(instrument);
        _unlabelled = new Series("", _bounds);
    }

    /// <summary>Its name in Prometheus.</summary>
    public string Name { get; }

    /// <summary>What it measures, for people.</summary>
    public string Help { get; }

    /// <summary>Its type.</summary>
    public FamilyKind Kind { get; }

    /// <summary>All series that have a value, in the order of their labels; a histogram has one from the start.</summary>
    public IEnumerable<Series> Series
    {
        get
        {
            var labelled = _series.Values.Where(series => series.IsTouched).OrderBy(series => series.Labels, StringComparer.Ordinal).ToList();
            var isEmptyHistogram = Kind == FamilyKind.Histogram && labelled.Count == 0;
            return _unlabelled.IsTouched || isEmptyHistogram ? labelled.Prepend(_unlabelled) : labelled;
        }
    }

    private bool IsObservable { get; }

    /// <summary>A measurement.</summary>
    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Find(tags) is not { } series) return;
        if (Kind == FamilyKind.Histogram) series.Observe(value);
        else if (_replaces) series.Set(value);
        else series.Add(value);
    }

    /// <summary>What an observable instrument doesn't report this time is gone.</summary>
    public void BeginScrape()
    {
        if (!IsObservable) return;
        _unlabelled.Forget();
        _series.Clear();
    }

    private Series? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return _unlabelled;
        var labels = Exposition.Labels(tags);
        if (_series.TryGetValue(labels, out var series)) return series;
        return _series.Count < MaxSeries ? _series.GetOrAdd(labels, new Series(labels, _bounds)) : null;
    }

    private static FamilyKind KindOf(Instrument instrument)
    {
        if (Is(typeof(Histogram<>), instrument)) return FamilyKind.Histogram;
        return Is(typeof(Counter<>), instrument) || Is(typeof(ObservableCounter<>), instrument) ? FamilyKind.Counter : FamilyKind.Gauge;
    }

    private static bool Is(Type kind, Instrument instrument) => instrument.GetType().GetGenericTypeDefinition() == kind;

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => DefaultBounds,
    };
}
