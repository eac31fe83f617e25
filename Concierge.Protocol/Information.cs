using System.Collections.Immutable;

namespace Concierge.Protocol;

/// <summary>Who a client is (protocol, section "Information objects").</summary>
/// <param name="Name">Unique in the whole cluster; 1–64 letters, digits or <c>_</c>.</param>
/// <param name="Nickname">Free text for people, or null.</param>
/// <param name="Uuid">Given by the concierge in HELLO.</param>
/// <param name="Tags">What the client said of itself in IDENTIFY.</param>
public sealed record ClientInfo(string Name, string? Nickname, Guid Uuid, ImmutableArray<string> Tags)
{
    /// <summary>Whether all fields, and all tags in their order, are equal.</summary>
    public bool Equals(ClientInfo? other) =>
        other is not null && Name == other.Name && Nickname == other.Nickname && Uuid == other.Uuid && Tags.SequenceEqual(other.Tags);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Uuid);
}

/// <summary>What a service is (protocol, section "Information objects").</summary>
/// <param name="Name">Unique in the whole cluster.</param>
/// <param name="Nickname">Free text for people, or null.</param>
/// <param name="OwnerUuid">The client that created it.</param>
/// <param name="Subscribers">Complete in answers, empty in events and origins.</param>
public sealed record ServiceInfo(string Name, string? Nickname, Guid OwnerUuid, ImmutableArray<Guid> Subscribers)
{
    /// <summary>Whether all fields, and all subscribers in their order, are equal.</summary>
    public bool Equals(ServiceInfo? other) =>
        other is not null && Name == other.Name && Nickname == other.Nickname && OwnerUuid == other.OwnerUuid
        && Subscribers.SequenceEqual(other.Subscribers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, OwnerUuid);
}

/// <summary>Who is in a room (protocol, section "Rooms").</summary>
/// <param name="Name">Unique in the whole cluster.</param>
/// <param name="Members">
/// In the order of joining. Complete in ROOM_FETCH_RESULT and ROOM_FETCH_ALL_RESULT; the other answers list up to
/// 256, and none above.
/// </param>
public sealed record RoomInfo(string Name, ImmutableArray<Guid> Members)
{
    /// <summary>Whether the name, and all members in their order, are equal.</summary>
    public bool Equals(RoomInfo? other) => other is not null && Name == other.Name && Members.SequenceEqual(other.Members);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Members.Length);
}

/// <summary>Who sent a message, and through which service.</summary>
/// <param name="Client">The sender.</param>
/// <param name="Service">The service of the two service targets; null for every other target.</param>
public sealed record Origin(ClientInfo Client, ServiceInfo? Service);
