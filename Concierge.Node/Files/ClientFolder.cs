using Concierge.Actors.Files;

namespace Concierge.Node.Files;

/// <summary>
/// One client's files on disk. Uploads arrive elsewhere and are moved in whole, under a lock that closes for good when the
/// client leaves: nobody reads half a file, and nothing appears in a folder that is being removed. Thread-safe.
/// </summary>
internal sealed class ClientFolder : IDisposable
{
    private readonly string _path;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _left = new();
    private bool _closed;

    /// <summary>A folder that is made with its first file.</summary>
    public ClientFolder(string path) => (_path, Left) = (path, _left.Token);

    /// <summary>Cancelled when the client has left.</summary>
    public CancellationToken Left { get; }

    /// <summary>Moves received files in, all or none of them.</summary>
    /// <exception cref="FileRefusedException">The client has left, or a file is where a folder is needed, or the reverse.</exception>
    public void Accept(IReadOnlyList<ReceivedFile> files)
    {
        lock (_gate)
        {
            if (_closed) throw Upload.ClientLeft();
            var arriving = files.Select(file => file.Path.ToString()).ToHashSet(StringComparer.Ordinal);
            foreach (var file in files) RequireRoomFor(file.Path, arriving);
            foreach (var file in files)
            {
                var destination = file.Path.Below(_path);
                System.IO.Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
                File.Move(file.Temporary, destination, overwrite: true);
            }
        }
    }

    /// <summary>Opens a file for reading; it stays readable to its end whatever becomes of it meanwhile. Null where there is none.</summary>
    public static FileStream? Open(string folder, FilePath path)
    {
        try
        {
            var place = folder;
            foreach (var segment in path.Segments)
            {
                place = Path.Combine(place, segment);
                // We make no links, so one that is here leads where somebody else wanted it to.
                if (new FileInfo(place).LinkTarget is not null) return null;
            }

            return new FileStream(place, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
                BufferSize = 0,
            });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }

    /// <summary>Deletes a file, and the folders that it leaves empty.</summary>
    /// <returns>False where there is no such file.</returns>
    public bool Delete(FilePath path)
    {
        lock (_gate)
        {
            var file = path.Below(_path);
            if (!File.Exists(file)) return false;
            File.Delete(file);
            for (var folder = Path.GetDirectoryName(file)!; folder != _path; folder = Path.GetDirectoryName(folder)!)
            {
                if (System.IO.Directory.EnumerateFileSystemEntries(folder).Any()) break;
                System.IO.Directory.Delete(folder);
            }

            return true;
        }
    }

    /// <summary>Ends uploads in progress and removes everything.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
        }

        _left.Cancel();
        _left.Dispose();
        // From here on nobody moves anything in.
        if (System.IO.Directory.Exists(_path)) System.IO.Directory.Delete(_path, recursive: true);
    }

    private void RequireRoomFor(FilePath path, HashSet<string> arriving)
    {
        var place = _path;
        for (var depth = 1; depth < path.Segments.Count; depth++)
        {
            place = Path.Combine(place, path.Segments[depth - 1]);
            var folder = string.Join('/', path.Segments.Take(depth));
            if (File.Exists(place) || arriving.Contains(folder)) throw Conflict($"{path} needs a folder where the file {folder} is.");
        }

        if (System.IO.Directory.Exists(path.Below(_path))) throw Conflict($"{path} is a folder.");
    }

    private static FileRefusedException Conflict(string message) => new(FileRefusal.Conflict, message);
}

/// <summary>A file that has arrived whole and waits to be moved in.</summary>
/// <param name="Path">Where it belongs.</param>
/// <param name="Temporary">Where it is.</param>
internal sealed record ReceivedFile(FilePath Path, string Temporary);
