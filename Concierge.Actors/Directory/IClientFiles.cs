namespace Concierge.Actors.Directory;

/// <summary>What becomes of a client's files when it leaves.</summary>
public interface IClientFiles
{
    /// <summary>Deletes all files of a client that has left; called once, after it can no longer be found.</summary>
    /// <param name="client">The client's uuid.</param>
    /// <returns>Completes when they are gone. A fault is logged, and the client leaves all the same.</returns>
    Task DeleteAllAsync(Guid client);
}
