using System.Diagnostics;

namespace Concierge.Load;

/// <summary>One scenario against one server, once.</summary>
internal sealed class Run : IDisposable
{
    /// <summary>Connections that are opened at a time.</summary>
    private const int Opening = 64;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestDelivery = TimeSpan.FromSeconds(5);

    private static int _runs;

    private readonly Scenario _scenario;
    private readonly Dialect _dialect;
    private readonly Server _server;
    private readonly string _suffix = $"{Environment.ProcessId}_{++_runs}";
    private readonly Latencies _latencies = new();
    private readonly List<ClientSocket> _publishers = [];
    private readonly List<ClientSocket> _clients = [];
    private readonly List<Lane> _lanes = [];
    private readonly List<Subscriber> _subscribers = [];
    private double _joinsPerSecond;

    private Run(Scenario scenario, Dialect dialect, Server server)
    {
        _scenario = scenario;
        _dialect = dialect;
        _server = server;
    }

    public static async Task<Result> MeasureAsync(Scenario scenario, Dialect dialect, Server server, Timing timing, CancellationToken stop)
    {
        using var run = new Run(scenario, dialect, server);
        await Task.Delay(Settling, stop);
        double memory = server.Usage().Memory;
        await run.ConnectAsync(stop);
        return await run.MeasureAsync(timing, memory, stop);
    }

    public void Dispose()
    {
        // Publishers first: with them go the services, and no subscriber has to be told that others leave.
        foreach (ClientSocket publisher in _publishers) publisher.Dispose();
        foreach (ClientSocket client in _clients) client.Dispose();
    }

    private async Task ConnectAsync(CancellationToken stop)
    {
        for (int lane = 0; lane < _scenario.Lanes; lane++)
        {
            Address to = AddressOf(lane);
            ClientSocket publisher = await JoinAsync($"publisher_{lane}_{_suffix}", node: lane);
            _publishers.Add(publisher);
            await _dialect.AnnounceAsync(publisher, to);
            _lanes.Add(new Lane(publisher, _dialect.Message(to, Stamp.Blank()), _scenario.Receivers, _scenario.Window));
        }

        int count = _scenario.Receivers * Math.Max(1, _scenario.Lanes);
        long start = Stopwatch.GetTimestamp();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Opening, CancellationToken = stop };
        await Parallel.ForAsync(0, count, parallel, async (index, _) =>
        {
            // A pair is on two nodes, where there are several.
            ClientSocket client = await JoinAsync(_scenario.IsDirect ? AddressOf(index).Name : $"receiver_{index}_{_suffix}", node: index + 1);
            lock (_clients) _clients.Add(client);
            if (!_scenario.IsIdle) await ListenAsync(client, index / _scenario.Receivers);
        });
        _joinsPerSecond = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private async Task<ClientSocket> JoinAsync(string name, int node)
    {
        ClientSocket client = await ClientSocket.ConnectAsync(_server.Urls[node % _server.Urls.Count]);
        await _dialect.GreetAsync(client, name);
        return client;
    }

    private async Task ListenAsync(ClientSocket client, int lane)
    {
        var subscriber = new Subscriber(_dialect, _lanes[lane], _latencies);
        lock (_subscribers) _subscribers.Add(subscriber);
        await _dialect.ListenAsync(client, AddressOf(lane));
        client.Receiver = subscriber;
    }

    private Address AddressOf(int lane) => new($"topic_{lane}_{_suffix}", _scenario.IsDirect);

    private async Task<Result> MeasureAsync(Timing timing, double memoryBefore, CancellationToken stop)
    {
        foreach (Lane lane in _lanes) lane.Open();
        Task pacing = Task.WhenAll(_scenario.Rate > 0 ? _lanes.Select(lane => lane.PaceAsync(_scenario.Rate)) : []);
        await Task.Delay(timing.WarmUp, stop);

        (double cpu, _) = _server.Usage();
        TimeSpan own = Environment.CpuUsage.TotalTime;
        long delivered = Delivered();
        long start = Stopwatch.GetTimestamp();
        _latencies.IsOn = true;
        await Task.Delay(timing.Duration, stop);
        _latencies.IsOn = false;
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        delivered = Delivered() - delivered;
        own = Environment.CpuUsage.TotalTime - own;
        (double cpuAfter, double memoryAfter) = _server.Usage();

        foreach (Lane lane in _lanes) lane.Close();
        await pacing;
        long expected = _lanes.Sum(lane => lane.Expected);
        long ended = Stopwatch.GetTimestamp();
        while (Delivered() < expected && Stopwatch.GetElapsedTime(ended) < LongestDelivery) await Task.Delay(20, stop);

        int closed = _clients.Concat(_publishers).Count(client => client.IsClosed);
        if (closed > 0) await Console.Error.WriteLineAsync($"  {closed} connections were ended by the server");
        return new Result(
            DeliveriesPerSecond: delivered / seconds,
            Median: _latencies.Percentile(0.5),
            Percentile99: _latencies.Percentile(0.99),
            Lost: expected - Delivered(),
            OutOfOrder: _subscribers.Sum(subscriber => subscriber.OutOfOrder),
            ServerCpu: (cpuAfter - cpu) / seconds,
            GeneratorCpu: own.TotalSeconds / seconds,
            JoinsPerSecond: _joinsPerSecond,
            MemoryPerConnection: (memoryAfter - memoryBefore) / (_clients.Count + _publishers.Count));
    }

    private long Delivered() => _subscribers.Sum(subscriber => subscriber.Count);
}
