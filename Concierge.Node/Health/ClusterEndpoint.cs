using System.Buffers;
using System.Text.Json;
using Akka.Actor;
using Akka.Hosting;
using Concierge.Actors;
using Concierge.Actors.Nodes;
using Concierge.Actors.Telemetry;
using Concierge.Node.Configuration;
using Concierge.Node.Http;
using Concierge.Protocol;

namespace Concierge.Node.Health;

/// <summary>
/// How the cluster does, as JSON for the console: <c>GET /cluster</c>. It asks for no secret, as <c>/metrics</c> doesn't: there are counts in it
/// and the nodes' names, and neither addresses nor anything of clients.
/// </summary>
internal sealed class ClusterEndpoint(NodeSettings settings, NodeState state, ClusterView cluster, IReadOnlyActorRegistry actors)
{
    /// <summary>Where it is.</summary>
    public const string Path = "/cluster";

    // The other nodes are waited for no longer than a second.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!await Reading.IsWhatIsAskedAsync(context)) return;
        try
        {
            var report = await actors.Get<ConciergeActor>().Ask<ClusterReport>(ClusterReport.Request.Instance, Patience, context.RequestAborted);
            await Reading.RespondAsync(context, StatusCodes.Status200OK, "application/json", Write(report));
        }
        catch (AskTimeoutException)
        {
            await PlainText.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The node is about to stop.");
        }
    }

    private byte[] Write(ClusterReport report)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("node", settings.Name);
            json.WriteString("version", BuildVersion.Current);
            json.WriteString("protocol", ProtocolVersion.Current.ToString());
            json.WriteBoolean("secret", settings.Secret is not null);
            json.WriteBoolean("admin", settings.AdminSecret is not null);
            json.WriteBoolean("ready", state.Phase == NodePhase.Ready && cluster.IsReady);
            json.WriteStartArray("nodes");
            foreach (var node in report.Nodes) Write(json, node);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return text.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ClusterReport.Node node)
    {
        json.WriteStartObject();
        json.WriteString("id", node.Id.Handle);
        json.WriteString("name", node.Name);
        json.WriteStartArray("roles");
        foreach (var role in node.Roles) json.WriteStringValue(role);
        json.WriteEndArray();
        json.WriteString("status", node.Status);
        json.WriteBoolean("self", node.IsSelf);
        var figures = node.Figures;
        // To the millisecond: whoever makes rates of two reports divides by the difference.
        WriteNumber("uptime", figures is null ? null : Math.Round(figures.Uptime.TotalSeconds, 3));
        WriteNumber("connections", figures?.Connections);
        WriteNumber("clients", figures?.Clients);
        WriteNumber("services", figures?.Services);
        WriteNumber("rooms", figures?.Rooms);
        WriteNumber("messages_received", figures?.MessagesReceived);
        WriteNumber("messages_sent", figures?.MessagesSent);
        WriteNumber("bytes_received", figures?.BytesReceived);
        WriteNumber("bytes_sent", figures?.BytesSent);
        WriteNumber("outbox_bytes", figures?.OutboxBytes);
        json.WriteEndObject();

        void WriteNumber(string name, double? value)
        {
            if (value is { } number) json.WriteNumber(name, number);
            else json.WriteNull(name);
        }
    }
}
