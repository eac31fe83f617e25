using Akka.Actor;
using Concierge.Actors.Files;
using Concierge.Actors.Tests.Hub;

namespace Concierge.Actors.Tests.Files;

// A client of the first node, whose files are used through the second.
public class RemoteFilesTests : ClusterTest
{
    private readonly ManualTime _time = new();
    private ClusterFiles _files = null!;
    private TestClient _ann = null!;

    [Fact]
    public async Task AFile_IsReadThroughAnotherNode_WholeOrFromAnywhere()
    {
        await StartAsync();
        byte[] file = One.Files[_ann.Uuid, "a/b"] = Bytes(5 * FileMessage.ChunkSize + 7);
        FileContent content = await OpenAsync("a/b");

        content.Written.ShouldBe(MemoryFiles.Written);
        content.Bytes.Length.ShouldBe(file.Length);
        (await ReadAsync(content.Bytes)).ShouldBe(file);
        foreach (int offset in (int[])[FileMessage.ChunkSize * 2 - 1, 0, file.Length - 1, file.Length])
        {
            content.Bytes.Seek(offset, SeekOrigin.Begin).ShouldBe(offset);
            (await ReadAsync(content.Bytes)).ShouldBe(file[offset..]);
        }
        content.Bytes.Dispose();
        await Until(() => One.Files.OpenFiles == 0);
    }

    [Fact]
    public async Task AnEmptyFile_IsReadThroughAnotherNode()
    {
        await StartAsync();
        One.Files[_ann.Uuid, "a"] = [];
        FileContent content = await OpenAsync("a");
        (await ReadAsync(content.Bytes)).ShouldBeEmpty();
    }

    [Fact]
    public async Task AnUpload_GoesToTheClientsNode_InSmallParts_AndIsThereWhenCommitted()
    {
        await StartAsync();
        byte[] first = Bytes(3 * FileMessage.ChunkSize + 1), second = Bytes(1);
        using IFileUpload upload = await BeginAsync();
        upload.MaxSize.ShouldBe(12_345);
        await upload.BeginFileAsync("first", default);
        await upload.WriteAsync(first.AsMemory(0, 10), default);
        await upload.WriteAsync(first.AsMemory(10), default);
        await upload.BeginFileAsync("a/second", default);
        await upload.WriteAsync(second, default);
        One.Files.Of(_ann.Uuid).ShouldBeEmpty();
        await upload.CommitAsync(default);

        One.Files[_ann.Uuid, "first"].ShouldBe(first);
        One.Files[_ann.Uuid, "a/second"].ShouldBe(second);
        One.Files.Parts.ShouldAllBe(length => length <= FileMessage.ChunkSize);
        Two.Files.Of(_ann.Uuid).ShouldBeEmpty();
    }

    [Fact]
    public async Task AnUpload_ThatIsDropped_LeavesNothing()
    {
        await StartAsync();
        IFileUpload upload = await BeginAsync();
        await upload.BeginFileAsync("a", default);
        upload.Dispose();

        await Until(() => One.Files.OpenUploads == 0);
        One.Files.Of(_ann.Uuid).ShouldBeEmpty();
    }

    [Fact]
    public async Task AnUpload_WhoseClientPausesForAsLongAsItLikes_GoesOn()
    {
        await StartAsync();
        using IFileUpload upload = await BeginAsync();
        await upload.BeginFileAsync("a", default);
        for (int signs = 1; signs <= 20; signs++)
        {
            _time.Advance(Transfer.Interval);
            await Until(() => One.Files.SignsOfLife == signs);
            Advance(Transfer.Interval.TotalSeconds);
        }

        await upload.CommitAsync(default);
        One.Files.Of(_ann.Uuid).ShouldBe(["a"]);
    }

    [Fact]
    public async Task AnUpload_WhoseNodeIsNotHeardOfAnyMore_IsDropped()
    {
        await StartAsync();
        using IFileUpload upload = await BeginAsync();
        await upload.BeginFileAsync("a", default);
        Advance(TransferActor.Patience.TotalSeconds - 1);
        await upload.WriteAsync(Bytes(1), default);
        One.Files.OpenUploads.ShouldBe(1);
        Advance(TransferActor.Patience.TotalSeconds - 1);

        await Until(() => One.Files.OpenUploads == 0);
        (await RefusedAsync(() => upload.CommitAsync(default))).Why.ShouldBe(FileRefusal.Unavailable);
        One.Files.Of(_ann.Uuid).ShouldBeEmpty();
    }

