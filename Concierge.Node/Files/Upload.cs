using System.Buffers;

namespace Concierge.Node.Files;

/// <summary>
/// One request's files on their way in: written beside the clients' folders, and moved in when all are whole. Disposed
/// before that, it leaves nothing. Used by one request at a time.
/// </summary>
internal sealed class Upload : IDisposable
{
    private const int BufferSize = 128 * 1024;
    private readonly ClientFolder _folder;
    private readonly string _incoming;
    private readonly long _maxSize;
    private readonly List<ReceivedFile> _received = [];

    /// <summary>An upload to a client's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="incoming">Where files are until they are whole; on the same file system.</param>
    /// <param name="maxSize">The largest file in bytes.</param>
    public Upload(ClientFolder folder, string incoming, long maxSize) =>
        (_folder, _incoming, _maxSize) = (folder, incoming, maxSize);

    /// <summary>Cancelled when the client has left.</summary>
    public CancellationToken Left => _folder.Left;

    /// <summary>How many files have arrived.</summary>
    public int Count => _received.Count;

    /// <summary>Writes one file to disk as it arrives.</summary>
    /// <exception cref="RefusedException">It is over the size limit (413), or the disk is full or fails (507).</exception>
    public async Task ReceiveAsync(FilePath path, Stream content, CancellationToken cancellation)
    {
        var temporary = Path.Combine(_incoming, Guid.NewGuid().ToString("N"));
        // Listed before it exists: whatever happens from here on, Dispose removes it.
        _received.Add(new ReceivedFile(path, temporary));
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var file = Stored(() => new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0));
            var length = 0L;
            for (int read; (read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation)) > 0;)
            {
                length += read;
                if (length > _maxSize) throw TooLarge(path.Name, _maxSize);
                // A write to a local file is a copy to the system's cache, and quicker than the thread pool's detour to it.
                Stored(() => Write(file, buffer.AsSpan(0, read)));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Puts all files in place, or none.</summary>
    /// <exception cref="RefusedException">
    /// The client has left (401), a file and a folder want the same name (409), or the disk fails (507).
    /// </exception>
    public void Commit()
    {
        Stored(() =>
        {
            _folder.Accept(_received);
            return true;
        });
        _received.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _received) File.Delete(file.Temporary);
    }

    /// <summary>The refusal of a file over the limit.</summary>
    public static RefusedException TooLarge(string name, long maxSize) =>
        new(StatusCodes.Status413PayloadTooLarge, $"{name} is larger than {maxSize} bytes, which is the limit here.");

    private static bool Write(FileStream file, ReadOnlySpan<byte> bytes)
    {
        file.Write(bytes);
        return true;
    }

    private static T Stored<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(StatusCodes.Status507InsufficientStorage, "The file can't be stored: the disk is full or fails.", e);
        }
    }
}
