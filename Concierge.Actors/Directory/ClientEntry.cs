using System.Collections.Immutable;
using Akka.Actor;
using Concierge.Actors.Connections;
using Concierge.Actors.Nodes;
using Concierge.Actors.Sessions;
using Concierge.Protocol;

namespace Concierge.Actors.Directory;

/// <summary>An identified client, as the directory knows it. Changed by the directory alone, read by everybody.</summary>
public sealed class ClientEntry
{
    private ClientInfo _info;
    private ImmutableList<ServiceEntry> _subscriptions = [];
    private ImmutableList<ServiceEntry> _services = [];
    private ImmutableList<RoomEntry> _rooms = [];

    /// <summary>Describes a client of this node that is about to join.</summary>
    /// <param name="info">Who it is.</param>
    /// <param name="fileKey">Its key to its files, told to nobody else.</param>
    /// <param name="presence">Whether it wants the events that others cause.</param>
    /// <param name="outbox">What is sent to it.</param>
    /// <param name="session">Its session's actor.</param>
    public ClientEntry(ClientInfo info, FileKey fileKey, bool presence, Outbox outbox, IActorRef session)
    {
        _info = info;
        FileKey = fileKey;
        Presence = presence;
        Outbox = outbox;
        Session = session;
    }

    /// <summary>Describes a client of another node.</summary>
    /// <param name="info">Who it is.</param>
    /// <param name="fileKey">Its key to its files.</param>
    /// <param name="home">The node.</param>
    internal ClientEntry(ClientInfo info, FileKey fileKey, Peer home)
        : this(info, fileKey, presence: false, outbox: null!, ActorRefs.Nobody) => Home = home;

    /// <summary>The number of the grant by which it has its name.</summary>
    public long Grant { get; internal set; }

    /// <summary>The node that it is connected to; null where it is this one.</summary>
    public Peer? Home { get; }

    /// <summary>Who it is: its nickname may change, and then this is another object; all else stays.</summary>
    public ClientInfo Info
    {
        get => Volatile.Read(ref _info);
        internal set => Volatile.Write(ref _info, value);
    }

    /// <summary>Its key to its files.</summary>
    public FileKey FileKey { get; }

    /// <summary>Whether it wants the events that others cause; false for clients of other nodes, who get them there.</summary>
    public bool Presence { get; }

    /// <summary>What is sent to it; for clients of this node only.</summary>
    public Outbox Outbox { get; }

    /// <summary>Its session's actor; nobody for clients of other nodes.</summary>
    public IActorRef Session { get; }

    /// <summary>Closes its connection, whatever node it is connected to; it leaves as everybody does.</summary>
    /// <param name="closing">With what.</param>
    internal void Disconnect(SessionActor.Close closing)
    {
        if (Home is null) Session.Tell(closing);
        else Home.Link.Tell(new LinkItem.Disconnect(new Destination.ToClient(Info.Uuid), closing.Code, closing.Reason));
    }

    /// <summary>The services that it is subscribed to, in the order of subscribing.</summary>
    public ImmutableList<ServiceEntry> Subscriptions
    {
        get => Volatile.Read(ref _subscriptions);
        internal set => Volatile.Write(ref _subscriptions, value);
    }

    /// <summary>The services that it owns, in the order of creation.</summary>
    public ImmutableList<ServiceEntry> Services
    {
        get => Volatile.Read(ref _services);
        internal set => Volatile.Write(ref _services, value);
    }

    /// <summary>The rooms that it is a member of, in the order of joining.</summary>
    public ImmutableList<RoomEntry> Rooms
    {
        get => Volatile.Read(ref _rooms);
        internal set => Volatile.Write(ref _rooms, value);
    }
}
