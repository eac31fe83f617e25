namespace Concierge.Actors.Files;

/// <summary>The files of this node's clients, which go when their client does. Thread-safe.</summary>
public interface IClientFiles : IFileStore
{
    /// <summary>Deletes all files of a client that has left; called once, after it can no longer be found.</summary>
    /// <param name="client">The client's uuid.</param>
    /// <returns>Completes when they are gone. A fault is logged, and the client leaves all the same.</returns>
    Task DeleteAllAsync(Guid client);
}
