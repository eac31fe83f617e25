namespace Concierge.Actors.Files;

/// <summary>
/// The files that clients keep for each other (protocol, section "Files"): on this node's disk, on another's, or wherever
/// they are. A path is below the client's folder, not encoded, its parts separated by slashes; the node that has the disk
/// checks it, whoever it comes from. Thread-safe.
/// </summary>
public interface IFileStore
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="client">Whose it is.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="FileRefusedException">There is none, or it can't be had now.</exception>
    Task<FileContent> OpenAsync(Guid client, string path, CancellationToken cancellation);

    /// <summary>Starts an upload into a client's folder.</summary>
    /// <param name="client">The client, which is the one that uploads.</param>
    /// <param name="isProven">Whether it showed its file key, rather than its uuid, which everybody knows.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="FileRefusedException">It may not, or has left.</exception>
    Task<IFileUpload> BeginUploadAsync(Guid client, bool isProven, CancellationToken cancellation);

    /// <summary>Deletes a file.</summary>
    /// <param name="client">The client, which is the one that deletes.</param>
    /// <param name="isProven">Whether it showed its file key, rather than its uuid, which everybody knows.</param>
    /// <param name="path">Where the file is.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="FileRefusedException">There is none, or the client may not.</exception>
    Task DeleteAsync(Guid client, bool isProven, string path, CancellationToken cancellation);
}

/// <summary>A file that is open for reading; it stays readable to its end whatever becomes of it meanwhile.</summary>
/// <param name="Bytes">Its bytes: asynchronous, seekable, of known length; disposed by who reads them.</param>
/// <param name="Written">When it was written.</param>
public sealed record FileContent(Stream Bytes, DateTimeOffset Written);

/// <summary>
/// Files on their way into a client's folder: one after the other, and in place when all are whole. Disposed before
/// that, it leaves nothing. Every method may throw <see cref="FileRefusedException"/>. Used by one request at a time.
/// </summary>
public interface IFileUpload : IDisposable
{
    /// <summary>The largest file in bytes.</summary>
    long MaxSize { get; }

    /// <summary>Cancelled when nothing can come of it any more; <see cref="Refusal"/> then says why.</summary>
    CancellationToken Ended { get; }

    /// <summary>Why nothing can come of it any more; null as long as something can.</summary>
    FileRefusedException? Refusal { get; }

    /// <summary>Ends the file before, and begins the next.</summary>
    /// <param name="path">Where it belongs.</param>
    /// <param name="cancellation">Gives up.</param>
    Task BeginFileAsync(string path, CancellationToken cancellation);

    /// <summary>Appends to the file that was begun last; the bytes are free again when it completes.</summary>
    /// <param name="bytes">Any number of bytes.</param>
    /// <param name="cancellation">Gives up.</param>
    Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Puts all files in place, or none.</summary>
    /// <param name="cancellation">Gives up; the files may be in place nevertheless.</param>
    Task CommitAsync(CancellationToken cancellation);
}
