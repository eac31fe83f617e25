namespace Concierge.Node.Files;

/// <summary>
/// A private folder that is gone when the process is: removed when disposed, and after a crash by the next node that
/// uses the same parent. A lock file tells which folders are still in use; the system drops the lock with the process.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string Prefix = "concierge-files-";
    private const string LockName = "lock";
    private readonly FileStream _lock;

    /// <summary>Makes one.</summary>
    /// <param name="parent">Where; made if it isn't there. Null for the system's folder for temporary files.</param>
    /// <exception cref="IOException">It can't be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made there.</exception>
    public ScratchFolder(string? parent)
    {
        parent = System.IO.Path.GetFullPath(parent ?? System.IO.Path.GetTempPath());
        System.IO.Directory.CreateDirectory(parent);
        RemoveAbandoned(parent);
        Path = System.IO.Path.Combine(parent, Prefix + Guid.NewGuid().ToString("N"));
        if (OperatingSystem.IsWindows()) System.IO.Directory.CreateDirectory(Path);
        else System.IO.Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _lock = new FileStream(System.IO.Path.Combine(Path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        Remove(Path);
    }

    private static void RemoveAbandoned(string parent)
    {
        foreach (var folder in new DirectoryInfo(parent).EnumerateDirectories(Prefix + "*"))
        {
            if (folder.LinkTarget is null && IsAbandoned(folder.FullName)) Remove(folder.FullName);
        }
    }

    private static bool IsAbandoned(string folder)
    {
        try
        {
            using var free = new FileStream(System.IO.Path.Combine(folder, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // In use, another user's, or just being made.
            return false;
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left is abandoned, and the next node tries again.
        }
    }
}
