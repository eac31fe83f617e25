using System.Collections.Immutable;
using Concierge.Protocol;

namespace Concierge.Client;

/// <summary>Handles an event of a <see cref="ConciergeClient"/>; see there for when, where and in which order it is called.</summary>
/// <typeparam name="T">What happened.</typeparam>
/// <param name="occurrence">What happened. It may be kept.</param>
/// <param name="cancellationToken">Cancelled when the client is disposed of.</param>
public delegate ValueTask ConciergeHandler<in T>(T occurrence, CancellationToken cancellationToken);

/// <summary>A message came in.</summary>
/// <param name="Origin">Who sent it, and through which service.</param>
/// <param name="Target">Whom the sender named.</param>
/// <param name="Data">What it says; see <see cref="Json"/> for reading it. Any JSON value: the sender decides, not you.</param>
public sealed record IncomingMessage(Origin Origin, Target Target, RawJson Data);

/// <summary>A client subscribed to a service, or ended its subscription.</summary>
/// <param name="Client">Who.</param>
/// <param name="Service">To which service; without the list of its subscribers.</param>
public sealed record SubscriberChange(ClientInfo Client, ServiceInfo Service);

/// <summary>A client joined a room, or left it.</summary>
/// <param name="Client">Who.</param>
/// <param name="Room">The room's name.</param>
public sealed record RoomMemberChange(ClientInfo Client, string Room);

/// <summary>An established connection ended, other than by <see cref="ConciergeClient.DisposeAsync"/>.</summary>
/// <param name="Reason">Why, with the close code where there was one.</param>
/// <param name="WillRetry">Whether the client is about to reconnect. Where not, this is the last event.</param>
public sealed record Disconnection(ConciergeClosedException Reason, bool WillRetry);

/// <summary>The client is connected and identified again, and has what it had before, but for what is listed here.</summary>
/// <param name="Uuid">The client's new uuid; the one before is no longer anybody's.</param>
/// <param name="LostServices">Services of the client that another one owns by now. They are not tried again.</param>
/// <param name="LostSubscriptions">
/// Subscriptions to services that are not there at the moment. They are made as soon as the service is, where the client
/// has <see cref="ConciergeClientOptions.Presence"/>.
/// </param>
/// <param name="LostRooms">Rooms that the concierge did not let the client join again. They are not tried again.</param>
public sealed record Reconnection(
    Guid Uuid, ImmutableArray<string> LostServices, ImmutableArray<string> LostSubscriptions, ImmutableArray<string> LostRooms);

/// <summary>Something failed that no call of yours is waiting for.</summary>
/// <param name="Kind">What failed.</param>
/// <param name="Exception">Why.</param>
public sealed record ClientFault(ClientFaultKind Kind, Exception Exception);

/// <summary>What failed beside the calls.</summary>
public enum ClientFaultKind
{
    /// <summary>An event handler threw. The others, and later events, are handled nevertheless.</summary>
    Handler,

    /// <summary>The concierge refused a message that was posted (<see cref="RequestRefusedException"/>).</summary>
    Post,

    /// <summary>An attempt to reconnect, or to make a subscription again; the next follows by itself.</summary>
    Reconnect,

    /// <summary>The concierge sent a frame that is not in the protocol. It was skipped.</summary>
    Frame,
}
