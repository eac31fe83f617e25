using Concierge.Actors.Nodes;

namespace Concierge.Actors.Files;

/// <summary>The files of another node's clients, through that node's <see cref="FilesActor"/>. Thread-safe.</summary>
internal sealed class RemoteFiles(Peer home, TimeProvider time) : IFileStore
{
    public Task<FileContent> OpenAsync(Guid client, string path, CancellationToken cancellation) =>
        StartAsync<FileMessage.Opened, FileContent>(
            id => new FileMessage.Open(id, client, path),
            (transfer, opened) => new FileContent(new RemoteContent(transfer, opened.Length), opened.Written),
            cancellation);

    public Task<IFileUpload> BeginUploadAsync(Guid client, bool isProven, CancellationToken cancellation) =>
        StartAsync<FileMessage.Begun, IFileUpload>(
            id => new FileMessage.Begin(id, client, isProven),
            (transfer, begun) => new RemoteUpload(transfer, begun.MaxSize),
            cancellation);

    public async Task DeleteAsync(Guid client, bool isProven, string path, CancellationToken cancellation)
    {
        using Transfer transfer = Create();
        await transfer.AskAsync<FileMessage.Done>(new FileMessage.Delete(transfer.Id, client, isProven, path), cancellation);
    }

    private async Task<T> StartAsync<TAnswer, T>(Func<Guid, FileMessage.Request> request, Func<Transfer, TAnswer, T> started, CancellationToken cancellation)
        where TAnswer : FileMessage
    {
        Transfer transfer = Create();
        try
        {
            var answer = await transfer.AskAsync<TAnswer>(request(transfer.Id), cancellation);
            _ = transfer.KeepAliveAsync();
            return started(transfer, answer);
        }
        catch
        {
            // It may have been started over there nevertheless.
            transfer.Dispose();
            throw;
        }
    }

    private Transfer Create() => home.IsStalled ? throw Transfer.Unavailable() : new Transfer(home, time);
}
