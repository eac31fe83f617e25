using System.Diagnostics.Metrics;
using Concierge.Node.Metrics;

namespace Concierge.Node.Tests.Metrics;

public sealed class ExpositionTests : IDisposable
{
    private readonly Meter _meter = new("test");
    private readonly MetricsRegistry _registry;

    public ExpositionTests() => _registry = new MetricsRegistry(_meter);

    public void Dispose()
    {
        _registry.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Counter_IsSummedByItsLabels()
    {
        var closes = _meter.CreateCounter<long>("closes", description: "How many closed.");
        closes.Add(1, Label("code", 1001));
        closes.Add(2, Label("code", 1001));
        closes.Add(1, Label("code", 4010));

        Scrape().ShouldBe("""
            # HELP closes_total How many closed.
            # TYPE closes_total counter
            closes_total{code="1001"} 3
            closes_total{code="4010"} 1

            """);
    }

    [Fact]
    public void ObservableInstruments_AreReadWhenScraped()
    {
        var value = 5L;
        _meter.CreateObservableCounter("messages_total", () => value);
        _meter.CreateObservableUpDownCounter("connections", () => value);

        Scrape().ShouldContain("messages_total 5\n");
        value = 7;
        var text = Scrape();

        text.ShouldContain("# TYPE messages_total counter\nmessages_total 7\n");
        text.ShouldContain("# TYPE connections gauge\nconnections 7\n");
    }

    [Fact]
    public void ObservableInstrument_ThatNoLongerReportsASeries_LosesIt()
    {
        Measurement<long>[] rooms = [new(1, Label("room", "a")), new(2, Label("room", "b"))];
        _meter.CreateObservableGauge("room_members", () => rooms);

        Scrape().ShouldContain("room_members{room=\"a\"} 1\n");
        rooms = rooms[1..];

        Scrape().ShouldBe("# HELP room_members \n# TYPE room_members gauge\nroom_members{room=\"b\"} 2\n");
    }

    [Fact]
    public void UpDownCounter_IsAGaugeThatAddsUp()
    {
        var open = _meter.CreateUpDownCounter<int>("open");
        open.Add(3);
        open.Add(-1);

        Scrape().ShouldEndWith("# TYPE open gauge\nopen 2\n");
    }

    [Fact]
    public void Gauge_HasItsLastValue()
    {
        var level = _meter.CreateGauge<double>("level");
        level.Record(3.5);
        level.Record(-0.25);

        Scrape().ShouldEndWith("level -0.25\n");
    }

    [Fact]
    public void Histogram_CountsUpToEachBound()
    {
        var took = _meter.CreateHistogram("took_seconds", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2] });
        foreach (var seconds in new[] { 0.25, 0.5, 0.75, 1.5, 8 }) took.Record(seconds);

        Scrape().ShouldEndWith("""
            # TYPE took_seconds histogram
            took_seconds_bucket{le="0.5"} 2
            took_seconds_bucket{le="1"} 3
            took_seconds_bucket{le="2"} 4
            took_seconds_bucket{le="+Inf"} 5
            took_seconds_sum 11
            took_seconds_count 5

            """);
    }

    [Fact]
    public void Instrument_ThatHasMeasuredNothingYet_IsNamedAllTheSame()
    {
        _meter.CreateCounter<long>("closes", description: "How many closed.");
        _meter.CreateHistogram("took", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1] });

        Scrape().ShouldBe("""
            # HELP closes_total How many closed.
            # TYPE closes_total counter
            # HELP took 
            # TYPE took histogram
            took_bucket{le="1"} 0
            took_bucket{le="+Inf"} 0
            took_sum 0
            took_count 0

            """);
    }

    [Fact]
    public void Histogram_WithLabels_KeepsThemBesideTheBound()
    {
        _meter.CreateHistogram("took", advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1] }).Record(1, Label("kind", "x"));

        Scrape().ShouldContain("took_bucket{kind=\"x\",le=\"1\"} 1\ntook_bucket{kind=\"x\",le=\"+Inf\"} 1\ntook_sum{kind=\"x\"} 1\n");
    }

    [Fact]
    public void Labels_AreEscapedAndInOneOrder()
    {
        var counter = _meter.CreateCounter<long>("c", description: "line\nbreak \\ slash");
        counter.Add(1, Label("b", "quote \" backslash \\ line\n"), Label("a.x", null));
        counter.Add(1, Label("a.x", null), Label("b", "quote \" backslash \\ line\n"));

        Scrape().ShouldBe("# HELP c_total line\\nbreak \\\\ slash\n# TYPE c_total counter\nc_total{a_x=\"\",b=\"quote \\\" backslash \\\\ line\\n\"} 2\n");
    }

    [Fact]
    public void Counter_AddedToFromManyThreads_LosesNothing()
    {
        var counter = _meter.CreateCounter<long>("c");

        Parallel.For(0, 10_000, i => counter.Add(1, Label("even", i % 2 == 0)));

        Scrape().ShouldContain("c_total{even=\"False\"} 5000\nc_total{even=\"True\"} 5000\n");
    }

    [Fact]
    public void Labels_WithoutEnd_AreCutOff()
    {
        var counter = _meter.CreateCounter<long>("c");
        for (var i = 0; i < 2000; i++) counter.Add(1, Label("id", i));

        Scrape().Split('\n').Count(line => line.StartsWith("c_total{", StringComparison.Ordinal)).ShouldBe(1000);
    }

    [Fact]
    public void Registry_HearsNoMeterOfTheSameNameElsewhere()
    {
        using var other = new Meter("test");
        other.CreateCounter<long>("theirs").Add(1);

        Scrape().ShouldBeEmpty();
    }

    [Fact]
    public void Process_ReportsBuildMemoryAndProcessor()
    {
        using var process = new ProcessMetrics("node-7");
        using var registry = new MetricsRegistry(process.Meter);

        var text = Exposition.Write(registry.Collect());

        text.ShouldMatch("concierge_build_info\\{node=\"node-7\",protocol=\"0\\.2\\.0\",version=\"[^\"]+\"\\} 1\n");
        text.ShouldMatch("process_resident_memory_bytes [1-9]");
        text.ShouldMatch("process_cpu_seconds_total [0-9.]+\n");
        text.ShouldContain("dotnet_gc_collections_total{generation=\"0\"}");
    }

    private static KeyValuePair<string, object?> Label(string name, object? value) => new(name, value);

    private string Scrape() => Exposition.Write(_registry.Collect());
}
