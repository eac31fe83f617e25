namespace Concierge.Node.Tests.Files;

/// <summary>Paths that try to leave the client's folder, as they are on the wire.</summary>
public sealed class FileEscapeTests : IAsyncLifetime
{
    private FileServer _server = null!;
    private FileClient _client = null!;

    private int Port => _server.Http.BaseAddress!.Port;

    public async Task InitializeAsync()
    {
        _server = await FileServer.StartAsync();
        _client = _server.Join();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("../../../../../../etc/passwd")]
    [InlineData("..")]
    [InlineData("a/../../x")]
    [InlineData("%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    [InlineData("%2e%2e%2f%2e%2e%2fetc%2fpasswd")]
    [InlineData("%252e%252e%252fetc%252fpasswd")]
    [InlineData("..%5c..%5cetc%5cpasswd")]
    [InlineData("..%c0%af..%c0%afetc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("%2fetc%2fpasswd")]
    [InlineData("a%0d%0ab")]
    public async Task Path_ThatLeadsOut_IsRefusedWhateverTheMethod(string path)
    {
        foreach (var method in new[] { "GET", "DELETE", "POST" })
        {
            var response = await RawHttp.RequestAsync(Port, method, $"/fs/{_client.Uuid}/{path}", $"x-fs-key: {_client.Key}", "Content-Length: 0");

            RawHttp.Status(response).ShouldBeOneOf(400, 404);
            response.ShouldNotContain("root:");
        }

        _server.OnDisk().ShouldBeEmpty();
    }

    [Fact]
    public async Task Path_ThatLeadsToAnotherClientsFolder_IsRefused()
    {
        var other = _server.Join();
        using var created = await other.PostAsync("secret", ("x", "theirs"));

        foreach (var target in new[] { $"/fs/{_client.Uuid}/../{other.Uuid}/secret", $"/fs/{_client.Uuid}/%2e%2e/{other.Uuid}/secret", $"/x/../fs/{other.Uuid}/secret" })
        {
            var response = await RawHttp.RequestAsync(Port, "DELETE", target, $"x-fs-key: {_client.Key}");

            RawHttp.Status(response).ShouldBeOneOf(400, 403, 404);
        }

        using var still = await other.GetAsync("secret");
        (await still.Content.ReadAsStringAsync()).ShouldBe("theirs");
    }

    [Fact]
    public async Task Link_ThatSomebodyPutThere_IsNotFollowed()
    {
        using var outside = new TemporaryFolder();
        var target = outside.Write("outside", "not yours");
        using var created = await _client.PostAsync("inside", ("x", "1"));
        var folder = Path.GetDirectoryName(_server.OnDisk().Single())!;
        File.CreateSymbolicLink(Path.Combine(folder, "link"), target);
        Directory.CreateSymbolicLink(Path.Combine(folder, "links"), outside.Path(""));

        using var file = await _client.GetAsync("link");
        using var below = await _client.GetAsync("links/outside");

        ((int)file.StatusCode).ShouldBe(404);
        ((int)below.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task Target_InAbsoluteForm_IsUnderstood()
    {
        using var created = await _client.PostAsync("a", ("x", "content"));

        var response = await RawHttp.RequestAsync(Port, "GET", $"http://test/fs/{_client.Uuid}/a?query", $"x-fs-key: {_client.Key}");

        RawHttp.Status(response).ShouldBe(200);
        response.ShouldEndWith("content");
    }
}
