using System.Diagnostics;
using System.Diagnostics.Metrics;
using Concierge.Protocol;

namespace Concierge.Node.Metrics;

/// <summary>What the process and the runtime cost, and which build this is; all of it measured when asked.</summary>
internal sealed class ProcessMetrics : IDisposable
{
    /// <summary>Makes the instruments.</summary>
    /// <param name="node">The node's name.</param>
    public ProcessMetrics(string node)
    {
        var start = new DateTimeOffset(Process.GetCurrentProcess().StartTime).ToUnixTimeMilliseconds() / 1000d;
        Gauge("concierge_build_info", "Always 1; the labels say which build this is.", () => new Measurement<double>(
            1,
            new KeyValuePair<string, object?>("version", BuildVersion.Current),
            new KeyValuePair<string, object?>("protocol", ProtocolVersion.Current),
            new KeyValuePair<string, object?>("node", node)));
        Gauge("process_resident_memory_bytes", "Memory of the process in RAM.", () => new(Environment.WorkingSet));
        Gauge("process_start_time_seconds", "When the process started, since 1970.", () => new(start));
        Gauge("dotnet_gc_heap_bytes", "The managed heap after the last collection.", () => new(GC.GetGCMemoryInfo().HeapSizeBytes));
        Gauge("dotnet_threadpool_threads", "Threads of the pool.", () => new(ThreadPool.ThreadCount));
        Gauge("dotnet_threadpool_queue_length", "Work that waits for a thread of the pool.", () => new(ThreadPool.PendingWorkItemCount));
        Meter.CreateObservableCounter(
            "process_cpu_seconds_total", () => CpuTime().TotalSeconds, description: "Processor time of the process.");
        Meter.CreateObservableCounter(
            "dotnet_gc_pause_seconds_total",
            () => GC.GetTotalPauseDuration().TotalSeconds,
            description: "Time that collections stopped the program for.");
        Meter.CreateObservableCounter("dotnet_gc_collections_total", Collections, description: "Collections, by generation.");
    }

    /// <summary>The meter that the instruments belong to.</summary>
    public Meter Meter { get; } = new("Concierge.Node");

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    private void Gauge(string name, string help, Func<Measurement<double>> measure) =>
        Meter.CreateObservableGauge(name, measure, description: help);

    private static TimeSpan CpuTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static IEnumerable<Measurement<long>> Collections() =>
        Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation =>
            new Measurement<long>(GC.CollectionCount(generation), new KeyValuePair<string, object?>("generation", generation)));
}
