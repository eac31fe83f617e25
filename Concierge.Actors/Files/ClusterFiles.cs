using Concierge.Actors.Directory;

namespace Concierge.Actors.Files;

/// <summary>The files of all clients: each one's are on the node that it is connected to, and end with it. Thread-safe.</summary>
/// <param name="view">Says which node that is.</param>
/// <param name="here">The files of this node's clients; also asked about clients that nobody knows.</param>
/// <param name="time">The clock that other nodes are waited for by.</param>
public sealed class ClusterFiles(DirectoryView view, IFileStore here, TimeProvider time) : IFileStore
{
    /// <inheritdoc/>
    public Task<FileContent> OpenAsync(Guid client, string path, CancellationToken cancellation) =>
        Of(client).OpenAsync(client, path, cancellation);

    /// <inheritdoc/>
    public Task<IFileUpload> BeginUploadAsync(Guid client, bool isProven, CancellationToken cancellation) =>
        Of(client).BeginUploadAsync(client, isProven, cancellation);

    /// <inheritdoc/>
    public Task DeleteAsync(Guid client, bool isProven, string path, CancellationToken cancellation) =>
        Of(client).DeleteAsync(client, isProven, path, cancellation);

    private IFileStore Of(Guid client) =>
        view.TryGetClient(client, out ClientEntry? entry) && entry.Home is { } home ? new RemoteFiles(home, time) : here;
}
