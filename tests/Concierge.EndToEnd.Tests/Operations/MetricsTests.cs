using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Operations;

/// <summary><c>/metrics</c>, as Prometheus reads it.</summary>
public sealed class MetricsTests : IAsyncLifetime
{
    private NodeProcess _node = null!;

    public async Task InitializeAsync() => _node = await NodeProcess.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Metrics_AreInPrometheusTextFormat_EachWithItsTypeAndHelp()
    {
        WireClient client = await _node.JoinAsync();
        await client.AskAsync(Payloads.Message(Payloads.ToAll));
        await client.ReceiveAsync();
        await client.LeaveAsync();

        using HttpResponseMessage response = await _node.Http.GetAsync(new Uri("metrics", UriKind.Relative));
        string[] lines = (await response.Content.ReadAsStringAsync()).Split('\n');

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        string[] expected =
        [
            "concierge_connections gauge", "concierge_rooms gauge", "concierge_messages_received_total counter", "concierge_messages_sent_total counter",
            "concierge_bytes_received_total counter", "concierge_bytes_sent_total counter", "concierge_outbox_bytes gauge",
            "concierge_fanout_seconds histogram", "concierge_closes_total counter",
        ];
        foreach (string metric in expected)
        {
            lines.ShouldContain($"# TYPE {metric}");
            lines.ShouldContain(line => line.StartsWith($"# HELP {metric.Split(' ')[0]} ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task MessagesAndBytes_AreCounted()
    {
        WireClient sender = await _node.JoinAsync(), receiver = await _node.JoinAsync();
        Dictionary<string, double> before = await _node.ReadMetricsAsync();

        byte[] sent = [];
        for (int i = 0; i < 10; i++) sent = [.. sent, .. Frame.Masked(Payloads.Message(Payloads.ToUuid(receiver.Uuid), $"{i}"))];
        await sender.Socket.SendAsync(sent);
        for (int i = 0; i < 10; i++) await sender.ExpectAsync(Payloads.Ok(i));
        for (int i = 0; i < 10; i++) await receiver.ReceiveAsync();
        Dictionary<string, double> after = await _node.ReadMetricsAsync();

        (after["concierge_connections"] - before["concierge_connections"]).ShouldBe(0);
        after["concierge_connections"].ShouldBe(2);
        (after["concierge_messages_received_total"] - before["concierge_messages_received_total"]).ShouldBe(10);
        (after["concierge_messages_sent_total"] - before["concierge_messages_sent_total"]).ShouldBe(20);
        (after["concierge_bytes_received_total"] - before["concierge_bytes_received_total"]).ShouldBe(sent.Length);
        (after["concierge_bytes_sent_total"] - before["concierge_bytes_sent_total"]).ShouldBeGreaterThan(sent.Length);
    }

    [Fact]
    public async Task Closes_AreCountedByCode()
    {
        for (int i = 0; i < 3; i++)
        {
            WireClient client = await _node.ConnectAsync();
            await client.SendAsync("""{"type":"SELF_FETCH"}""");
            (await client.ReceiveCloseAsync()).ShouldBe(4003);
            await client.Socket.ReadEndAsync();
        }

        Dictionary<string, double> metrics = await _node.ReadMetricsAsync();

        metrics["concierge_closes_total{code=\"4003\"}"].ShouldBe(3);
        metrics["concierge_connections"].ShouldBe(0);
    }

    [Fact]
    public async Task Broadcasts_AreTimed()
    {
        WireClient sender = await _node.JoinAsync();

        await sender.SendAsync(Payloads.Message(Payloads.ToAll));
        await sender.ReceiveAsync();
        await sender.ExpectAsync(Payloads.Ok(0));
        // The next frame's answer says that the broadcast is over and done with.
        await sender.ShouldBeUndisturbedAsync();

        (await _node.ReadMetricsAsync())["concierge_fanout_seconds_count"].ShouldBe(1);
    }
}
