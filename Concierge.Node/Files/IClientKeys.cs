using Concierge.Actors.Directory;

namespace Concierge.Node.Files;

/// <summary>Who is connected, and whose key is whose.</summary>
internal interface IClientKeys
{
    /// <summary>Whether a client of that uuid is connected now, to whichever node.</summary>
    bool IsConnected(Guid client);

    /// <summary>Whether a client of that uuid is connected to this node now.</summary>
    bool IsHere(Guid client);

    /// <summary>Whether this is the file key of a client that is connected now; compares in constant time.</summary>
    bool IsKeyOf(Guid client, string fileKey);
}

/// <summary>The clients of the directory.</summary>
internal sealed class DirectoryKeys(DirectoryView directory) : IClientKeys
{
    /// <inheritdoc/>
    public bool IsConnected(Guid client) => directory.TryGetClient(client, out _);

    /// <inheritdoc/>
    public bool IsHere(Guid client) => directory.TryGetClient(client, out var entry) && entry.Home is null;

    /// <inheritdoc/>
    public bool IsKeyOf(Guid client, string fileKey) => directory.TryFindOwner(fileKey, out var owner) && owner.Info.Uuid == client;
}
