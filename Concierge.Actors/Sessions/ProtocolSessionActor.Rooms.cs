using System.Diagnostics;
using Concierge.Actors.Directory;
using Concierge.Actors.Rooms;
using Concierge.Protocol;

namespace Concierge.Actors.Sessions;

// Rooms (protocol, section "Rooms"). Nobody but this session changes what rooms its client is in, one request at a time.
internal sealed partial class ProtocolSessionActor
{
    private ServerPayload? HandleRoom(ClientPayload payload)
    {
        DirectoryView view = Shared.View;
        switch (payload)
        {
            case ClientPayload.RoomJoin(var name):
                bool isMember = view.TryGetRoom(name, out RoomEntry? joined) && joined.Members.Contains(Client);
                if (!isMember && Client.Rooms.Count >= Shared.Settings.RoomsPerClient) return new ServerPayload.Bad();
                Ask(Shared.Rooms, new RoomActor.Join(name, Client));
                return null;

            case ClientPayload.RoomLeave(var name):
                if (!view.TryGetRoom(name, out _)) return new ServerPayload.InvalidRoom(name);
                Ask(Shared.Rooms, new RoomActor.Leave(name, Client));
                return null;

            case ClientPayload.RoomFetch(var name):
                if (!view.TryGetRoom(name, out RoomEntry? fetched)) return new ServerPayload.InvalidRoom(name);
                if (TooLong([fetched.Members]) is { } tooLong) return tooLong;
                // Its last member may be leaving at this moment.
                RoomInfo room = fetched.Describe();
                return room.Members.IsEmpty ? new ServerPayload.InvalidRoom(name) : new ServerPayload.RoomFetchResult(room);

            case ClientPayload.RoomFetchAll:
                if (TooLong(view.Rooms.Select(entry => entry.Members)) is { } allTooLong) return allTooLong;
                return new ServerPayload.RoomFetchAllResult(
                    [.. view.Rooms.Select(entry => entry.Describe()).Where(described => !described.Members.IsEmpty)]);

            default:
                throw new UnreachableException($"no such payload: {payload}");
        }
    }

    private void OnRoomAnswered(RoomActor.Request request, Outcome outcome)
    {
        if (ReplyFailed(outcome)) return;
        bool changed = outcome == Outcome.Done;
        // Joined or left it is in any case: a list of members that could not be queued is left out.
        int mostMembers = Outbox.Limit / 2 / UuidBytes;
        RoomInfo? room = Shared.View.TryGetRoom(request.Room, out RoomEntry? entry) ? entry.Describe(mostMembers) : null;
        if (request is RoomActor.Join) Reply(new ServerPayload.RoomJoinResult(changed, room!) { Seq = _seq });
        // Whoever leaves last leaves no room behind; whoever finds none was in none.
        else if (changed) Reply(new ServerPayload.RoomLeaveResult(true, room ?? new RoomInfo(request.Room, [])) { Seq = _seq });
        else if (room is null) Reply(new ServerPayload.InvalidRoom(request.Room) { Seq = _seq });
        else Reply(new ServerPayload.RoomLeaveResult(false, room) { Seq = _seq });
    }
}
