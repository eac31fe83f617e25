using Concierge.Actors.Files;

namespace Concierge.Node.Files;

/// <summary>
/// One request's files on their way in: written beside the clients' folders, and moved in when all are whole. Disposed
/// before that, it leaves nothing. Used by one request at a time.
/// </summary>
internal sealed class Upload : IFileUpload
{
    // As many as a form has parts, and other nodes send no more either.
    private const int MaxFiles = FileForm.MaxSections;
    private readonly ClientFolder _folder;
    private readonly string _incoming;
    private readonly List<ReceivedFile> _received = [];
    private FileStream? _file;
    private long _length;

    /// <summary>An upload to a client's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="incoming">Where files are until they are whole; on the same file system.</param>
    /// <param name="maxSize">The largest file in bytes.</param>
    public Upload(ClientFolder folder, string incoming, long maxSize) =>
        (_folder, _incoming, MaxSize) = (folder, incoming, maxSize);

    /// <inheritdoc/>
    public long MaxSize { get; }

    /// <inheritdoc/>
    public CancellationToken Ended => _folder.Left;

    /// <inheritdoc/>
    public FileRefusedException? Refusal => Ended.IsCancellationRequested ? ClientLeft() : null;

    /// <inheritdoc/>
    public Task BeginFileAsync(string path, CancellationToken cancellation)
    {
        RequireClient();
        var file = FilePath.Parse(path);
        if (_received.Count == MaxFiles)
            throw new FileRefusedException(FileRefusal.TooLarge, $"More than {MaxFiles} files in one form.");
        EndFile();
        var temporary = Path.Combine(_incoming, Guid.NewGuid().ToString("N"));
        // Listed before it exists: whatever happens from here on, Dispose removes it.
        _received.Add(new ReceivedFile(file, temporary));
        _length = 0;
        Stored(() => _file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        RequireClient();
        var file = _file ?? throw new InvalidOperationException("No file was begun.");
        _length += bytes.Length;
        if (_length > MaxSize) throw TooLarge(_received[^1].Path.Name, MaxSize);
        // A write to a local file is a copy to the system's cache, and quicker than the thread pool's detour to it.
        Stored(() => file.Write(bytes.Span));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task CommitAsync(CancellationToken cancellation)
    {
        EndFile();
        Stored(() => _folder.Accept(_received));
        _received.Clear();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        EndFile();
        foreach (var file in _received) File.Delete(file.Temporary);
        _received.Clear();
    }

    /// <summary>The refusal of a file over the limit.</summary>
    public static FileRefusedException TooLarge(string name, long maxSize) =>
        new(FileRefusal.TooLarge, $"{name} is larger than {maxSize} bytes, which is the limit here.");

    /// <summary>The refusal of what comes after the client has left.</summary>
    public static FileRefusedException ClientLeft() => new(FileRefusal.ClientLeft, "The client has left while it uploaded.");

    private void RequireClient()
    {
        if (Refusal is { } refusal) throw refusal;
    }

    private void EndFile()
    {
        _file?.Dispose();
        _file = null;
    }

    private static void Stored(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileRefusedException(FileRefusal.NoSpace, "The file can't be stored: the disk is full or fails.", e);
        }
    }
}
