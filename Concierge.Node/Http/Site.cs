using Concierge.Actors.Nodes;
using Concierge.Node.Admin;
using Concierge.Node.Connections;
using Concierge.Node.Files;
using Concierge.Node.Health;
using Concierge.Node.Metrics;
using Concierge.Node.WebConsole;
using Concierge.Protocol;

namespace Concierge.Node.Http;

/// <summary>
/// Everything that the node answers over plain HTTP, by path. WebSockets don't get here, as they are taken off below HTTP, but
/// for those that share their connection with an earlier request.
/// </summary>
internal sealed class Site(
    NodeState state, ClusterView cluster, MetricsRegistry metrics, FrontDoor door, AdminEndpoint admin, ClusterEndpoint report, ConsoleEndpoint console, FileEndpoints? files)
{
    /// <summary>Answers one request.</summary>
    public Task HandleAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/" => UpgradeOr(context, FrontPage),
        "/ws" => UpgradeOr(context, AskForUpgrade),
        "/healthz" => Read(context, StatusCodes.Status200OK, "ok"),
        "/readyz" => Ready(context),
        AdminEndpoint.Path => admin.HandleAsync(context),
        "/metrics" => Scrape(context),
        ClusterEndpoint.Path => report.HandleAsync(context),
        { } path when files is not null && path.StartsWith("/fs/", StringComparison.OrdinalIgnoreCase) => files.HandleAsync(context),
        { } path when console.Find(path) is { } file => ConsoleEndpoint.SendAsync(context, file),
        _ => PlainText.WriteAsync(
            context,
            StatusCodes.Status404NotFound,
            "There is nothing here. Browsers find the console at /, clients connect to /ws; there are also /fs, /healthz, /readyz, /metrics and /cluster."),
    };

    private async Task UpgradeOr(HttpContext context, Func<HttpContext, Task> answer)
    {
        if (!await door.TryUpgradeAsync(context)) await answer(context);
    }

    private Task FrontPage(HttpContext context)
    {
        context.Response.Headers.Vary = "Accept";
        var isBrowser = console.IsEnabled && ConsoleEndpoint.IsWantedBy(context.Request);
        if (isBrowser && console.Page is { } page) return ConsoleEndpoint.SendAsync(context, page);
        var line = Describe(context);
        return Read(context, StatusCodes.Status200OK, isBrowser ? $"{line}\n{ConsoleEndpoint.Missing}" : line);
    }

    private static string Describe(HttpContext context)
    {
        var scheme = context.Request.IsHttps ? "wss" : "ws";
        var port = context.Connection.LocalPort;
        return $"Concierge {BuildVersion.Current}, protocol {ProtocolVersion.Current}: clients connect to {scheme} on port {port}, path /ws; "
            + $"files, health and metrics are on port {port} too.";
    }

    private Task Ready(HttpContext context) => state.Phase switch
    {
        NodePhase.Ready when cluster.IsReady => Read(context, StatusCodes.Status200OK, cluster.Membership!.Members.Length > 1 ? $"ready: {cluster.Membership.Present.Count()} nodes" : "ready"),
        NodePhase.Ready => Read(context, StatusCodes.Status503ServiceUnavailable, "the cluster is changing: newcomers wait"),
        NodePhase.Starting => Read(context, StatusCodes.Status503ServiceUnavailable, "starting: clients are not accepted yet"),
        _ => Read(context, StatusCodes.Status503ServiceUnavailable, "draining: clients are not accepted any more"),
    };

    private Task Scrape(HttpContext context) =>
        Reading.RespondAsync(context, StatusCodes.Status200OK, Exposition.ContentType, () => Exposition.Write(metrics.Collect()));

    private static Task AskForUpgrade(HttpContext context)
    {
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.SecWebSocketVersion = "13";
        return PlainText.WriteAsync(
            context, StatusCodes.Status426UpgradeRequired, "This is a WebSocket endpoint: connect with a WebSocket client, subprotocol ert-concierge.");
    }

    private static Task Read(HttpContext context, int status, string line) =>
        Reading.RespondAsync(context, status, PlainText.ContentType, () => line + "\n");
}
