using System.Buffers;
using System.Diagnostics;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Actors.Nodes;
using Concierge.Protocol;

namespace Concierge.Actors.Sessions;

// MESSAGE: whom a target reaches, and what it is refused with (protocol, section MESSAGE).
public sealed partial class SessionActor
{
    private Fanout? _fanout;
    private long _broadcastAt;
    private Target? _prefixTarget;
    private ServiceEntry? _prefixService;
    private ClientInfo? _prefixClient;
    private byte[] _prefix = [];

    private ServerPayload? Pass(Target target, ReadOnlySpan<byte> data)
    {
        DirectoryView view = _context.View;
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
                if (service.Owner == _self) Broadcast(service.Subscribers, new Destination.ToSubscribers(service.Id), target, service, data);
                else if (service.Subscribers.Contains(_self!)) Send(service.Owner, target, service, data);
                else return new ServerPayload.Bad();
                return null;

            case Target.ToServiceClient(var name, var uuid):
                if (!view.TryGetService(name, out ServiceEntry? own)) return new ServerPayload.InvalidService(name);
                if (own.Owner != _self) return new ServerPayload.Bad();
                if (!view.TryGetClient(uuid, out ClientEntry? client)) return new ServerPayload.InvalidUuid(uuid);
                Send(client, target, own, data);
                return null;

            case Target.ToRoom(var name):
                if (!view.TryGetRoom(name, out RoomEntry? room)) return new ServerPayload.InvalidRoom(name);
                if (!room.Members.Contains(_self!)) return new ServerPayload.Bad();
                Broadcast(room.Members, new Destination.ToMembers(name), target, null, data);
                return null;

            case Target.All:
                Broadcast(view.Clients, Destination.Everyone.Instance, target, null, data);
                Send(_self!, target, null, data);
                return null;

            default:
                throw new UnreachableException($"no such target: {target}");
        }
    }

    private void Broadcast(Roster receivers, Destination destination, Target target, ServiceEntry? service, ReadOnlySpan<byte> data)
    {
        if (_broadcastAt == 0) _broadcastAt = Stopwatch.GetTimestamp();
        (_fanout ??= new Fanout(_context.Metrics)).Send(receivers.Audience, destination, _self!, Prefix(target, service), data);
    }

    private void Send(ClientEntry receiver, Target target, ServiceEntry? service, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> prefix = Prefix(target, service);
        if (receiver == _self) PayloadFrame.AppendMessage(Answers(), prefix, data);
        else (_fanout ??= new Fanout(_context.Metrics)).Send(receiver, prefix, data);
    }

    // Publishers stay with their target: what comes before the data is the same for message after message, as long as
    // the client keeps its nickname.
    private ReadOnlySpan<byte> Prefix(Target target, ServiceEntry? service)
    {
        ClientInfo client = _self!.Info;
        if (service != _prefixService || !ReferenceEquals(client, _prefixClient) || !target.Equals(_prefixTarget))
        {
            var buffer = new ArrayBufferWriter<byte>(512);
            ServerPayloadWriter.WriteMessagePrefix(buffer, new Origin(client, service?.Info), target);
            _prefix = buffer.WrittenSpan.ToArray();
            _prefixTarget = target;
            _prefixService = service;
            _prefixClient = client;
        }
        return _prefix;
    }
}
