using System.Collections.Immutable;
using System.Runtime.Serialization;
using Concierge.Actors.Dialects;
using Concierge.Actors.Directory;
using Concierge.Protocol;

namespace Concierge.Actors.Nodes.Wire;

/// <summary>How the items of a link are written: a byte for the kind, then what belongs to it.</summary>
internal static class LinkFormat
{
    private enum Kind : byte
    {
        Messages, Disconnect, Drain, Lost, Complete,
        Joined, Left, Renamed, Created, Deleted, Subscribed, Unsubscribed, Entered, Quit,
    }

    private enum To : byte
    {
        Everyone, Client, Subscribers, Members,
    }

    public static void Write(WireWriter to, LinkItem item)
    {
        switch (item)
        {
            case LinkItem.Messages(var destination, var frames, var count) messages:
                Write(Begin(to, Kind.Messages), destination);
                to.Int(count).Bytes(frames).Bool(messages.Native is not null);
                if (messages.Native is { } native) to.Byte((byte)native.Dialect).Bytes(native.Frames);
                break;
            case LinkItem.Disconnect(var destination, var code, var reason):
                Write(Begin(to, Kind.Disconnect), destination);
                to.Int((int)code).Text(reason);
                break;
            case LinkItem.Drain(var by): Begin(to, Kind.Drain).Text(by); break;
            case LinkItem.Lost: Begin(to, Kind.Lost); break;
            case LinkItem.Complete(var number): Begin(to, Kind.Complete).Long(number); break;
            case LinkItem.Changed(var number, var change): Write(to, number, change); break;
            default: throw Unwritable(item);
        }
    }

    public static LinkItem Read(ref WireReader from)
    {
        var kind = (Kind)from.Byte();
        return kind switch
        {
            Kind.Messages => ReadMessages(ref from),
            Kind.Disconnect => new LinkItem.Disconnect(ReadDestination(ref from), (CloseCode)from.Int(), from.Text()),
            Kind.Drain => new LinkItem.Drain(from.Text()),
            Kind.Lost => new LinkItem.Lost(),
            Kind.Complete => new LinkItem.Complete(from.Long()),
            _ => new LinkItem.Changed(from.Long(), ReadChange(kind, ref from)),
        };
    }

    private static LinkItem.Messages ReadMessages(ref WireReader from)
    {
        Destination destination = ReadDestination(ref from);
        int count = from.Int();
        return new LinkItem.Messages(destination, from.Bytes(), count)
        {
            Native = from.Bool() ? new NativeFrames((DialectKind)from.Byte(), from.Bytes()) : null,
        };
    }

    private static void Write(WireWriter to, long number, Change change)
    {
        switch (change)
        {
            case Change.Joined(var info, var key, var grant):
                Begin(to, Kind.Joined).Long(number).Uuid(info.Uuid).Text(info.Name).TextOrNull(info.Nickname).Int(info.Tags.Length);
                foreach (string tag in info.Tags) to.Text(tag);
                to.Bytes(key.Bytes).Long(grant);
                break;
            case Change.Left(var client): Begin(to, Kind.Left, number, client); break;
            case Change.Renamed(var client, var nickname): Begin(to, Kind.Renamed, number, client).TextOrNull(nickname); break;
            case Change.Created(var client, var service, var name, var nickname, var grant):
                Begin(to, Kind.Created, number, client).Uuid(service).Text(name).TextOrNull(nickname).Long(grant);
                break;
            case Change.Deleted(var client, var service): Begin(to, Kind.Deleted, number, client).Uuid(service); break;
            case Change.Subscribed(var client, var service): Begin(to, Kind.Subscribed, number, client).Uuid(service); break;
            case Change.Unsubscribed(var client, var service): Begin(to, Kind.Unsubscribed, number, client).Uuid(service); break;
            case Change.Entered(var client, var room): Begin(to, Kind.Entered, number, client).Text(room); break;
            case Change.Quit(var client, var room): Begin(to, Kind.Quit, number, client).Text(room); break;
            default: throw Unwritable(change);
        }
    }

    private static Change ReadChange(Kind kind, ref WireReader from)
    {
        Guid client = from.Uuid();
        return kind switch
        {
            Kind.Joined => ReadJoined(client, ref from),
            Kind.Left => new Change.Left(client),
            Kind.Renamed => new Change.Renamed(client, from.TextOrNull()),
            Kind.Created => new Change.Created(client, from.Uuid(), from.Text(), from.TextOrNull(), from.Long()),
            Kind.Deleted => new Change.Deleted(client, from.Uuid()),
            Kind.Subscribed => new Change.Subscribed(client, from.Uuid()),
            Kind.Unsubscribed => new Change.Unsubscribed(client, from.Uuid()),
            Kind.Entered => new Change.Entered(client, from.Text()),
            Kind.Quit => new Change.Quit(client, from.Text()),
            _ => throw new SerializationException($"no such kind of link item: {(byte)kind}"),
        };
    }

    private static Change.Joined ReadJoined(Guid client, ref WireReader from)
    {
        string name = from.Text();
        string? nickname = from.TextOrNull();
        var tags = ImmutableArray.CreateBuilder<string>(from.Count());
        for (int i = tags.Capacity; i > 0; i--) tags.Add(from.Text());
        Span<byte> key = stackalloc byte[FileKey.Size];
        from.Bytes(key);
        return new Change.Joined(new ClientInfo(name, nickname, client, tags.MoveToImmutable()), FileKey.Of(key), from.Long());
    }

    private static void Write(WireWriter to, Destination destination)
    {
        switch (destination)
        {
            case Destination.Everyone: to.Byte((byte)To.Everyone); break;
            case Destination.ToClient(var client): to.Byte((byte)To.Client).Uuid(client); break;
            case Destination.ToSubscribers(var service): to.Byte((byte)To.Subscribers).Uuid(service); break;
            case Destination.ToMembers(var room): to.Byte((byte)To.Members).Text(room); break;
            default: throw Unwritable(destination);
        }
    }

    private static Destination ReadDestination(ref WireReader from) => (To)from.Byte() switch
    {
        To.Everyone => Destination.Everyone.Instance,
        To.Client => new Destination.ToClient(from.Uuid()),
        To.Subscribers => new Destination.ToSubscribers(from.Uuid()),
        To.Members => new Destination.ToMembers(from.Text()),
        To other => throw new SerializationException($"no such kind of destination: {(byte)other}"),
    };

    private static WireWriter Begin(WireWriter to, Kind kind) => to.Byte((byte)kind);

    private static WireWriter Begin(WireWriter to, Kind kind, long number, Guid client) => Begin(to, kind).Long(number).Uuid(client);

    private static SerializationException Unwritable(object what) => new($"no way to write {what.GetType()}");
}
