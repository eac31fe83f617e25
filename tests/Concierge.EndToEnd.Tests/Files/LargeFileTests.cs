using System.Net;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Files;

/// <summary>Files stream through the node: what it holds of one does not grow with the file.</summary>
public sealed class LargeFileTests
{
    private const long Size = 256L * 1024 * 1024;
    private const long Tolerated = Size / 2;

    [Fact]
    public async Task LargeFile_MovesBothWays_WithFlatMemory()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("heartbeat.interval=10m", "heartbeat.timeout=20m");
        WireClient owner = await node.JoinAsync(), reader = await node.JoinAsync();
        var file = new Uri($"fs/{owner.Uuid}/large", UriKind.Relative);
        double before = await node.ReadMemoryAsync();

        using var form = new MultipartFormDataContent { { new StreamContent(new CountingBytes(Size)), "file", "large" } };
        using var upload = new HttpRequestMessage(HttpMethod.Post, file) { Content = form };
        upload.Headers.Add("x-fs-key", owner.FileKey);
        using HttpResponseMessage uploaded = await node.Http.SendAsync(upload);
        uploaded.StatusCode.ShouldBe(HttpStatusCode.Created);
        double afterUpload = await node.ReadMemoryAsync();

        using var download = new HttpRequestMessage(HttpMethod.Get, file);
        download.Headers.Add("x-fs-key", reader.Uuid);
        using HttpResponseMessage downloaded = await node.Http.SendAsync(download, HttpCompletionOption.ResponseHeadersRead);
        await CountingBytes.ExpectAsync(await downloaded.Content.ReadAsStreamAsync(), Size);
        double afterDownload = await node.ReadMemoryAsync();

        (afterUpload - before).ShouldBeLessThan(Tolerated);
        (afterDownload - before).ShouldBeLessThan(Tolerated);
        await owner.ShouldBeUndisturbedAsync();
    }
}
