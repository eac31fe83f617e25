using System.Net;
using Concierge.Actors.Nodes;
using Concierge.Node.Configuration;
using Concierge.Node.Health;
using Concierge.Node.Hosting;
using Concierge.Node.WebConsole;

namespace Concierge.Node;

/// <summary>
/// A running node. Any number of them live in one process without touching each other, the console or the process' signals.
/// </summary>
public sealed partial class ConciergeNode : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lazy<Task> _stopping;

    private ConciergeNode(WebApplication app, NodeSettings settings)
    {
        _app = app;
        _stopping = new Lazy<Task>(() => _app.StopAsync());
        Stopping = Completion(app.Lifetime.ApplicationStopping);
        var port = Port = Services.GetRequiredService<Listeners>().Ports.First().Port;
        var host = settings.Host.Contains(':', StringComparison.Ordinal) ? $"[{settings.Host}]" : settings.Host;
        Url = new UriBuilder(settings.Tls is null ? "ws" : "wss", host, port, "/ws").Uri;
        Dialects = Services.GetRequiredService<Listeners>().Ports.Skip(1)
            .ToDictionary(listener => listener.Name, listener => new UriBuilder(listener.Scheme, host, listener.Port).Uri);
        _ = StopWhenAskedAsync();
    }

    /// <summary>Where clients connect, with the real port.</summary>
    public Uri Url { get; }

    /// <summary>The port that the node listens on.</summary>
    public int Port { get; }

    /// <summary>Where clients of older formats connect, by the name of the format, such as <c>robot-chat</c>; with the real ports.</summary>
    public IReadOnlyDictionary<string, Uri> Dialects { get; }

    /// <summary>Whether an operator has asked the node to drain, which is why it stops.</summary>
    public bool IsDrainRequested => Services.GetRequiredService<DrainRequests>().First.IsCompleted;

    /// <summary>Completes when the node has begun to stop, for whatever reason.</summary>
    public Task Stopping { get; }

    /// <summary>The node's parts.</summary>
    internal IServiceProvider Services => _app.Services;

    /// <summary>Starts a node that is configured by a command line's arguments alone; the environment plays no part.</summary>
    /// <param name="args">As for the program, such as <c>--port 0</c>.</param>
    /// <param name="logging">Where its log goes; null for nowhere.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <exception cref="InvalidConfigurationException">It can't work, or the port is taken.</exception>
    /// <exception cref="OperationCanceledException">Starting was given up, or the cluster gave the node up before it was ready.</exception>
    public static Task<ConciergeNode> StartAsync(
        string[] args, Action<ILoggingBuilder>? logging = null, CancellationToken cancellation = default) =>
        StartAsync(NodeSettings.Load(args), logging, cancellation);

    /// <summary>Starts a node; it accepts clients when the task completes.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="logging">Where its log goes; null for nowhere.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <exception cref="InvalidConfigurationException">It can't work, or the port is taken.</exception>
    /// <exception cref="OperationCanceledException">Starting was given up, or the cluster gave the node up before it was ready.</exception>
    public static async Task<ConciergeNode> StartAsync(
        NodeSettings settings, Action<ILoggingBuilder>? logging = null, CancellationToken cancellation = default)
    {
        var address = await Listening.ResolveAsync(settings.Host, cancellation);
        WebApplication? app = null;
        try
        {
            app = NodeHost.Build(settings, address, logging);
            await app.StartAsync(cancellation);
            var node = new ConciergeNode(app, settings);
            await node.BecomeReadyAsync(cancellation);
            node.Report(settings, address);
            return node;
        }
        catch (Exception e)
        {
            if (app is not null) await AbandonAsync(app);
            if (Listening.Explain(e, settings) is { } explained) throw explained;
            throw;
        }
    }

    /// <summary>
    /// Takes no newcomers any more, closes all clients with 1001, and stops; within ten seconds. Any number of callers
    /// share the one stop.
    /// </summary>
    public Task StopAsync() => _stopping.Value;

    /// <summary>Stops the node and frees what it has.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
    }

    // What has started already must not outlive the attempt.
    private static async Task AbandonAsync(WebApplication app)
    {
        try
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }
        catch (Exception)
        {
            // What could not be started can't always be stopped; what went wrong first is what is told.
        }
    }

    // Clients that come earlier wait.
    private async Task BecomeReadyAsync(CancellationToken cancellation)
    {
        var ready = Services.GetRequiredService<ClusterView>().Ready;
        while (await Task.WhenAny(ready, Stopping, Task.Delay(TimeSpan.FromSeconds(5), cancellation)) is var first && first != ready)
        {
            cancellation.ThrowIfCancellationRequested();
            if (first == Stopping) throw new OperationCanceledException("the node was stopped before it could join the cluster");
            LogWaiting(Services.GetRequiredService<ILogger<ConciergeNode>>());
        }

        Services.GetRequiredService<NodeState>().BecomeReady();
    }

    private async Task StopWhenAskedAsync()
    {
        var by = await Services.GetRequiredService<DrainRequests>().First;
        LogAsked(Services.GetRequiredService<ILogger<ConciergeNode>>(), by);
        await StopAsync();
    }

    private static Task Completion(CancellationToken token)
    {
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(completion.SetResult);
        return completion.Task;
    }

    private void Report(NodeSettings settings, IPAddress address)
    {
        var logger = Services.GetRequiredService<ILogger<ConciergeNode>>();
        LogStarted(logger, settings.Name, BuildVersion.Current, Url);
        if (settings.Console.Enabled && Services.GetRequiredService<ConsoleEndpoint>().Page is null) LogNoConsole(logger, ConsoleEndpoint.Missing);
        else if (settings.Console.Enabled) LogConsole(logger, new UriBuilder(Url) { Scheme = settings.Tls is null ? "http" : "https", Path = "/" }.Uri);
        foreach (var (name, url) in Dialects) LogDialect(logger, name, url);
        if (!Listening.IsWide(address)) return;
        if (settings.Secret is null) LogUnguarded(logger, settings.Host);
        else if (Dialects.Count > 0) LogBypassed(logger, settings.Host, string.Join(", ", Dialects.Keys));
    }

    [LoggerMessage(1, LogLevel.Information, "Node {name}, version {version}, accepts clients at {url}")]
    private static partial void LogStarted(ILogger logger, string name, string version, Uri url);

    [LoggerMessage(3, LogLevel.Warning, "Still waiting to become part of the cluster; is one of its seeds up, and does this node have the same system's name and keys?")]
    private static partial void LogWaiting(ILogger logger);

    [LoggerMessage(2, LogLevel.Warning, "Listening on {host} without a secret: whoever reaches this machine can connect. Set concierge.secret")]
    private static partial void LogUnguarded(ILogger logger, string host);

    [LoggerMessage(4, LogLevel.Information, "Clients of {dialect} connect to {url}")]
    private static partial void LogDialect(ILogger logger, string dialect, Uri url);

    [LoggerMessage(7, LogLevel.Information, "The console for browsers is at {url}")]
    private static partial void LogConsole(ILogger logger, Uri url);

    [LoggerMessage(8, LogLevel.Information, "{missing}")]
    private static partial void LogNoConsole(ILogger logger, string missing);

    [LoggerMessage(5, LogLevel.Warning, "Listening on {host} for {dialects}, whose clients know no secret: whoever reaches this machine can join their rooms and drive their robots. "
        + "Where nobody needs them, switch them off (concierge.dialects)")]
    private static partial void LogBypassed(ILogger logger, string host, string dialects);

    [LoggerMessage(6, LogLevel.Information, "Asked to drain by {by}")]
    private static partial void LogAsked(ILogger logger, string by);
}
