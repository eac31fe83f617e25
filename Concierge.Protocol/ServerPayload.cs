using System.Collections.Immutable;

namespace Concierge.Protocol;

/// <summary>What the concierge may say: answers, which carry <see cref="Seq"/>, and events, which do not.</summary>
public abstract record ServerPayload
{
    private ServerPayload()
    {
    }

    /// <summary>The number of the client's frame that this answers, 0 to 2⁶³−1; null where it answers none.</summary>
    public long? Seq { get; init; }

    /// <summary>The client is identified; the first frame it gets, never with a <see cref="Seq"/>.</summary>
    /// <param name="Uuid">The client's uuid.</param>
    /// <param name="Version">The version of the protocol that the concierge speaks.</param>
    /// <param name="FileKey">The client's key to its files; null from a concierge older than 0.2.0.</param>
    public sealed record Hello(Guid Uuid, string Version, string? FileKey) : ServerPayload
    {
        /// <summary>All but the file key, which is never logged.</summary>
        public override string ToString() => $"Hello {{ Uuid = {Uuid}, Version = {Version} }}";
    }

    /// <summary>A message from another client, or the sender's own copy.</summary>
    /// <param name="Origin">Who sent it.</param>
    /// <param name="Target">Whom the sender named.</param>
    /// <param name="Data">What it says.</param>
    public sealed record Message(Origin Origin, Target Target, RawJson Data) : ServerPayload;

    /// <summary>Done.</summary>
    public sealed record Ok : ServerPayload;

    /// <summary>Not allowed for this client.</summary>
    public sealed record Bad : ServerPayload;

    /// <summary>No client has that name.</summary>
    /// <param name="Name">The name asked for.</param>
    public sealed record InvalidName(string Name) : ServerPayload;

    /// <summary>No client has that uuid.</summary>
    /// <param name="Uuid">The uuid asked for.</param>
    public sealed record InvalidUuid(Guid Uuid) : ServerPayload;

    /// <summary>No service has that name.</summary>
    /// <param name="Service">The name asked for.</param>
    public sealed record InvalidService(string Service) : ServerPayload;

    /// <summary>No room has that name.</summary>
    /// <param name="Room">The name asked for.</param>
    public sealed record InvalidRoom(string Room) : ServerPayload;

    /// <summary>The frame was no payload.</summary>
    /// <param name="Desc">Which field is wrong, and what was expected.</param>
    public sealed record ErrorProtocol(string Desc) : ServerPayload;

    /// <summary>The payload's type is unknown, or it was IDENTIFY again.</summary>
    public sealed record ErrorUnsupported : ServerPayload;

    /// <summary>A fault in the concierge; the session goes on.</summary>
    /// <param name="Desc">What failed.</param>
    public sealed record ErrorInternal(string Desc) : ServerPayload;

    /// <summary>Answers SELF_SUBSCRIBE.</summary>
    /// <param name="Successful">False where the client was subscribed already.</param>
    /// <param name="Service">The service as it is now, with up to 256 subscribers.</param>
    public sealed record SelfSubscribeResult(bool Successful, ServiceInfo Service) : ServerPayload;

    /// <summary>Answers SELF_UNSUBSCRIBE.</summary>
    /// <param name="Successful">False where the client was not subscribed.</param>
    /// <param name="Service">The service as it is now, with up to 256 subscribers.</param>
    public sealed record SelfUnsubscribeResult(bool Successful, ServiceInfo Service) : ServerPayload;

