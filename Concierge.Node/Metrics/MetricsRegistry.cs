using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Concierge.Node.Metrics;

/// <summary>
/// Gathers what one node's meters measure. It listens to the meters it is given and to no others, so that nodes in one
/// process don't count each other's work. Thread-safe.
/// </summary>
internal sealed class MetricsRegistry : IDisposable
{
    private readonly ConcurrentDictionary<Instrument, Family> _families = new();
    private readonly HashSet<Meter> _meters;
    private readonly MeterListener _listener = new();
    private readonly Lock _scrape = new();

    /// <summary>Starts to listen.</summary>
    public MetricsRegistry(params IEnumerable<Meter> meters)
    {
        _meters = [.. meters];
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!_meters.Contains(instrument.Meter)) return;
            listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, static published => new Family(published)));
        };
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Take(value, tags, state));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) => Take((double)value, tags, state));
        _listener.Start();
    }

    /// <summary>Everything measured so far, in the order of the names; observable instruments are asked now.</summary>
    public IReadOnlyList<Family> Collect()
    {
        lock (_scrape)
        {
            foreach (var family in _families.Values) family.BeginScrape();
            _listener.RecordObservableInstruments();
            return [.. _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal)];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? family) =>
        ((Family)family!).Take(value, tags);
}
