using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Concierge.Node.Tests.Files;

public sealed class LeavingTests : IAsyncLifetime
{
    private FileServer _server = null!;

    public async Task InitializeAsync() => _server = await FileServer.StartAsync(maxSize: 1 << 30);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Client_ThatLeaves_TakesItsFilesWithIt()
    {
        var (leaving, staying) = (_server.Join(), _server.Join());
        using var first = await leaving.PostAsync("a/b", ("x", "1"));
        using var second = await staying.PostAsync("a/b", ("x", "1"));

        await _server.LeaveAsync(leaving);

        using var gone = await staying.GetAsync("a/b", leaving.Uuid);
        using var there = await staying.GetAsync("a/b");
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        there.StatusCode.ShouldBe(HttpStatusCode.OK);
        _server.OnDisk().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Client_ThatLeavesWhileItUploads_LeavesNothing()
    {
        var client = _server.Join();
        using var http = await BeginUploadAsync(client);
        await OnDiskAsync();

        await _server.LeaveAsync(client);

        (await http.ReadStatusAsync()).ShouldBe(401);
        _server.OnDisk().ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_ThatIsNotFinished_CannotBeSeenYet()
    {
        var client = _server.Join();
        using var first = await client.PostAsync("a", ("x", "old"));
        using var upload = new OpenUpload();
        var posting = client.SendAsync(HttpMethod.Post, $"/fs/{client.Uuid}/a", client.Key, upload.Content);
        await upload.WriteAsync(new string('x', 300_000));
        await OnDiskAsync(files: 2);

        using var meanwhile = await client.GetAsync("a");
        await upload.FinishAsync();
        using var response = await posting;
        using var afterwards = await client.GetAsync("a");

        (await meanwhile.Content.ReadAsStringAsync()).ShouldBe("old");
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        afterwards.Content.Headers.ContentLength.ShouldBe(300_000);
    }

    [Fact]
    public async Task Form_ThatEndsEarly_IsRefusedAndLeavesNothing()
    {
        var client = _server.Join();
        using var broken = new StringContent("--x\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\nhalf of it");
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        using var response = await client.SendAsync(HttpMethod.Post, $"/fs/{client.Uuid}/a", client.Key, broken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        _server.OnDisk().ShouldBeEmpty();
    }

    [Fact]
    public async Task Form_WithEndlessHeaders_IsRefused()
    {
        var client = _server.Join();
        using var broken = new StringContent("--x\r\nContent-Disposition: form-data; name=f; filename=f\r\nx: " + new string('y', 100_000));
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        using var response = await client.SendAsync(HttpMethod.Post, $"/fs/{client.Uuid}/a", client.Key, broken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Form_WithTooManyParts_IsRefusedAndLeavesNothing()
    {
        var client = _server.Join();
        using var form = FileClient.Form([.. Enumerable.Range(0, 1025).Select(i => ($"file{i}", "1"))]);

        using var response = await client.SendAsync(HttpMethod.Post, $"/fs/{client.Uuid}/", client.Key, form);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        _server.OnDisk().ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_WhoseConnectionBreaks_LeavesNothing()
    {
        var client = _server.Join();
        using (await BeginUploadAsync(client)) await OnDiskAsync();

        await OnDiskAsync(files: 0);
        _server.OnDisk().ShouldBeEmpty();
    }

    /// <summary>Sends a part of an upload that promises more.</summary>
    private async Task<RawHttp> BeginUploadAsync(FileClient client)
    {
        var http = await RawHttp.ConnectAsync(_server.Http.BaseAddress!.Port);
        await http.SendAsync(
            $"POST /fs/{client.Uuid}/a HTTP/1.1\r\nHost: test\r\nx-fs-key: {client.Key}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n");
        await http.SendAsync("--x\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n" + new string('x', 300_000));
        return http;
    }

    /// <summary>Waits until so many files are on disk; a test that waits in vain is ended by the runner.</summary>
    private async Task OnDiskAsync(int files = 1)
    {
        while (_server.OnDisk().Count() != files) await Task.Yield();
    }

    /// <summary>An upload whose bytes come when the test says.</summary>
    private sealed class OpenUpload : IDisposable
    {
        private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0));

        public OpenUpload()
        {
            Content = new StreamContent(_pipe.Reader.AsStream());
            Content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
            _pipe.Writer.Write(Encoding.UTF8.GetBytes("--x\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n"));
        }

        public StreamContent Content { get; }

        public async Task WriteAsync(string text) => await _pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(text));

        public async Task FinishAsync()
        {
            await WriteAsync("\r\n--x--\r\n");
            await _pipe.Writer.CompleteAsync();
        }

        public void Dispose()
        {
            _pipe.Writer.Complete();
            Content.Dispose();
        }
    }
}
