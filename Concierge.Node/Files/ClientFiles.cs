using System.Collections.Concurrent;
using Concierge.Actors.Files;
using Concierge.Node.Configuration;

namespace Concierge.Node.Files;

/// <summary>The files that this node's clients keep on its disk for each other (protocol, section "Files"). Thread-safe.</summary>
internal sealed class ClientFiles : IClientFiles, IDisposable
{
    private readonly ConcurrentDictionary<Guid, ClientFolder> _folders = new();
    private readonly FileSettings _settings;
    private readonly IClientKeys _keys;
    private readonly ScratchFolder _scratch;
    private readonly string _incoming;

    /// <summary>Makes the folder that they live in.</summary>
    /// <exception cref="InvalidConfigurationException">The configured directory can't be used.</exception>
    public ClientFiles(FileSettings settings, IClientKeys keys)
    {
        (_settings, _keys) = (settings, keys);
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

    /// <inheritdoc/>
    public Task<FileContent> OpenAsync(Guid client, string path, CancellationToken cancellation)
    {
        var content = ClientFolder.Open(FolderOf(client), FilePath.Parse(path)) ?? throw NoSuchFile();
        return Task.FromResult(new FileContent(content, File.GetLastWriteTimeUtc(content.SafeFileHandle)));
    }

    /// <inheritdoc/>
    public Task<IFileUpload> BeginUploadAsync(Guid client, bool isProven, CancellationToken cancellation)
    {
        RequireKey(isProven);
        var folder = _folders.GetOrAdd(client, static (id, files) => new ClientFolder(files.FolderOf(id)), this);
        // Asked after the folder is known: a client that leaves from now on is followed by DeleteAllAsync, which finds it.
        if (_keys.IsHere(client)) return Task.FromResult<IFileUpload>(new Upload(folder, _incoming, _settings.MaxSize));
        _folders.TryRemove(client, out _);
        throw new FileRefusedException(FileRefusal.ClientLeft, "The client has left.");
    }

    /// <inheritdoc/>
    public Task DeleteAsync(Guid client, bool isProven, string path, CancellationToken cancellation)
    {
        RequireKey(isProven);
        var file = FilePath.Parse(path);
        return _folders.TryGetValue(client, out var folder) && folder.Delete(file) ? Task.CompletedTask : throw NoSuchFile();
    }

    /// <inheritdoc/>
    public Task DeleteAllAsync(Guid client) =>
        _folders.TryRemove(client, out var folder) ? Task.Run(folder.Dispose) : Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    private void RequireKey(bool isProven)
    {
        if (_settings.Strict && !isProven)
            throw new FileRefusedException(
                FileRefusal.Forbidden, "Writing takes the file_key from HELLO here; a uuid is known to everybody.");
    }

    private static FileRefusedException NoSuchFile() => new(FileRefusal.NotFound, "There is no such file.");

    private string FolderOf(Guid client) => Path.Combine(_scratch.Path, "clients", client.ToString("D"));
}