    /// <summary>Answers SELF_FETCH.</summary>
    /// <param name="Client">The client that asked.</param>
    /// <param name="Subscriptions">The services it is subscribed to.</param>
    public sealed record SelfFetchResult(ClientInfo Client, ImmutableArray<ServiceInfo> Subscriptions) : ServerPayload
    {
        /// <summary>Whether all fields, and all services in their order, are equal.</summary>
        public bool Equals(SelfFetchResult? other) =>
            other is not null && Seq == other.Seq && Client == other.Client && Subscriptions.SequenceEqual(other.Subscriptions);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Seq, Client);
    }

    /// <summary>Answers SERVICE_CREATE, and tells everyone of a new service.</summary>
    /// <param name="Successful">False where the service existed already.</param>
    /// <param name="Service">The service as it is now.</param>
    public sealed record ServiceCreateResult(bool Successful, ServiceInfo Service) : ServerPayload;

    /// <summary>Answers SERVICE_DELETE, and tells everyone that a service is gone.</summary>
    /// <param name="Service">The service as it was.</param>
    public sealed record ServiceDeleteResult(ServiceInfo Service) : ServerPayload;

    /// <summary>Answers SERVICE_FETCH.</summary>
    /// <param name="Service">The service, with all its subscribers.</param>
    public sealed record ServiceFetchResult(ServiceInfo Service) : ServerPayload;

    /// <summary>Answers SERVICE_FETCH_ALL.</summary>
    /// <param name="Services">All services, with all their subscribers.</param>
    public sealed record ServiceFetchAllResult(ImmutableArray<ServiceInfo> Services) : ServerPayload
    {
        /// <summary>Whether all services, in their order, are equal.</summary>
        public bool Equals(ServiceFetchAllResult? other) =>
            other is not null && Seq == other.Seq && Services.SequenceEqual(other.Services);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Seq, Services.Length);
    }

    /// <summary>Answers CLIENT_FETCH.</summary>
    /// <param name="Client">The client asked for.</param>
    /// <param name="Subscriptions">The services it is subscribed to.</param>
    public sealed record ClientFetchResult(ClientInfo Client, ImmutableArray<ServiceInfo> Subscriptions) : ServerPayload
    {
        /// <summary>Whether all fields, and all services in their order, are equal.</summary>
        public bool Equals(ClientFetchResult? other) =>
            other is not null && Seq == other.Seq && Client == other.Client && Subscriptions.SequenceEqual(other.Subscriptions);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Seq, Client);
    }

    /// <summary>Answers CLIENT_FETCH_ALL.</summary>
    /// <param name="Clients">All clients.</param>
    public sealed record ClientFetchAllResult(ImmutableArray<ClientInfo> Clients) : ServerPayload
    {
        /// <summary>Whether all clients, in their order, are equal.</summary>
        public bool Equals(ClientFetchAllResult? other) =>
            other is not null && Seq == other.Seq && Clients.SequenceEqual(other.Clients);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Seq, Clients.Length);
    }

    /// <summary>A client was identified.</summary>
    /// <param name="Client">The newcomer.</param>
    public sealed record ClientJoined(ClientInfo Client) : ServerPayload;

    /// <summary>A client left; the last that is heard of it.</summary>
    /// <param name="Client">The client as it was.</param>
    public sealed record ClientLeft(ClientInfo Client) : ServerPayload;

    /// <summary>A client changed its nickname.</summary>
    /// <param name="Client">The client as it is now.</param>
    public sealed record ClientUpdated(ClientInfo Client) : ServerPayload;

    /// <summary>A client subscribed; told to the service's subscribers.</summary>
    /// <param name="Client">The new subscriber.</param>
    /// <param name="Service">The service.</param>
    public sealed record ServiceClientSubscribed(ClientInfo Client, ServiceInfo Service) : ServerPayload;

    /// <summary>A client ended its subscription; told to the service's remaining subscribers.</summary>
    /// <param name="Client">The client.</param>
    /// <param name="Service">The service.</param>
    public sealed record ServiceClientUnsubscribed(ClientInfo Client, ServiceInfo Service) : ServerPayload;

    /// <summary>Answers ROOM_JOIN.</summary>
    /// <param name="Successful">False where the client was a member already.</param>
    /// <param name="Room">The room as it is now, with up to 256 members.</param>
    public sealed record RoomJoinResult(bool Successful, RoomInfo Room) : ServerPayload;

    /// <summary>Answers ROOM_LEAVE.</summary>
    /// <param name="Successful">False where the client was not a member.</param>
    /// <param name="Room">The room as it is now, with up to 256 members; without any where the last one left.</param>
    public sealed record RoomLeaveResult(bool Successful, RoomInfo Room) : ServerPayload;

    /// <summary>Answers ROOM_FETCH.</summary>
    /// <param name="Room">The room, with all its members.</param>
    public sealed record RoomFetchResult(RoomInfo Room) : ServerPayload;

    /// <summary>Answers ROOM_FETCH_ALL.</summary>
    /// <param name="Rooms">All rooms, with all their members.</param>
    public sealed record RoomFetchAllResult(ImmutableArray<RoomInfo> Rooms) : ServerPayload
    {
        /// <summary>Whether all rooms, in their order, are equal.</summary>
        public bool Equals(RoomFetchAllResult? other) =>
            other is not null && Seq == other.Seq && Rooms.SequenceEqual(other.Rooms);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Seq, Rooms.Length);
    }

    /// <summary>A client joined a room; told to the room's other members.</summary>
    /// <param name="Client">The new member.</param>
    /// <param name="Room">The room's name.</param>
    public sealed record RoomClientJoined(ClientInfo Client, string Room) : ServerPayload;

    /// <summary>A client left a room; told to the room's remaining members.</summary>
    /// <param name="Client">The client.</param>
    /// <param name="Room">The room's name.</param>
    public sealed record RoomClientLeft(ClientInfo Client, string Room) : ServerPayload;
}