    [Fact]
    public async Task AnUpload_OfAClientThatLeaves_IsDroppedThere_AndEndedHere()
    {
        await StartAsync();
        using IFileUpload upload = await BeginAsync();
        await upload.BeginFileAsync("a", default);
        One.Files.Leave(_ann.Uuid);
        await Until(() => One.Files.OpenUploads == 0);
        upload.Refusal.ShouldBeNull();
        _time.Advance(Transfer.Interval);

        await Until(() => upload.Ended.IsCancellationRequested);
        upload.Refusal!.Why.ShouldBe(FileRefusal.ClientLeft);
        (await RefusedAsync(() => upload.WriteAsync(Bytes(1), default))).Why.ShouldBe(FileRefusal.ClientLeft);
    }

    [Fact]
    public async Task AFile_IsDeletedThroughAnotherNode()
    {
        await StartAsync();
        One.Files[_ann.Uuid, "a"] = Bytes(1);
        await _files.DeleteAsync(_ann.Uuid, true, "a", default);

        One.Files.Of(_ann.Uuid).ShouldBeEmpty();
        (await RefusedAsync(() => _files.DeleteAsync(_ann.Uuid, true, "a", default))).Why.ShouldBe(FileRefusal.NotFound);
    }

    [Fact]
    public async Task WhatTheClientsNodeRefuses_IsRefusedWithItsReasonAndWords()
    {
        await StartAsync();
        foreach (FileRefusal why in Enum.GetValues<FileRefusal>())
        {
            One.Files.Fault = new FileRefusedException(why, $"because {why}");
            foreach (FileRefusedException refusal in (FileRefusedException[])[await RefusedAsync(() => OpenAsync("a")), await RefusedAsync(() => BeginAsync())])
            {
                refusal.Why.ShouldBe(why);
                refusal.Message.ShouldBe($"because {why}");
            }
        }
        One.Files.Fault = null;
        (await RefusedAsync(() => _files.BeginUploadAsync(_ann.Uuid, isProven: false, default))).Why.ShouldBe(FileRefusal.Forbidden);
    }

    [Fact]
    public async Task AnUploadsPart_ThatIsRefused_IsRefusedHere()
    {
        await StartAsync();
        using IFileUpload upload = await BeginAsync();
        await upload.BeginFileAsync("a", default);
        One.Files.Fault = new FileRefusedException(FileRefusal.TooLarge, "large");
        (await RefusedAsync(() => upload.WriteAsync(Bytes(1), default))).Message.ShouldBe("large");
    }

    [Fact]
    public async Task AFault_OfTheClientsNode_IsLoggedThere_AndSaysNothingHere()
    {
        await StartAsync();
        One.Files.Fault = new IOException("/secret/place: broken");
        await EventFilter.Exception<IOException>(contains: "broken").ExpectOneAsync(async () =>
        {
            FileRefusedException refusal = await RefusedAsync(() => OpenAsync("a"));
            refusal.Why.ShouldBe(FileRefusal.Unavailable);
            refusal.Message.ShouldNotContain("secret");
        });
    }

    [Fact]
    public async Task ANodeThatDies_BreaksWhatIsReadFromIt()
    {
        await StartAsync();
        One.Files[_ann.Uuid, "a"] = Bytes(10 * FileMessage.ChunkSize);
        FileContent content = await OpenAsync("a");
        await StopAsync(One);
        Task<byte[]> reading = ReadAsync(content.Bytes);
        _time.Advance(Transfer.Patience);

        (await RefusedAsync(() => reading)).Why.ShouldBe(FileRefusal.Unavailable);
        await Until(() => One.Files.OpenFiles == 0);
    }

    [Fact]
    public async Task ANodeThatDies_EndsAnUpload_ThatWaitsForItsClient()
    {
        await StartAsync();
        using IFileUpload upload = await BeginAsync();
        await StopAsync(One);
        await Until(() =>
        {
            _time.Advance(Transfer.Interval);
            return upload.Ended.IsCancellationRequested;
        });
        upload.Refusal!.Why.ShouldBe(FileRefusal.Unavailable);
    }

