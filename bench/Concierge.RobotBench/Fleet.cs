using System.Diagnostics;
using System.Globalization;
using Concierge.Client;
using Concierge.Protocol;

namespace Concierge.RobotBench;

/// <summary>200 robots at 10 telemetry messages a second, each watched by 5 clients: 2,000 messages in and 10,000 out a second.</summary>
internal static class Fleet
{
    private const int Robots = 200, Watchers = 5;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100), WarmUp = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(Uri url, ServerProcess node, TimeSpan duration, CancellationToken cancellationToken)
    {
        var clients = new List<ConciergeClient>();
        var delays = new List<double>();
        var gate = new Lock();
        var measuring = false;
        try
        {
            var services = new List<ServiceHost>();
            for (var i = 0; i < Robots; i++)
            {
                var owner = await ConnectAsync($"robot_{i}");
                var service = new Robot(owner, i);
                await service.StartAsync(cancellationToken);
                services.Add(service);
                for (var j = 0; j < Watchers; j++)
                {
                    var watcher = await ConnectAsync($"watcher_{i}_{j}");
                    watcher.MessageReceived += (message, _) =>
                    {
                        var sent = message.Data.ToElement().GetProperty("data").GetProperty("sent").GetInt64();
                        var delay = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
                        if (Volatile.Read(ref measuring))
                        {
                            lock (gate) delays.Add(delay);
                        }

                        return default;
                    };
                    await watcher.SubscribeAsync(service.Name, cancellationToken);
                }
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var telling = services.Select((service, i) => TellAsync(service, i, stop.Token)).ToArray();
            await Task.Delay(WarmUp, cancellationToken);
            var before = node.Processor;
            Volatile.Write(ref measuring, true);
            await Task.Delay(duration, cancellationToken);
            Volatile.Write(ref measuring, false);
            var used = (node.Processor - before) / duration;
            await stop.CancelAsync();
            await Task.WhenAll(telling);
            Console.WriteLine($"fleet       {used:P1} of one core  {node.Memory:0} MiB resident  {delays.Count / duration.TotalSeconds:0} deliveries/s");
            Console.WriteLine($"fleet       delivery  {Percentiles.Of(delays)}");
        }
        finally
        {
            await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
        }

        async Task<ConciergeClient> ConnectAsync(string name)
        {
            var client = await ConciergeClient.ConnectAsync(new ConciergeClientOptions { Uri = url, Name = name, Presence = false }, cancellationToken);
            clients.Add(client);
            return client;
        }
    }

    private static async Task TellAsync(ServiceHost service, int number, CancellationToken cancellationToken)
    {
        try
        {
            // Spread over the interval, as robots that know nothing of each other are.
            await Task.Delay(Interval * number / Robots, cancellationToken);
            using var timer = new PeriodicTimer(Interval);
            do
            {
                var data = string.Create(CultureInfo.InvariantCulture, $$$"""{"type":"orientation_data","data":{"pitch":1.5,"roll":-0.5,"sent":{{{Stopwatch.GetTimestamp()}}}}}""");
                await service.Client.PostAsync(new Target.ToService(service.Name), RawJson.From(data), cancellationToken);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    private sealed class Robot(ConciergeClient client, int number) : ServiceHost(client, $"robot/{number}");
}
