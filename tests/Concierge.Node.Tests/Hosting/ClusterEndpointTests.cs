using System.Net;
using System.Text.Json;

namespace Concierge.Node.Tests.Hosting;

/// <summary>What <c>/cluster</c> tells of a node that is alone.</summary>
public sealed class ClusterEndpointTests
{
    [Fact]
    public async Task Report_SaysWhatAPageHasToKnow_AndCountsTheNodesClients()
    {
        await using var node = await ConciergeNode.StartAsync(["--port", "0", "--name", "<b>one</b>"]);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{node.Port}") };
        using var client = await IdentifiedClient.ConnectAsync(node.Url);

        using var response = await http.GetAsync("/cluster");
        var report = await ReadAsync(response);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        report.GetProperty("node").GetString().ShouldBe("<b>one</b>");
        report.GetProperty("version").GetString().ShouldBe(BuildVersion.Current);
        report.GetProperty("protocol").GetString().ShouldBe("0.2.0");
        report.GetProperty("ready").GetBoolean().ShouldBeTrue();
        var self = report.GetProperty("nodes").EnumerateArray().ShouldHaveSingleItem();
        self.GetProperty("name").GetString().ShouldBe("<b>one</b>");
        self.GetProperty("status").GetString().ShouldBe("up");
        self.GetProperty("self").GetBoolean().ShouldBeTrue();
        self.GetProperty("roles").GetArrayLength().ShouldBe(0);
        self.GetProperty("connections").GetInt64().ShouldBe(1);
        self.GetProperty("clients").GetInt64().ShouldBe(1);
        self.GetProperty("messages_received").GetInt64().ShouldBe(1);
        self.GetProperty("bytes_received").GetInt64().ShouldBeGreaterThan(0);
        foreach (var name in new[] { "uptime", "services", "rooms", "messages_sent", "bytes_sent", "outbox_bytes" })
            self.GetProperty(name).GetDouble().ShouldBeGreaterThanOrEqualTo(0, name);
        report.GetRawText().ShouldNotContain("127.0.0.1");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Report_SaysWhichSecretsAreAsked_AndNotWhatTheyAre(bool secret, bool admin)
    {
        string[] options = [.. secret ? ["--set", "concierge.secret=sesame"] : Array.Empty<string>(), .. admin ? ["--set", "concierge.admin.secret=sesame"] : Array.Empty<string>()];
        await using var node = await ConciergeNode.StartAsync(["--port", "0", .. options]);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{node.Port}") };
        using var response = await http.GetAsync("/cluster");
        var report = await ReadAsync(response);

        report.GetProperty("secret").GetBoolean().ShouldBe(secret);
        report.GetProperty("admin").GetBoolean().ShouldBe(admin);
        report.GetRawText().ShouldNotContain("sesame");
    }

    [Fact]
    public async Task Report_IsForReading()
    {
        await using var node = await ConciergeNode.StartAsync(["--port", "0"]);

        RawHttp.Status(await RawHttp.RequestAsync(node.Port, "POST", "/cluster", "Content-Length: 0")).ShouldBe(405);
        (await RawHttp.RequestAsync(node.Port, "HEAD", "/cluster")).ShouldEndWith("\r\n\r\n");
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using var document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        return document.RootElement.Clone();
    }
}
