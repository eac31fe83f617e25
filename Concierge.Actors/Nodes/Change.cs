using Concierge.Actors.Directory;
using Concierge.Protocol;

namespace Concierge.Actors.Nodes;

/// <summary>
/// What has changed about one of a node's own clients. A node alone decides on its clients and on all that is theirs; the
/// others copy it, in the order in which it happened.
/// </summary>
/// <param name="Client">The client's uuid.</param>
public abstract record Change(Guid Client)
{
    /// <summary>It has come.</summary>
    /// <param name="Info">Who it is.</param>
    /// <param name="FileKey">Its key to its files.</param>
    /// <param name="Grant">The number of the grant by which it has its name.</param>
    public sealed record Joined(ClientInfo Info, FileKey FileKey, long Grant) : Change(Info.Uuid);

    /// <summary>It has left, and so have its services, its subscriptions and its memberships.</summary>
    /// <param name="Client">The client's uuid.</param>
    public sealed record Left(Guid Client) : Change(Client);

    /// <summary>It has another nickname.</summary>
    /// <param name="Client">The client's uuid.</param>
    /// <param name="Nickname">The nickname, or null.</param>
    public sealed record Renamed(Guid Client, string? Nickname) : Change(Client);

    /// <summary>It has created a service.</summary>
    /// <param name="Client">The owner's uuid.</param>
    /// <param name="Service">Tells this service from earlier and later ones of that name.</param>
    /// <param name="Name">The service's name.</param>
    /// <param name="Nickname">What people call the service, or null.</param>
    /// <param name="Grant">The number of the grant by which it has its name.</param>
    public sealed record Created(Guid Client, Guid Service, string Name, string? Nickname, long Grant) : Change(Client);

    /// <summary>It has deleted its service.</summary>
    /// <param name="Client">The owner's uuid.</param>
    /// <param name="Service">Which one.</param>
    public sealed record Deleted(Guid Client, Guid Service) : Change(Client);

    /// <summary>It is subscribed to a service, its own or anybody's.</summary>
    /// <param name="Client">The client's uuid.</param>
    /// <param name="Service">Which one.</param>
    public sealed record Subscribed(Guid Client, Guid Service) : Change(Client);

    /// <summary>It is subscribed no more.</summary>
    /// <param name="Client">The client's uuid.</param>
    /// <param name="Service">Which one.</param>
    public sealed record Unsubscribed(Guid Client, Guid Service) : Change(Client);

    /// <summary>It is a member of a room.</summary>
    /// <param name="Client">The client's uuid.</param>
    /// <param name="Room">The room's name.</param>
    public sealed record Entered(Guid Client, string Room) : Change(Client);

    /// <summary>It is a member no more.</summary>
    /// <param name="Client">The client's uuid.</param>
    /// <param name="Room">The room's name.</param>
    public sealed record Quit(Guid Client, string Room) : Change(Client);
}
