using Concierge.Hosting.Programs;
using Concierge.Node.Admin;
using Concierge.Node.Configuration;

namespace Concierge.Node;

/// <summary>The program: a node with a command line, an environment, a console and signals.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["admin", .. var rest]) return await AdminProgram.RunAsync(rest);
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
        var console = new NodeConsole();
        while (true)
        {
            try
            {
                await using var node = await ConciergeNode.StartAsync(settings, logging => ConsoleLog.Add(logging, settings.Logging), stop.Token);
                // Should it come back, then where its clients look for it.
                settings = settings with { Port = node.Port };
                await Console.Out.WriteAsync($"ready {node.Url}\n{string.Concat(node.Dialects.Select(dialect => $"      {dialect.Key} {dialect.Value}\n"))}");
                console.Steer(node);
                await Task.WhenAny(node.Stopping, Task.Delay(Timeout.Infinite, stop.Token));
                if (node.IsDrainRequested) return ExitCode.Succeeded;
            }
            catch (OperationCanceledException)
            {
                // It ended before it was ready: by a signal, or because the cluster gave it up.
            }

            if (stop.Token.IsCancellationRequested) return ExitCode.Succeeded;
            if (settings.Cluster is null) return ExitCode.Failed;
            // The others give a node up when it was silent for too long: it comes back as a new one.
            await Console.Error.WriteLineAsync("concierge: the cluster has gone on without this node; it joins afresh");
        }
    }
}
