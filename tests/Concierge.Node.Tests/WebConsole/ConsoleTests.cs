using System.IO.Compression;
using System.Net;
using System.Text;
using Concierge.Node.Configuration;
using Concierge.Node.Tests.Hosting;

namespace Concierge.Node.Tests.WebConsole;

/// <summary>What browsers get from a node, with a small console of the tests' own.</summary>
public sealed class ConsoleTests : IAsyncLifetime, IDisposable
{
    private const string Page = "<!doctype html><title>Concierge</title><script type=module src=/assets/index-1a2b.js></script>";
    private const string Browser = "text/html,application/xhtml+xml,*/*;q=0.8";
    private const string Script = "/assets/index-1a2b.js";

    private static readonly string Code = string.Concat(Enumerable.Repeat("console.log('hello, hello');\n", 100));

    private readonly TemporaryFolder _folder = new();
    private ConciergeNode _node = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _folder.Write("outside.txt", "secret");
        _folder.Write("console/index.html", Page);
        _folder.Write("console/icon.svg", "<svg/>");
        _folder.Write("console" + Script, Code);
        _node = await StartAsync(_folder.Path("console"));
        _http = ClientOf(_node);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Browser_GetsThePage_AndProgramsTheLine()
    {
        using var page = await GetAsync("/", ("Accept", Browser));
        using var line = await GetAsync("/", ("Accept", "*/*"));

        (await page.Content.ReadAsStringAsync()).ShouldBe(Page);
        page.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        page.Headers.Vary.ShouldBe(["Accept", "Accept-Encoding"]);
        (await line.Content.ReadAsStringAsync()).ShouldStartWith("Concierge ");
        line.Headers.Vary.ShouldBe(["Accept"]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData(Script)]
    public async Task EveryFile_ComesWithWhatABrowserMayDoWithIt(string path)
    {
        using var response = await GetAsync(path, ("Accept", Browser));

        string Header(string name) => string.Join(", ", response.Headers.GetValues(name));
        var policy = Header("Content-Security-Policy").Split("; ");
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("script-src 'self'");
        policy.ShouldContain("connect-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("require-trusted-types-for 'script'");
        policy.ShouldAllBe(rule => !rule.Contains("unsafe") && !rule.Contains('*'));
        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("Referrer-Policy").ShouldBe("no-referrer");
        Header("Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        Header("Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        Header("Permissions-Policy").ShouldContain("camera=()");
    }

    [Theory]
    [InlineData("/cluster")]
    [InlineData("/metrics")]
    [InlineData("/nothing.html")]
    public async Task WhatIsNoPage_IsNotTakenForOne(string path)
    {
        using var response = await GetAsync(path, ("Accept", Browser));

        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task WhatHasAHashInItsName_IsKeptForEver_AndAllElseIsAskedForAgain()
    {
        using var script = await GetAsync(Script);
        using var page = await GetAsync("/index.html");
        using var icon = await GetAsync("/icon.svg");

        script.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        script.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        page.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        icon.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        icon.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
    }

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("GZIP", "gzip")]
    [InlineData("br;q=0.5, gzip", "gzip")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("identity", null)]
    [InlineData("gzip;q=0, br;q=0", null)]
    [InlineData("nonsense;;;q=,", null)]
    public async Task Content_IsCompressedAsTheClientLikesBest(string accepted, string? coding)
    {
        using var response = await GetAsync(Script, ("Accept-Encoding", accepted));
        var content = await response.Content.ReadAsByteArrayAsync();

        response.Content.Headers.ContentEncoding.ShouldBe(coding is null ? [] : [coding]);
        response.Content.Headers.ContentLength.ShouldBe(content.Length);
        response.Headers.Vary.ShouldContain("Accept-Encoding");
        Decompress(content, coding).ShouldBe(Code);
    }

    [Fact]
    public async Task WhatCompressionMakesNoSmaller_IsSentAsItIs()
    {
        using var response = await GetAsync("/icon.svg", ("Accept-Encoding", "br, gzip"));

        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        (await response.Content.ReadAsStringAsync()).ShouldBe("<svg/>");
    }

    [Fact]
    public async Task WhoHasAFile_IsToldThatItIsTheSame_AsLongAsItIsThisForm()
    {
        using var first = await GetAsync("/index.html", ("Accept-Encoding", "br"));
        var tag = first.Headers.ETag!.ToString();

        first.Headers.ETag.IsWeak.ShouldBeFalse();
        using var same = await GetAsync("/index.html", ("Accept-Encoding", "br"), ("If-None-Match", $"\"other\", W/{tag}"));
        using var any = await GetAsync("/index.html", ("If-None-Match", "*"));
        using var otherForm = await GetAsync("/index.html", ("If-None-Match", tag));
        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        same.Headers.ETag!.ToString().ShouldBe(tag);
        (await same.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        any.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        otherForm.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Files_AreForReading()
    {
        using var posted = await _http.PostAsync(Script, null);
        using var head = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, Script));

        posted.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        posted.Content.Headers.Allow.ShouldBe(["GET", "HEAD"]);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentLength.ShouldBe(Code.Length);
        head.Headers.ETag.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/outside.txt")]
    [InlineData("/../outside.txt")]
    [InlineData("/assets/../../outside.txt")]
    [InlineData("/assets/%2e%2e/%2e%2e/outside.txt")]
    [InlineData("/assets%2f..%2f..%2foutside.txt")]
    [InlineData("/..\\outside.txt")]
    [InlineData("//outside.txt")]
    [InlineData("/assets/")]
    [InlineData("/ASSETS/index-1a2b.js")]
    public async Task PathsThatAreNoFileOfTheConsole_AreNotFound(string path) =>
        (await RawHttp.RequestAsync(_node.Port, "GET", path)).ShouldSatisfyAllConditions(
            answer => RawHttp.Status(answer).ShouldBeOneOf(400, 404),
            answer => answer.ShouldNotContain("secret"));

    [Fact]
    public async Task WebSockets_GoOnAtTheRoot()
    {
        using var client = await IdentifiedClient.ConnectAsync(new Uri($"ws://127.0.0.1:{_node.Port}/"));

        client.Uuid.ShouldNotBeNull();
    }

    [Fact]
    public async Task NodeWithoutAConsole_SaysSo_AndHowToGetOne()
    {
        using var log = new CollectedLog();
        await using var node = await StartAsync(_folder.Path("nothing-here"), log);
        using var http = ClientOf(node);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Accept", Browser } } };
        using var response = await http.SendAsync(request);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await response.Content.ReadAsStringAsync()).ShouldContain("install Node.js");
        log.Lines.ShouldContain(line => line.Contains("install Node.js"));
    }

    [Fact]
    public async Task NodeThatIsNotToServeIt_DoesNot()
    {
        var settings = NodeSettings.Load(["--port", "0", "--set", "concierge.console.enabled=off"]);
        settings.Console.Enabled.ShouldBeFalse();
        await using var node = await ConciergeNode.StartAsync(settings with { Console = settings.Console with { Folder = _folder.Path("console") } });

        (await RawHttp.RequestAsync(node.Port, "GET", "/", $"Accept: {Browser}")).ShouldSatisfyAllConditions(
            answer => RawHttp.Status(answer).ShouldBe(200),
            answer => answer.ShouldContain("clients connect to"),
            answer => answer.ShouldNotContain("Node.js"));
        RawHttp.Status(await RawHttp.RequestAsync(node.Port, "GET", Script)).ShouldBe(404);
    }

    [Fact]
    public async Task Log_SaysWhereTheConsoleIs()
    {
        using var log = new CollectedLog();
        await using var node = await StartAsync(_folder.Path("console"), log);

        log.Lines.ShouldContain($"The console for browsers is at http://127.0.0.1:{node.Port}/");
    }

    private static Task<ConciergeNode> StartAsync(string folder, CollectedLog? log = null) =>
        ConciergeNode.StartAsync(NodeSettings.Load(["--port", "0"]) with { Console = new ConsoleSettings(Enabled: true, folder) }, log is null ? null : log.AddTo);

    private static HttpClient ClientOf(ConciergeNode node) => new() { BaseAddress = new Uri($"http://127.0.0.1:{node.Port}") };

    private Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return _http.SendAsync(request);
    }

    private static string Decompress(byte[] content, string? coding)
    {
        using var bytes = new MemoryStream(content);
        using Stream plain = coding switch
        {
            "br" => new BrotliStream(bytes, CompressionMode.Decompress),
            "gzip" => new GZipStream(bytes, CompressionMode.Decompress),
            _ => bytes,
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
