using System.Collections.Immutable;
using Concierge.Protocol;

namespace Concierge.Client;

/// <content>
/// Rooms: groups of clients that nobody owns. What a member sends to <see cref="Target.ToRoom"/> reaches the others.
/// </content>
public sealed partial class ConciergeClient
{
    /// <summary>
    /// Joins a room: what its members say to it comes in from then on, until <see cref="LeaveRoomAsync"/>. A room that
    /// does not exist begins with its first member.
    /// </summary>
    /// <param name="room">The room's name: 1–128 letters, digits or any of <c>_ - . / :</c>.</param>
    /// <param name="cancellationToken">Stops waiting; the client may have joined.</param>
    /// <returns>Whether that changed anything, and the room as it is now, with up to 256 of its members, or none where there are more.</returns>
    /// <exception cref="RequestRefusedException">The name breaks the rules, or the client is in too many rooms.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async Task<RoomOutcome> JoinRoomAsync(string room, CancellationToken cancellationToken = default)
    {
        var answer = await Connection.AskAsync<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin(room), cancellationToken).ConfigureAwait(false);
        _registrations.Joined(room);
        return new RoomOutcome(answer.Successful, answer.Room);
    }

    /// <summary>Leaves a room. Also where this fails, it is not joined again after a reconnect.</summary>
    /// <param name="room">The room's name.</param>
    /// <param name="cancellationToken">Stops waiting; the client may have left.</param>
    /// <returns>
    /// Whether that changed anything, and the room as it is now, with up to 256 of its members, or none where there are
    /// more. It is gone where this client was the last.
    /// </returns>
    /// <exception cref="RequestRefusedException">There is no such room.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async Task<RoomOutcome> LeaveRoomAsync(string room, CancellationToken cancellationToken = default)
    {
        _registrations.Left(room);
        var answer = await Connection.AskAsync<ServerPayload.RoomLeaveResult>(new ClientPayload.RoomLeave(room), cancellationToken).ConfigureAwait(false);
        return new RoomOutcome(answer.Successful, answer.Room);
    }

    /// <summary>Asks for a room and all its members, from within or without.</summary>
    /// <param name="room">The room's name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="RequestRefusedException">There is no such room.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async Task<RoomInfo> FetchRoomAsync(string room, CancellationToken cancellationToken = default)
    {
        var answer = await Connection.AskAsync<ServerPayload.RoomFetchResult>(new ClientPayload.RoomFetch(room), cancellationToken).ConfigureAwait(false);
        return answer.Room;
    }

    /// <summary>Asks for all rooms and all their members.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async Task<ImmutableArray<RoomInfo>> FetchRoomsAsync(CancellationToken cancellationToken = default)
    {
        var answer = await Connection.AskAsync<ServerPayload.RoomFetchAllResult>(new ClientPayload.RoomFetchAll(), cancellationToken).ConfigureAwait(false);
        return answer.Rooms;
    }
}

/// <summary>What became of a request about a room.</summary>
/// <param name="Changed">False where everything was as asked for already.</param>
/// <param name="Room">The room as it is now.</param>
public sealed record RoomOutcome(bool Changed, RoomInfo Room);
