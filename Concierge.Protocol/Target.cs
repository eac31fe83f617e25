namespace Concierge.Protocol;

/// <summary>Whom a MESSAGE is for (protocol, section MESSAGE).</summary>
public abstract record Target
{
    private Target()
    {
    }

    /// <summary>Every client, the sender too.</summary>
    public static Target Everyone { get; } = new All();

    /// <summary>The client of that name.</summary>
    /// <param name="Name">A client's name.</param>
    public sealed record ToName(string Name) : Target;

    /// <summary>The client of that uuid.</summary>
    /// <param name="Uuid">A client's uuid.</param>
    public sealed record ToUuid(Guid Uuid) : Target;

    /// <summary>From a service's owner, its subscribers; from a subscriber, its owner.</summary>
    /// <param name="Service">A service's name.</param>
    public sealed record ToService(string Service) : Target;

    /// <summary>From a service's owner only: one client, subscribed or not.</summary>
    /// <param name="Service">A service's name.</param>
    /// <param name="Uuid">A client's uuid.</param>
    public sealed record ToServiceClient(string Service, Guid Uuid) : Target;

    /// <summary>From a member of a room only: every other member.</summary>
    /// <param name="Room">A room's name.</param>
    public sealed record ToRoom(string Room) : Target;

    /// <summary>Every client, the sender too.</summary>
    public sealed record All : Target;
}
