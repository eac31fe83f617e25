using System.Net;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Files;

/// <summary>Files cross from node to node as they come: neither holds much of one, and none waits forever for the other.</summary>
public sealed class ClusterFileTests : IAsyncLifetime
{
    private const long Size = 256L * 1024 * 1024;
    private const long Tolerated = Size / 2;
    private NodeProcess? _home;
    private NodeProcess _other = null!;
    private string _seed = "";

    public async Task InitializeAsync()
    {
        _seed = $"127.0.0.1:{FreePort.Next()}";
        _home = await StartAsync(_seed);
        _other = await StartAsync($"127.0.0.1:{FreePort.Next()}");
    }

    public async Task DisposeAsync()
    {
        if (_other is not null) await _other.DisposeAsync();
        await KillAsync();
    }

    [Fact]
    public async Task LargeFile_MovesThroughAnotherNodeBothWays_WithFlatMemoryOnBoth()
    {
        WireClient owner = await _home!.JoinAsync(), reader = await _other.JoinAsync();
        double[] before = [await _home!.ReadMemoryAsync(), await _other.ReadMemoryAsync()];

        (await UploadAsync(owner)).ShouldBe(HttpStatusCode.Created);
        using HttpResponseMessage downloaded = await DownloadAsync(owner, reader);
        await CountingBytes.ExpectAsync(await downloaded.Content.ReadAsStreamAsync(), Size);

        (await _home!.ReadMemoryAsync() - before[0]).ShouldBeLessThan(Tolerated);
        (await _other.ReadMemoryAsync() - before[1]).ShouldBeLessThan(Tolerated);
        await owner.ShouldBeUndisturbedAsync();
        await reader.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task Download_FromANodeThatIsKilled_Ends()
    {
        // Two are the majority, and go on.
        await using NodeProcess third = await StartAsync($"127.0.0.1:{FreePort.Next()}");
        WireClient owner = await _home!.JoinAsync(), reader = await _other.JoinAsync();
        (await UploadAsync(owner)).ShouldBe(HttpStatusCode.Created);
        using HttpResponseMessage downloading = await DownloadAsync(owner, reader);
        downloading.StatusCode.ShouldBe(HttpStatusCode.OK);
        await KillAsync();

        Stream content = await downloading.Content.ReadAsStreamAsync();
        await Should.ThrowAsync<IOException>(Patience.For(content.CopyToAsync(Stream.Null), "the download's end", _other.Program));
        await reader.ShouldBeUndisturbedAsync();
    }

    private async Task KillAsync()
    {
        if (_home is not { } dying) return;
        _home = null;
        await dying.DisposeAsync();
    }

    private async Task<HttpStatusCode> UploadAsync(WireClient owner)
    {
        using var form = new MultipartFormDataContent { { new StreamContent(new CountingBytes(Size)), "file", "large" } };
        using var upload = new HttpRequestMessage(HttpMethod.Post, FileOf(owner)) { Content = form };
        upload.Headers.Add("x-fs-key", owner.FileKey);
        using HttpResponseMessage uploaded = await _other.Http.SendAsync(upload);
        return uploaded.StatusCode;
    }

    private async Task<HttpResponseMessage> DownloadAsync(WireClient owner, WireClient reader)
    {
        using var download = new HttpRequestMessage(HttpMethod.Get, FileOf(owner));
        download.Headers.Add("x-fs-key", reader.Uuid);
        return await _other.Http.SendAsync(download, HttpCompletionOption.ResponseHeadersRead);
    }

    private static Uri FileOf(WireClient owner) => new($"fs/{owner.Uuid}/large", UriKind.Relative);

    private Task<NodeProcess> StartAsync(string address) =>
        NodeProcess.StartAsync($"cluster.address={address}", $"cluster.seeds={_seed}", "heartbeat.interval=10m", "heartbeat.timeout=20m");
}
