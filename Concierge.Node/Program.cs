using System.Collections;
using System.Runtime.InteropServices;
using Concierge.Node.Configuration;
using Concierge.Node.Hosting;

namespace Concierge.Node;

/// <summary>The program: a node with a command line, an environment, a console and signals.</summary>
internal static class Program
{
    private const int Succeeded = 0;
    private const int Failed = 1;
    private const int Misconfigured = 2;

    private static async Task<int> Main(string[] args)
    {
        if (CommandLine.TryAnswer(args)) return Succeeded;
        try
        {
            return await RunAsync(NodeSettings.Load(args, EnvironmentVariables()));
        }
        catch (InvalidConfigurationException e)
        {
            await Console.Error.WriteLineAsync($"concierge: {e.Message}");
            return Misconfigured;
        }
    }

    private static async Task<int> RunAsync(NodeSettings settings)
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => OnSignal(signal, stop));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => OnSignal(signal, stop));
        try
        {
            await using var node = await ConciergeNode.StartAsync(settings, logging => ConsoleLog.Add(logging, settings.Logging), stop.Token);
            await Console.Out.WriteLineAsync($"ready {node.Url}");
            var failed = await Task.WhenAny(node.Stopping, Task.Delay(Timeout.Infinite, stop.Token)) == node.Stopping;
            await node.StopAsync();
            return failed ? Failed : Succeeded;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Succeeded;
        }
    }

    /// <summary>The first signal drains; a second one does what the system does with it.</summary>
    private static void OnSignal(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    }

    private static Dictionary<string, string> EnvironmentVariables() =>
        Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");
}
