using System.Collections.Concurrent;
using Concierge.Actors.Directory;
using Concierge.Node.Configuration;

namespace Concierge.Node.Files;

/// <summary>The files that connected clients keep here for each other (protocol, section "Files"). Thread-safe.</summary>
internal sealed class ClientFiles : IClientFiles, IDisposable
{
    private readonly ConcurrentDictionary<Guid, ClientFolder> _folders = new();
    private readonly IClientKeys _keys;
    private readonly ScratchFolder _scratch;
    private readonly string _incoming;

    /// <summary>Makes the folder that they live in.</summary>
    /// <exception cref="InvalidConfigurationException">The configured directory can't be used.</exception>
    public ClientFiles(FileSettings settings, IClientKeys keys)
    {
        (Settings, _keys) = (settings, keys);
        try
        {
            _scratch = new ScratchFolder(settings.Directory);
            _incoming = System.IO.Directory.CreateDirectory(Path.Combine(_scratch.Path, "incoming")).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var directory = settings.Directory ?? Path.GetTempPath();
            throw new InvalidConfigurationException($"concierge.files.directory = {directory}: can't be used: {e.Message}", e);
        }
    }

    /// <summary>How the store is configured.</summary>
    public FileSettings Settings { get; }

    /// <summary>Opens a file for reading; null where there is none.</summary>
    public FileStream? Open(Guid client, FilePath path) => ClientFolder.Open(FolderOf(client), path);

    /// <summary>Starts an upload by a client that is connected.</summary>
    /// <exception cref="RefusedException">It isn't any more (401).</exception>
    public Upload BeginUpload(Guid client)
    {
        var folder = _folders.GetOrAdd(client, static (id, files) => new ClientFolder(files.FolderOf(id)), this);
        // Asked after the folder is known: a client that leaves from now on is followed by DeleteAllAsync, which finds it.
        if (_keys.IsConnected(client)) return new Upload(folder, _incoming, Settings.MaxSize);
        _folders.TryRemove(client, out _);
        throw new RefusedException(StatusCodes.Status401Unauthorized, "The client has left.");
    }

    /// <summary>Deletes a file.</summary>
    /// <returns>False where there is none.</returns>
    public bool Delete(Guid client, FilePath path) => _folders.TryGetValue(client, out var folder) && folder.Delete(path);

    /// <inheritdoc/>
    public Task DeleteAllAsync(Guid client) =>
        _folders.TryRemove(client, out var folder) ? Task.Run(folder.Dispose) : Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    private string FolderOf(Guid client) => Path.Combine(_scratch.Path, "clients", client.ToString("D"));
}
