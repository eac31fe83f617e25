using Concierge.Hosting.Programs;
using Concierge.Node.Configuration;

namespace Concierge.Node;

/// <summary>The program: a node with a command line, an environment, a console and signals.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (NodeSettings.CommandLineSyntax.TryAnswer(args)) return ExitCode.Succeeded;
        try
        {
            return await RunAsync(NodeSettings.Load(args, EnvironmentVariables.All()));
        }
        catch (InvalidConfigurationException e)
        {
            await Console.Error.WriteLineAsync($"concierge: {e.Message}");
            return ExitCode.Misconfigured;
        }
    }

    private static async Task<int> RunAsync(NodeSettings settings)
    {
        using var stop = new StopSignals();
        try
        {
            await using var node = await ConciergeNode.StartAsync(settings, logging => ConsoleLog.Add(logging, settings.Logging), stop.Token);
            await Console.Out.WriteLineAsync($"ready {node.Url}");
            var failed = await Task.WhenAny(node.Stopping, Task.Delay(Timeout.Infinite, stop.Token)) == node.Stopping;
            await node.StopAsync();
            return failed ? ExitCode.Failed : ExitCode.Succeeded;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return ExitCode.Succeeded;
        }
    }
}