    [Fact]
    public async Task ANodeThatDoesNotAnswer_IsNotWaitedFor()
    {
        await StartAsync();
        One.Files[_ann.Uuid, "a"] = Bytes(1);
        Two.Sees(Unreachable(One), Up(Two), Up(Three));
        Two.View.TryGetClient(_ann.Uuid, out var entry).ShouldBeTrue();
        await Until(() => entry!.Home!.IsStalled);

        (await RefusedAsync(() => OpenAsync("a"))).Why.ShouldBe(FileRefusal.Unavailable);
    }

    [Fact]
    public async Task MoreTransfersThanANodeHasRoomFor_AreRefused_UntilOthersEnd()
    {
        await StartAsync();
        One.Files[_ann.Uuid, "a"] = Bytes(1);
        var open = new List<FileContent>();
        for (int i = 0; i < FilesActor.MostTransfers; i++) open.Add(await OpenAsync("a"));
        (await RefusedAsync(() => OpenAsync("a"))).Why.ShouldBe(FileRefusal.Unavailable);
        open[7].Bytes.Dispose();
        await Until(() => One.Files.OpenFiles == FilesActor.MostTransfers - 1);

        await OpenAsync("a");
    }

    [Fact]
    public async Task ATransfer_IsNobodysBut_ItsOwn()
    {
        await StartAsync();
        One.Files[_ann.Uuid, "a"] = Bytes(1);
        var opening = new FileMessage.Open(Guid.NewGuid(), _ann.Uuid, "a");
        ICanTell files = One.Direct(One.Self, "files");
        (await files.Ask<FileMessage>(opening)).ShouldBe(new FileMessage.Opened(1, MemoryFiles.Written));
        FileMessage.Request[] outOfTurn =
        [
            opening, new FileMessage.Begin(opening.Transfer, _ann.Uuid, true), new FileMessage.Append(opening.Transfer, [1]),
            new FileMessage.Commit(opening.Transfer), new FileMessage.Delete(opening.Transfer, _ann.Uuid, true, "a"),
            new FileMessage.Read(Guid.NewGuid(), 0),
        ];
        foreach (FileMessage.Request request in outOfTurn) (await files.Ask<FileMessage>(request)).ShouldBeOfType<FileMessage.Refused>();

        (await files.Ask<FileMessage>(new FileMessage.Read(opening.Transfer, long.MaxValue))).ShouldBeOfType<FileMessage.Chunk>().Bytes.ShouldBeEmpty();
        (await files.Ask<FileMessage>(new FileMessage.Read(opening.Transfer, 0))).ShouldBeOfType<FileMessage.Chunk>().Bytes.ShouldBe(One.Files[_ann.Uuid, "a"]);
    }

    [Fact]
    public async Task ANodeWithoutFiles_HasNone()
    {
        IActorRef none = Sys.ActorOf(FilesActor.Props(null));
        (await none.Ask<FileMessage.Refused>(new FileMessage.Open(Guid.NewGuid(), Guid.NewGuid(), "a"))).Why.ShouldBe(FileRefusal.NotFound);
    }

    [Fact]
    public async Task TheFilesOfANodesOwnClients_AreNotAskedForElsewhere()
    {
        await StartAsync();
        TestClient bob = await Two.Identify("bob");
        Two.Files[bob.Uuid, "a"] = Bytes(3);
        (await _files.OpenAsync(bob.Uuid, "a", default)).Bytes.ShouldBeAssignableTo<MemoryStream>();
        (await RefusedAsync(() => _files.OpenAsync(Guid.NewGuid(), "a", default))).Why.ShouldBe(FileRefusal.NotFound);
    }

    private async Task StartAsync()
    {
        await FormAsync();
        _ann = await One.Identify("ann");
        _files = new ClusterFiles(Two.View, Two.Files, _time);
    }

    private Task<FileContent> OpenAsync(string path) => _files.OpenAsync(_ann.Uuid, path, default);

    private Task<IFileUpload> BeginAsync() => _files.BeginUploadAsync(_ann.Uuid, isProven: true, default);

    private async Task StopAsync(TestNode node)
    {
        Watch(node.Actor);
        Sys.Stop(node.Actor);
        await ExpectTerminatedAsync(node.Actor);
    }

    private static Task<FileRefusedException> RefusedAsync(Func<Task> action) => Should.ThrowAsync<FileRefusedException>(action);

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, bufferSize: 10_000);
        return bytes.ToArray();
    }

    private static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        Random.Shared.NextBytes(bytes);
        return bytes;
    }
}
