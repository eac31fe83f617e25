using System.Collections.Immutable;

namespace Concierge.Protocol;

/// <summary>What a client may say (protocol, section "From the client").</summary>
public abstract record ClientPayload
{
    private ClientPayload()
    {
    }

    /// <summary>The first frame of every connection (protocol, section "Identification").</summary>
    /// <param name="Name">The name asked for, unchecked: a bad one has a close code of its own.</param>
    /// <param name="Nickname">Up to 128 code points, or null; never empty.</param>
    /// <param name="Version">The version of the protocol that the client speaks, unchecked.</param>
    /// <param name="Secret">The concierge's secret, or null.</param>
    /// <param name="Tags">At most 32 of at most 64 code points.</param>
    /// <param name="Presence">False for a client that wants none of the events that others cause.</param>
    public sealed record Identify(
        string Name, string? Nickname, string Version, string? Secret, ImmutableArray<string> Tags, bool Presence) : ClientPayload
    {
        /// <summary>Whether all fields, and all tags in their order, are equal.</summary>
        public bool Equals(Identify? other) =>
            other is not null && Name == other.Name && Nickname == other.Nickname && Version == other.Version
            && Secret == other.Secret && Presence == other.Presence && Tags.SequenceEqual(other.Tags);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Name, Version);

        /// <summary>All but the secret, which is never logged.</summary>
        public override string ToString() => $"Identify {{ Name = {Name}, Version = {Version} }}";
    }

    /// <summary>A message to pass on.</summary>
    /// <param name="Target">Whom it is for.</param>
    /// <param name="Data">What it says; any JSON value.</param>
    public sealed record Message(Target Target, RawJson Data) : ClientPayload;

    /// <summary>Subscribes the client to a service.</summary>
    /// <param name="Service">A service's name.</param>
    public sealed record SelfSubscribe(string Service) : ClientPayload;

    /// <summary>Ends a subscription.</summary>
    /// <param name="Service">A service's name.</param>
    public sealed record SelfUnsubscribe(string Service) : ClientPayload;

    /// <summary>Asks for the client's own information and subscriptions.</summary>
    public sealed record SelfFetch : ClientPayload;

    /// <summary>Sets the sequence counter (protocol, section "Sequence numbers").</summary>
    /// <param name="Seq">0 to 2⁶³−1.</param>
    public sealed record SelfSetSeq(long Seq) : ClientPayload;

    /// <summary>Changes what people call the client.</summary>
    /// <param name="Nickname">Up to 128 code points, or null; never empty.</param>
    public sealed record SelfSetNickname(string? Nickname) : ClientPayload;

    /// <summary>Creates a service that the client owns.</summary>
    /// <param name="Service">The name asked for.</param>
    /// <param name="Nickname">Up to 128 code points, or null; never empty.</param>
    public sealed record ServiceCreate(string Service, string? Nickname) : ClientPayload;

    /// <summary>Deletes one of the client's own services.</summary>
    /// <param name="Service">A service's name.</param>
    public sealed record ServiceDelete(string Service) : ClientPayload;

    /// <summary>Asks for a service's information.</summary>
    /// <param name="Service">A service's name.</param>
    public sealed record ServiceFetch(string Service) : ClientPayload;

    /// <summary>Asks for all services.</summary>
    public sealed record ServiceFetchAll : ClientPayload;

    /// <summary>Asks for a client's information and subscriptions.</summary>
    /// <param name="Uuid">A client's uuid.</param>
    public sealed record ClientFetch(Guid Uuid) : ClientPayload;

    /// <summary>Asks for all clients.</summary>
    public sealed record ClientFetchAll : ClientPayload;

    /// <summary>Makes the client a member of a room, which exists from its first member's joining on.</summary>
    /// <param name="Room">A room's name.</param>
    public sealed record RoomJoin(string Room) : ClientPayload;

    /// <summary>Ends a membership.</summary>
    /// <param name="Room">A room's name.</param>
    public sealed record RoomLeave(string Room) : ClientPayload;

    /// <summary>Asks for a room's members.</summary>
    /// <param name="Room">A room's name.</param>
    public sealed record RoomFetch(string Room) : ClientPayload;

    /// <summary>Asks for all rooms.</summary>
    public sealed record RoomFetchAll : ClientPayload;
}
