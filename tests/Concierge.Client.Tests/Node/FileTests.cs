using System.Net;

namespace Concierge.Client.Tests.Node;

public sealed class FileTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(n => (byte)(n * 7))];

    [Theory]
    [InlineData("plain.bin")]
    [InlineData("photos/front view 100%.jpg")]
    [InlineData("grün & blau?#.txt")]
    public async Task File_GoesUpAndComesDownToAnother(string name)
    {
        await using var ann = await node.ConnectAsync("ann");
        await using var bob = await node.ConnectAsync("bob");
        var sent = new Steps();
        var received = new Steps();
        using var destination = new MemoryStream();

        await ann.Files.UploadAsync(name, new MemoryStream(Content), sent);
        await bob.Files.DownloadAsync(ann.Uuid, name, destination, received);

        destination.ToArray().ShouldBe(Content);
        sent.Last.ShouldBe(Content.Length);
        received.Last.ShouldBe(Content.Length);
    }

    [Fact]
    public async Task File_OfUnknownLength_GoesUp()
    {
        await using var ann = await node.ConnectAsync("ann");
        using var destination = new MemoryStream();

        await ann.Files.UploadAsync("stream", new Forward(Content));
        await ann.Files.DownloadAsync(ann.Uuid, "stream", destination);

        destination.ToArray().ShouldBe(Content);
    }

    [Fact]
    public async Task File_WhenDeleted_IsNoLongerThere()
    {
        await using var ann = await node.ConnectAsync("ann");
        await ann.Files.UploadAsync("note", new MemoryStream(Content));

        await ann.Files.DeleteAsync("note");

        (await StatusOf(ann.Files.DownloadAsync(ann.Uuid, "note", Stream.Null))).ShouldBe(HttpStatusCode.NotFound);
        (await StatusOf(ann.Files.DeleteAsync("note"))).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Upload_WhenCancelled_Stops()
    {
        await using var ann = await node.ConnectAsync("ann");
        using var cancellation = new CancellationTokenSource();
        var progress = new Steps { Reported = _ => cancellation.Cancel() };

        await Should.ThrowAsync<OperationCanceledException>(
            ann.Files.UploadAsync("much", new Forward(new byte[10_000_000]), progress, cancellation.Token));

        (await StatusOf(ann.Files.DownloadAsync(ann.Uuid, "much", Stream.Null))).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task File_OfAClientThatLeft_IsRefused()
    {
        await using var bob = await node.ConnectAsync("bob");
        Guid gone;
        await using (var ann = await node.ConnectAsync("ann"))
        {
            gone = ann.Uuid;
            await ann.Files.UploadAsync("note", new MemoryStream(Content));
        }

        (await StatusOf(bob.Files.DownloadAsync(gone, "note", Stream.Null))).ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<HttpStatusCode> StatusOf(Task transfer) => (await Should.ThrowAsync<FileTransferException>(transfer)).Status;

    private sealed class Steps : IProgress<long>
    {
        public long Last { get; private set; }

        public Action<long> Reported { get; init; } = _ => { };

        public void Report(long value)
        {
            value.ShouldBeGreaterThan(Last);
            Last = value;
            Reported(value);
        }
    }

    /// <summary>A stream that knows neither its length nor the way back.</summary>
    private sealed class Forward(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
