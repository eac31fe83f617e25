using System.Diagnostics;
using Concierge.Actors.Directory;
using Concierge.Actors.Nodes;
using Concierge.Protocol;

namespace Concierge.Actors.Sessions;

// MESSAGE: whom a target reaches, and what it is refused with (protocol, section MESSAGE).
internal sealed partial class ProtocolSessionActor
{
    private ServerPayload? Pass(Target target, ReadOnlySpan<byte> data)
    {
        DirectoryView view = Shared.View;
        switch (target)
        {
            case Target.ToName(var name):
                if (!view.TryGetClient(name, out ClientEntry? named)) return new ServerPayload.InvalidName(name);
                Send(named, target, null, data);
                return null;

            case Target.ToUuid(var uuid):
                if (!view.TryGetClient(uuid, out ClientEntry? identified)) return new ServerPayload.InvalidUuid(uuid);
                Send(identified, target, null, data);
                return null;

            case Target.ToService(var name):
                if (!view.TryGetService(name, out ServiceEntry? service)) return new ServerPayload.InvalidService(name);
                if (service.Owner == Client) Broadcast(service.Subscribers, new Destination.ToSubscribers(service.Id), target, service, data);
                else if (service.Subscribers.Contains(Client)) Send(service.Owner, target, service, data);
                else return new ServerPayload.Bad();
                return null;

            case Target.ToServiceClient(var name, var uuid):
                if (!view.TryGetService(name, out ServiceEntry? own)) return new ServerPayload.InvalidService(name);
                if (own.Owner != Client) return new ServerPayload.Bad();
                if (!view.TryGetClient(uuid, out ClientEntry? client)) return new ServerPayload.InvalidUuid(uuid);
                Send(client, target, own, data);
                return null;

            case Target.ToRoom inRoom:
                if (!view.TryGetRoom(inRoom.Room, out RoomEntry? room)) return new ServerPayload.InvalidRoom(inRoom.Room);
                if (!room.Members.Contains(Client)) return new ServerPayload.Bad();
                Broadcast(room, inRoom, data);
                return null;

            case Target.All:
                Broadcast(view.Clients, Destination.Everyone.Instance, target, null, data);
                Send(Client, target, null, data);
                return null;

            default:
                throw new UnreachableException($"no such target: {target}");
        }
    }
}
