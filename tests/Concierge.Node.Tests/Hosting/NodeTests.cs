using System.Net;
using Concierge.Node.Health;
using Microsoft.Extensions.DependencyInjection;

namespace Concierge.Node.Tests.Hosting;

public sealed class NodeTests : IAsyncLifetime, IDisposable
{
    private ConciergeNode _node = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _node = await ConciergeNode.StartAsync(["--port", "0", "--name", "testing"]);
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_node.Port}") };
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public void Url_HasTheRealPort()
    {
        _node.Port.ShouldBeInRange(1, 65535);
        _node.Url.ToString().ShouldBe($"ws://127.0.0.1:{_node.Port}/ws");
    }

    [Fact]
    public async Task FrontPage_NamesTheServerItsVersionsAndPorts()
    {
        var text = await _http.GetStringAsync("/");

        text.ShouldStartWith("Concierge ");
        text.ShouldContain("protocol 0.2.0");
        text.ShouldContain($"port {_node.Port}");
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Health_IsOkAndReadyOnceItIsStarted()
    {
        (await _http.GetStringAsync("/healthz")).ShouldBe("ok\n");
        (await _http.GetStringAsync("/readyz")).ShouldBe("ready\n");
    }

    [Fact]
    public async Task Readiness_EndsWhenDrainingBegins()
    {
        _node.Services.GetRequiredService<NodeState>().BeginDraining();

        using var ready = await _http.GetAsync("/readyz");
        using var alive = await _http.GetAsync("/healthz");

        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).ShouldStartWith("draining");
        alive.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Metrics_AreInPrometheusTextFormat()
    {
        using var response = await _http.GetAsync("/metrics");
        var text = await response.Content.ReadAsStringAsync();

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        foreach (var name in new[] { "concierge_connections", "concierge_messages_received_total", "concierge_messages_sent_total", "concierge_bytes_received_total", "concierge_bytes_sent_total", "concierge_outbox_bytes" })
            text.ShouldContain($"\n{name} 0\n");
        foreach (var name in new[] { "concierge_closes_total counter", "concierge_fanout_seconds histogram", "concierge_actor_restarts_total counter" })
            text.ShouldContain($"\n# TYPE {name}\n");
        text.ShouldContain("concierge_build_info{node=\"testing\"");
        text.Split('\n').ShouldAllBe(line => line.Length == 0 || line[0] == '#' || line.LastIndexOf(' ') > 0);
    }

    [Fact]
    public async Task Metrics_CountAClientOnThisNodeAlone()
    {
        await using var other = await ConciergeNode.StartAsync(["--port", "0"]);
        using var client = await IdentifiedClient.ConnectAsync(_node.Url);

        var here = await _http.GetStringAsync("/metrics");
        var there = await new HttpClient().GetStringAsync(new Uri($"http://127.0.0.1:{other.Port}/metrics"));

        here.ShouldContain("concierge_connections 1\n");
        here.ShouldContain("concierge_messages_received_total 1\n");
        there.ShouldContain("concierge_connections 0\n");
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/fs")]
    [InlineData("/ws/more")]
    public async Task Path_ThatIsUnknown_IsNotFoundInOneLine(string path)
    {
        using var response = await _http.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).Trim().ShouldNotContain('\n');
    }

    [Fact]
    public async Task Ws_WithoutAnUpgrade_SaysWhatItIs()
    {
        using var response = await _http.GetAsync("/ws");

        response.StatusCode.ShouldBe(HttpStatusCode.UpgradeRequired);
        response.Headers.Upgrade.ToString().ShouldBe("websocket");
        (await response.Content.ReadAsStringAsync()).ShouldContain("WebSocket");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    public async Task Pages_AreForReading(string path)
    {
        using var posted = await _http.PostAsync(path, null);
        using var head = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        posted.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Client_KeepsFilesAsLongAsItIsConnected()
    {
        using var watcher = await IdentifiedClient.ConnectAsync(_node.Url);
        var leaving = await IdentifiedClient.ConnectAsync(_node.Url);
        using var form = new MultipartFormDataContent { { new StringContent("content"), "file", "a.txt" } };
        using var upload = new HttpRequestMessage(HttpMethod.Post, $"/fs/{leaving.Uuid}/a.txt") { Content = form };
        upload.Headers.Add("x-fs-key", leaving.FileKey);
        using var created = await _http.SendAsync(upload);
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await DownloadAsync()).ShouldBe(HttpStatusCode.OK);

        await leaving.DisposeAsync();
        await watcher.ReceiveAsync("CLIENT_LEFT");

        (await DownloadAsync()).ShouldBe(HttpStatusCode.NotFound, "files are deleted before CLIENT_LEFT is sent");

        async Task<HttpStatusCode> DownloadAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/fs/{leaving.Uuid}/a.txt");
            request.Headers.Add("x-fs-key", watcher.Uuid);
            using var response = await _http.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Stop_ClosesClientsAsGoingAway()
    {
        using var client = await IdentifiedClient.ConnectAsync(_node.Url);

        var stopping = _node.StopAsync();
        var close = await client.ReceiveCloseAsync();
        await stopping;

        ((int?)close).ShouldBe(1001);
        await _node.Stopping;
    }

    [Fact]
    public async Task Stop_CalledTwice_IsOneStop()
    {
        await Task.WhenAll(_node.StopAsync(), _node.StopAsync());

        await Should.ThrowAsync<HttpRequestException>(() => _http.GetAsync("/healthz"));
    }

    [Fact]
    public async Task Files_TurnedOff_AreNotThere()
    {
        await using var node = await ConciergeNode.StartAsync(["--port", "0", "--set", "concierge.files.enabled=off"]);

        RawHttp.Status(await RawHttp.RequestAsync(node.Port, "GET", "/fs/3b241101-e2bb-4255-8caf-4136c566a962/a")).ShouldBe(404);
    }

    [Fact]
    public async Task Port_ThatIsTaken_IsAnErrorOfConfiguration()
    {
        var error = await Should.ThrowAsync<InvalidConfigurationException>(
            () => ConciergeNode.StartAsync(["--port", _node.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)]));

        error.Message.ShouldContain($"concierge.port = {_node.Port}");
        error.Message.ShouldContain("--port");
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("no-such-host.invalid")]
    public async Task Host_ThatIsNotThisMachine_IsAnErrorOfConfiguration(string host)
    {
        var error = await Should.ThrowAsync<InvalidConfigurationException>(() => ConciergeNode.StartAsync(["--port", "0", "--host", host]));

        error.Message.ShouldContain($"concierge.host = {host}");
    }

    [Fact]
    public async Task FilesDirectory_ThatCannotBe_IsAnErrorOfConfiguration()
    {
        var error = await Should.ThrowAsync<InvalidConfigurationException>(
            () => ConciergeNode.StartAsync(["--port", "0", "--set", "concierge.files.directory=/proc/nowhere"]));

        error.Message.ShouldContain("concierge.files.directory = /proc/nowhere");
    }

    [Fact]
    public async Task FilesDirectory_IsEmptyAgainAfterTheNodeHasStopped()
    {
        using var folder = new TemporaryFolder();
        var node = await ConciergeNode.StartAsync(["--port", "0", "--set", $"concierge.files.directory={folder.Path("")}"]);
        Directory.EnumerateFileSystemEntries(folder.Path("")).Count().ShouldBe(1);

        await node.DisposeAsync();

        Directory.EnumerateFileSystemEntries(folder.Path("")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("127.0.0.1", null, false)]
    [InlineData("0.0.0.0", null, true)]
    [InlineData("0.0.0.0", "hush", false)]
    public async Task Node_ThatEverybodyCanReachWithoutASecret_Warns(string host, string? secret, bool warns)
    {
        var log = new CollectedLog();
        string[] args = ["--port", "0", "--host", host];

        await using var node = await ConciergeNode.StartAsync(secret is null ? args : [.. args, "--set", $"concierge.secret={secret}"], log.AddTo);

        node.Url.Host.ShouldBe(host);
        log.Lines.Any(line => line.Contains("without a secret", StringComparison.Ordinal)).ShouldBe(warns);
        log.Lines.ShouldAllBe(line => !line.Contains("hush"));
    }
}
