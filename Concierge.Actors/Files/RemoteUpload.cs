namespace Concierge.Actors.Files;

/// <summary>
/// An upload to another node. Each part is on the other node's disk before the next is sent, so that neither node holds
/// more than one of them, and none can get lost or overtake another.
/// </summary>
internal sealed class RemoteUpload(Transfer transfer, long maxSize) : IFileUpload
{
    public long MaxSize => maxSize;

    public CancellationToken Ended => transfer.Ended;

    public FileRefusedException? Refusal => transfer.Refusal;

    public Task BeginFileAsync(string path, CancellationToken cancellation) => AskAsync(new FileMessage.Add(transfer.Id, path), cancellation);

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0)
        {
            int count = Math.Min(bytes.Length, FileMessage.ChunkSize);
            // A copy: the message may be written to the wire after we have given up waiting for it.
            await AskAsync(new FileMessage.Append(transfer.Id, bytes[..count].ToArray()), cancellation);
            bytes = bytes[count..];
        }
    }

    public Task CommitAsync(CancellationToken cancellation) => AskAsync(new FileMessage.Commit(transfer.Id), cancellation);

    public void Dispose() => transfer.Dispose();

    private Task<FileMessage.Done> AskAsync(FileMessage.Request request, CancellationToken cancellation) => transfer.AskAsync<FileMessage.Done>(request, cancellation);
}
