using Concierge.Actors.Nodes;
using Concierge.Actors.Rooms;
using Concierge.Actors.Sessions;
using Concierge.Protocol;

namespace Concierge.Actors.Directory;

// Rooms: they are in the view while they have members. Their names need no granting, as nobody owns them.
public sealed partial class DirectoryActor
{
    private void OnRoomJoined(RoomActor.Join request)
    {
        ClientEntry client = request.Client;
        // One whose session has ended has left its rooms already.
        if (!IsPresent(client)) return;
        JoinRoom(request.Room, client);
        Publish(new Change.Entered(client.Info.Uuid, request.Room));
        Answer(request, Outcome.Done);
    }

    private void JoinRoom(string name, ClientEntry client)
    {
        bool exists = _view.TryGetRoom(name, out RoomEntry? room);
        room ??= new RoomEntry(name);
        if (!room.Members.Add(client)) return;
        // A member first: nobody finds a room without any.
        if (!exists) _view.Add(room);
        client.Rooms = client.Rooms.Add(room);
        Announce(new ServerPayload.RoomClientJoined(client.Info, name), room.Members, except: client);
    }

    private void OnRoomLeft(RoomActor.Leave request)
    {
        ClientEntry client = request.Client;
        bool left = _view.TryGetRoom(request.Room, out RoomEntry? room) && LeaveRoom(room, client);
        if (left) Publish(new Change.Quit(client.Info.Uuid, request.Room));
        Answer(request, left ? Outcome.Done : Outcome.Unchanged);
    }

    private bool LeaveRoom(RoomEntry room, ClientEntry client)
    {
        if (!room.Members.Contains(client)) return false;
        if (room.Members.Count == 1) _view.Remove(room);
        room.Members.Remove(client);
        client.Rooms = client.Rooms.Remove(room);
        Announce(new ServerPayload.RoomClientLeft(client.Info, room.Name), room.Members);
        return true;
    }

    /// <summary>A room has taken a member; the member's session is answered.</summary>
    /// <param name="Request">What was asked of the room.</param>
    public sealed record RoomJoined(RoomActor.Join Request);

    /// <summary>A room has let a member go; the member's session is answered.</summary>
    /// <param name="Request">What was asked of the room.</param>
    public sealed record RoomLeft(RoomActor.Leave Request);
}
