using System.Net;
using System.Security.Cryptography;
using Concierge.Node.Tests.Hosting;

namespace Concierge.Node.Tests.Files;

// Whichever node a request reaches, it finds the file, and gets the answer that the client's own node gives.
public sealed class ClusterFilesTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    [Fact]
    public async Task Upload_ThroughAnotherNode_IsKeptOnTheClientsOwn_AndReadThroughBoth()
    {
        await using var client = await nodes.JoinAsync();
        var content = RandomNumberGenerator.GetBytes(1_000_003);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", "x" } };

        using var created = await SendAsync(nodes.Other, HttpMethod.Post, $"/fs/{client.Uuid}/a/b.bin", client.FileKey, form);
        using var here = await SendAsync(nodes.Home, HttpMethod.Get, $"/fs/{client.Uuid}/a/b.bin", client.Uuid);
        using var there = await SendAsync(nodes.Other, HttpMethod.Get, $"/fs/{client.Uuid}/a/b.bin", client.Uuid);

        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await here.Content.ReadAsByteArrayAsync()).SequenceEqual(content).ShouldBeTrue("the bytes have to be the same");
        (await there.Content.ReadAsByteArrayAsync()).SequenceEqual(content).ShouldBeTrue("the bytes have to be the same");
        nodes.OnDisk("home").ShouldContain(file => file.EndsWith($"{client.Uuid}/a/b.bin", StringComparison.Ordinal));
        nodes.OnDisk("other").ShouldBeEmpty();
    }

    [Fact]
    public async Task SeveralFiles_ThroughAnotherNode_GoByTheirOwnNames()
    {
        await using var client = await nodes.JoinAsync();
        using var created = await SendAsync(nodes.Other, HttpMethod.Post, $"/fs/{client.Uuid}/", client.FileKey, FileClient.Form(("a", "1"), ("empty", ""), ("c", "3")));

        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        foreach (var (name, content) in new[] { ("a", "1"), ("empty", ""), ("c", "3") })
        {
            using var read = await SendAsync(nodes.Other, HttpMethod.Get, $"/fs/{client.Uuid}/{name}", client.Uuid);
            (await read.Content.ReadAsStringAsync()).ShouldBe(content);
        }
    }

    [Fact]
    public async Task Delete_ThroughAnotherNode_Deletes()
    {
        await using var client = await nodes.JoinAsync();
        using var created = await SendAsync(nodes.Home, HttpMethod.Post, $"/fs/{client.Uuid}/a", client.FileKey, FileClient.Form(("x", "1")));
        using var deleted = await SendAsync(nodes.Other, HttpMethod.Delete, $"/fs/{client.Uuid}/a", client.FileKey);
        using var gone = await SendAsync(nodes.Home, HttpMethod.Get, $"/fs/{client.Uuid}/a", client.Uuid);

        deleted.StatusCode.ShouldBe(HttpStatusCode.OK);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("GET", "a", null, HttpStatusCode.OK)]
    [InlineData("HEAD", "a", null, HttpStatusCode.OK)]
    [InlineData("GET", "a", "bytes=2-5", HttpStatusCode.PartialContent)]
    [InlineData("HEAD", "a", "bytes=2-5", HttpStatusCode.PartialContent)]
    [InlineData("GET", "a", "bytes=150000-150009", HttpStatusCode.PartialContent)]
    [InlineData("GET", "a", "bytes=-3", HttpStatusCode.PartialContent)]
    [InlineData("GET", "a", "bytes=900000-", HttpStatusCode.RequestedRangeNotSatisfiable)]
    [InlineData("GET", "missing", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "..%2fa", null, HttpStatusCode.BadRequest)]
    [InlineData("GET", "%252e%252e/a", null, HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "missing", null, HttpStatusCode.NotFound)]
    [InlineData("PUT", "a", null, HttpStatusCode.MethodNotAllowed)]
    public async Task Answer_ThroughAnotherNode_IsTheSame(string method, string path, string? range, HttpStatusCode expected)
    {
        await using var client = await nodes.JoinAsync();
        using var created = await SendAsync(
            nodes.Home, HttpMethod.Post, $"/fs/{client.Uuid}/a", client.FileKey, FileClient.Form(("x", string.Concat(Enumerable.Range(0, 200_000).Select(i => i % 10)))));

        await ShouldBeAnsweredAlikeAsync(expected, HttpMethod.Parse(method), $"/fs/{client.Uuid}/{path}", client.FileKey, range: range);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.PreconditionRequired)]
    [InlineData("neither", HttpStatusCode.ExpectationFailed)]
    [InlineData("00000000-0000-4000-8000-000000000000", HttpStatusCode.Unauthorized)]
    public async Task Key_IsAskedForByEveryNode(string? key, HttpStatusCode expected)
    {
        await using var client = await nodes.JoinAsync();
        await ShouldBeAnsweredAlikeAsync(expected, HttpMethod.Get, $"/fs/{client.Uuid}/a", key);
    }

    [Fact]
    public async Task Upload_ThatIsRefused_IsRefusedAlike_AndLeavesNothing()
    {
        await using var client = await nodes.JoinAsync();
        await using var stranger = await IdentifiedClient.ConnectAsync(nodes.OtherNode.Url);
        using var created = await SendAsync(nodes.Home, HttpMethod.Post, $"/fs/{client.Uuid}/folder/file", client.FileKey, FileClient.Form(("x", "1")));
        var folder = $"/fs/{client.Uuid}/";

        await ShouldBeAnsweredAlikeAsync(HttpStatusCode.Forbidden, HttpMethod.Post, folder + "a", stranger.FileKey, () => FileClient.Form(("x", "1")));
        await ShouldBeAnsweredAlikeAsync(HttpStatusCode.Forbidden, HttpMethod.Delete, folder + "folder/file", stranger.FileKey);
        await ShouldBeAnsweredAlikeAsync(HttpStatusCode.PreconditionFailed, HttpMethod.Post, folder + "a", client.FileKey, () => FileClient.Form(("x", "1"), ("y", "2")));
        await ShouldBeAnsweredAlikeAsync(HttpStatusCode.Conflict, HttpMethod.Post, folder + "folder", client.FileKey, () => FileClient.Form(("x", "1")));
        await ShouldBeAnsweredAlikeAsync(HttpStatusCode.Conflict, HttpMethod.Post, folder + "folder/file/below", client.FileKey, () => FileClient.Form(("x", "1")));
        await ShouldBeAnsweredAlikeAsync(HttpStatusCode.UnsupportedMediaType, HttpMethod.Post, folder + "a", client.FileKey, () => new StringContent("text"));
        await ShouldBeAnsweredAlikeAsync(HttpStatusCode.BadRequest, HttpMethod.Post, folder, client.FileKey, () => FileClient.Form(("fine", "1"), ("../escape", "2")));
        await ShouldBeAnsweredAlikeAsync(HttpStatusCode.BadRequest, HttpMethod.Post, folder + "a", client.FileKey, () => new MultipartFormDataContent { { new StringContent("v"), "field" } });

        await OnDiskAsync(nodes, client, 1);
        nodes.OnDisk("other").ShouldBeEmpty();
    }

    [Fact]
    public async Task Rules_AreThoseOfTheClientsOwnNode()
    {
        await using var own = await TwoNodes.StartAsync("--set", "concierge.files.strict=on", "--set", "concierge.files.max-size=100000B");
        await using var client = await own.JoinAsync();
        var file = $"/fs/{client.Uuid}/a";

        using var byUuid = await SendAsync(own.Other, HttpMethod.Post, file, client.Uuid, FileClient.Form(("x", "1")));
        using var large = await SendAsync(own.Other, HttpMethod.Post, file, client.FileKey, FileClient.Form(("x", new string('x', 100_001))));
        using var larger = await SendAsync(own.Other, HttpMethod.Post, file, client.FileKey, FileClient.Form(("x", new string('x', 300_000))));
        using var byKey = await SendAsync(own.Other, HttpMethod.Post, file, client.FileKey, FileClient.Form(("x", new string('x', 100_000))));
        using var deletedByUuid = await SendAsync(own.Other, HttpMethod.Delete, file, client.Uuid);
        using var read = await SendAsync(own.Other, HttpMethod.Get, file, client.Uuid);

        byUuid.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        larger.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await larger.Content.ReadAsStringAsync()).ShouldBe("a is larger than 100000 bytes, which is the limit here.\n");
        byKey.StatusCode.ShouldBe(HttpStatusCode.Created);
        deletedByUuid.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        await OnDiskAsync(own, client, 1);
    }

    /// <summary>Sends the same to both nodes; what they answer has to be the same to the last header.</summary>
    private async Task ShouldBeAnsweredAlikeAsync(
        HttpStatusCode expected, HttpMethod method, string path, string? key, Func<HttpContent>? content = null, string? range = null)
    {
        using var here = await SendAsync(nodes.Home, method, path, key, content?.Invoke(), range);
        using var there = await SendAsync(nodes.Other, method, path, key, content?.Invoke(), range);

        there.StatusCode.ShouldBe(expected, path);
        here.StatusCode.ShouldBe(expected, path);
        (await there.Content.ReadAsStringAsync()).ShouldBe(await here.Content.ReadAsStringAsync());
        Headers(there).ShouldBe(Headers(here));
    }

    private static string Headers(HttpResponseMessage response) =>
        string.Concat(response.Headers.Concat(response.Content.Headers)
            .Where(header => header.Key != "Date")
            .OrderBy(header => header.Key, StringComparer.Ordinal)
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}\n"));

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient node, HttpMethod method, string path, string? key, HttpContent? content = null, string? range = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null) request.Headers.TryAddWithoutValidation("x-fs-key", key);
        if (range is not null) request.Headers.TryAddWithoutValidation("Range", range);
        return await node.SendAsync(request);
    }

    /// <summary>Waits until the client has so many files on its node, and no scratch files are left; in vain where more stay.</summary>
    private static async Task OnDiskAsync(TwoNodes nodes, IdentifiedClient client, int files)
    {
        while (nodes.OnDisk("home").Count(file => file.Contains(client.Uuid, StringComparison.Ordinal) || file.Contains("incoming", StringComparison.Ordinal)) != files)
            await Task.Yield();
    }
}
