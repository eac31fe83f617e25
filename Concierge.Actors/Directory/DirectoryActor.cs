using Akka.Actor;
using Akka.Event;
using Concierge.Actors.Connections;
using Concierge.Actors.Files;
using Concierge.Actors.Nodes;
using Concierge.Actors.Services;
using Concierge.Actors.Sessions;
using Concierge.Actors.Telemetry;
using Concierge.Protocol;

namespace Concierge.Actors.Directory;

/// <summary>
/// The one writer of the node's <see cref="DirectoryView"/>. Sessions, services and rooms tell it what is to change; it gets
/// names from the registrar, changes the view, tells every client that wants to know and the other nodes' directories,
/// and then answers the one that asked: who has its answer finds the change in the view of any node, and everyone who
/// learnt of it by an event finds it where it learnt of it.
/// </summary>
public sealed partial class DirectoryActor : UntypedActor, IWithTimers
{
    private readonly NodeId _self;
    private readonly DirectoryView _view;
    private readonly ClusterView _cluster;
    private readonly ConciergeMetrics _metrics;
    private readonly IClientFiles? _files;
    private List<Outbox> _touched = [];
    private IActorRef _flusher = ActorRefs.Nobody;

    /// <summary>Use <see cref="Props"/>.</summary>
    public DirectoryActor(NodeId self, DirectoryView view, ClusterView cluster, ConciergeMetrics metrics, IClientFiles? files)
    {
        _self = self;
        _view = view;
        _cluster = cluster;
        _metrics = metrics;
        _files = files;
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to create it.</summary>
    /// <param name="self">The node.</param>
    /// <param name="view">What it writes.</param>
    /// <param name="cluster">What health checks see of the cluster.</param>
    /// <param name="metrics">What is counted.</param>
    /// <param name="files">Told when a client has left; null where there are no files.</param>
    public static Props Props(NodeId self, DirectoryView view, ClusterView cluster, ConciergeMetrics metrics, IClientFiles? files) =>
        Akka.Actor.Props.Create(() => new DirectoryActor(self, view, cluster, metrics, files));

    // The services of other nodes' clients: they keep their subscribers when a message fails in them.
    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(fault =>
    {
        _metrics.CountRestart();
        return fault is ActorInitializationException ? Directive.Stop : Directive.Resume;
    });

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _flusher = Context.ActorOf(FlusherActor.Props(), "flusher");
        _cluster.Ready.PipeTo(Self, success: () => RepeatClaims.Instance);
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        ISessionRequest? request = RequestOf(message);
        try
        {
            Handle(message);
        }
        catch (Exception) when (request is not null)
        {
            // The session that waits is told; the rest is for the supervisor.
            Answer(request, Outcome.Failed);
            throw;
        }
    }

    private ISessionRequest? RequestOf(object message) => message switch
    {
        ISessionRequest request => request,
        RegistrarActor.Granted granted => _claims.GetValueOrDefault(granted.Claim)?.Request,
        Subscribed subscribed => subscribed.Request,
        Unsubscribed unsubscribed => unsubscribed.Request,
        RoomJoined joined => joined.Request,
        RoomLeft left => left.Request,
        _ => null,
    };

    private void Handle(object message)
    {
        switch (message)
        {
            case Join join: Claim(new RegisteredName(NameKind.Client, join.Client.Info.Name), join); break;
            case CreateService create: Claim(new RegisteredName(NameKind.Service, create.Service.Name), create); break;
            case RegistrarActor.Granted granted: OnGranted(granted); break;
            case RegistrarActor.Refused refused: OnRefused(refused); break;
            case RegistrarActor.Check check: OnCheck(check); break;
            case RegistrarActor.Enrol enrol: OnEnrol(enrol); break;
            case RepeatClaims: OnRepeatClaims(); break;
            case DeleteService delete: OnDelete(delete); break;
            case Subscribed subscribed: OnSubscribed(subscribed.Request); break;
            case Unsubscribed unsubscribed: OnUnsubscribed(unsubscribed.Request); break;
            case RoomJoined joined: OnRoomJoined(joined.Request); break;
            case RoomLeft left: OnRoomLeft(left.Request); break;
            case SetNickname set: OnSetNickname(set); break;
            case SessionEnded ended: OnSessionEnded(ended.Client); break;
            case FilesDeleted deleted: OnFilesDeleted(deleted); break;
            case FlushTouched: FlushAll(); break;
            case Apply apply: OnApply(apply); break;
            case PeerFound found: OnPeerFound(found.Peer); break;
            case PeerHas has: OnPeerHas(has.Peer, has.Number); break;
            case PeerStalls stalls: OnPeerStalls(stalls.Peer, stalls.Is); break;
            case PeerGone gone: OnPeerGone(gone.Peer); break;
            default: Unhandled(message); break;
        }
    }

    private void OnJoined(Join join, long grant)
    {
        ClientEntry client = join.Client;
        client.Grant = grant;
        // A session that has ended meanwhile is reported ended at once, and leaves as everyone else does.
        Context.WatchWith(client.Session, new SessionEnded(client));
        // Before anybody can find the client: it is the first that the client hears.
        if (join.Hello?.Invoke() is { } hello)
        {
            client.Outbox.Enqueue(Lane.Own, hello);
            _metrics.CountSent(1, hello.Length);
        }
        Add(client);
        Publish(new Change.Joined(client.Info, client.FileKey, grant));
        Answer(join, Outcome.Done);
    }

    // Where another has the name in this copy, the word of its leaving is still on its way from its node; or it was granted
    // the name later, and what is on its way is that this one has left.
    private void Add(ClientEntry client)
    {
        if (_view.TryGetClient(client.Info.Name, out ClientEntry? other))
        {
            if (other.Grant > client.Grant) return;
            Depart(other);
        }
        _view.Add(client);
        Announce(new ServerPayload.ClientJoined(client.Info), _view.Watchers, except: client);
    }

    private void OnCreated(CreateService create, long grant)
    {
        ServiceEntry service = create.Service;
        service.Grant = grant;
        if (!IsPresent(service.Owner))
        {
            Release(new RegisteredName(NameKind.Service, service.Name));
            return;
        }
        Add(service);
        Publish(new Change.Created(service.Owner.Info.Uuid, service.Id, service.Name, service.Info.Nickname, grant));
        Answer(create, Outcome.Done);
    }

    // As with clients.
    private void Add(ServiceEntry service)
    {
        if (_view.TryGetService(service.Name, out ServiceEntry? other))
        {
            if (other.Grant > service.Grant) return;
            Delete(other, except: null);
        }
        _view.Add(service);
        Announce(new ServerPayload.ServiceCreateResult(true, service.Info), _view.Watchers, except: service.Owner);
    }

    private void OnDelete(DeleteService delete)
    {
        ServiceEntry service = delete.Service;
        bool existed = Delete(service, except: service.Owner);
        if (existed) Publish(new Change.Deleted(service.Owner.Info.Uuid, service.Id));
        Answer(delete, existed ? Outcome.Done : Outcome.Gone);
    }

    private void OnSubscribed(ServiceActor.Subscribe request)
    {
        (ServiceEntry service, ClientEntry client) = request;
        if (!IsPresent(client)) return;
        if (!IsPresent(service))
        {
            Answer(request, Outcome.Gone);
            return;
        }
        Subscribe(service, client);
        Publish(new Change.Subscribed(client.Info.Uuid, service.Id));
        Answer(request, Outcome.Done);
    }

    private void Subscribe(ServiceEntry service, ClientEntry client)
    {
        if (!service.Subscribers.Add(client)) return;
        client.Subscriptions = client.Subscriptions.Add(service);
        Announce(new ServerPayload.ServiceClientSubscribed(client.Info, service.Info), service.Subscribers, except: client);
    }

    private void OnUnsubscribed(ServiceActor.Unsubscribe request)
    {
        (ServiceEntry service, ClientEntry client) = request;
        bool left = IsPresent(service) && Unsubscribe(service, client);
        if (left) Publish(new Change.Unsubscribed(client.Info.Uuid, service.Id));
        Answer(request, left ? Outcome.Done : Outcome.Gone);
    }

    private void OnSetNickname(SetNickname set)
    {
        ClientEntry client = set.Client;
        if (!IsPresent(client)) return;
        Rename(client, set.Nickname);
        Publish(new Change.Renamed(client.Info.Uuid, set.Nickname));
        Answer(set, Outcome.Done);
    }

    private void Rename(ClientEntry client, string? nickname)
    {
        client.Info = client.Info with { Nickname = nickname };
        Announce(new ServerPayload.ClientUpdated(client.Info), _view.Watchers, except: client);
    }

    private void OnSessionEnded(ClientEntry client)
    {
        try
        {
            Strip(client);
        }
        finally
        {
            // Whatever fails on the way: in the end it is gone, and its name is free.
            _view.Remove(client);
            if (_files is null) OnFilesDeleted(new FilesDeleted(client, null));
            else DeleteFilesAsync(_files, client).PipeTo(Self);
        }
    }

    // The order in which a client leaves (protocol, section "Events"): its services, its subscriptions, its rooms, its
    // files, its name, and only then the word that it is gone. Who no longer finds the client finds it in no list either.
    private void Strip(ClientEntry client)
    {
        foreach (ServiceEntry service in client.Services) Delete(service, except: client);
        foreach (ServiceEntry service in client.Subscriptions) Unsubscribe(service, client);
        foreach (RoomEntry room in client.Rooms) LeaveRoom(room, client);
    }

    private static async Task<FilesDeleted> DeleteFilesAsync(IClientFiles files, ClientEntry client)
    {
        try
        {
            await files.DeleteAllAsync(client.Info.Uuid).ConfigureAwait(false);
            return new FilesDeleted(client, null);
        }
        catch (Exception fault)
        {
            return new FilesDeleted(client, fault);
        }
    }

    private void OnFilesDeleted(FilesDeleted deleted)
    {
        ClientInfo client = deleted.Client.Info;
        if (deleted.Fault is not null) Context.GetLogger().Error(deleted.Fault, "Cannot delete the files of client {0}", client.Uuid);
        Release(new RegisteredName(NameKind.Client, client.Name));
        Announce(new ServerPayload.ClientLeft(client), _view.Watchers);
        // The other nodes find out the rest by themselves.
        Publish(new Change.Left(client.Uuid));
    }

    private bool IsPresent(ClientEntry client) => _view.TryGetClient(client.Info.Uuid, out _);

    private bool IsPresent(ServiceEntry service) => _view.TryGetService(service.Name, out ServiceEntry? current) && current == service;

    private bool Delete(ServiceEntry service, ClientEntry? except)
    {
        if (!_view.Remove(service)) return false;
        foreach (ClientEntry subscriber in service.Subscribers.Snapshot())
            subscriber.Subscriptions = subscriber.Subscriptions.Remove(service);
        // Here it is a child of its owner's session.
        if (service.Owner.Home is null) Release(new RegisteredName(NameKind.Service, service.Name));
        else Context.Stop(service.Actor);
        Announce(new ServerPayload.ServiceDeleteResult(service.Info), _view.Watchers, except);
        return true;
    }

    private bool Unsubscribe(ServiceEntry service, ClientEntry client)
    {
        if (!service.Subscribers.Remove(client)) return false;
        client.Subscriptions = client.Subscriptions.Remove(service);
        if (service.Owner.Home is null && service.Owner.Outbox.Dialect?.WatchesSubscribers == true) service.Owner.Session.Tell(new SubscriberGone(client.Info.Uuid));
        Announce(new ServerPayload.ServiceClientUnsubscribed(client.Info, service.Info), service.Subscribers);
        return true;
    }

    // A client that speaks a dialect is told of what its dialect has words for, and of its own doings as of others': it is
    // not answered, and has to hear of them in order.
    private void Announce(ServerPayload payload, Roster audience, ClientEntry? except = null)
    {
        ClientEntry[] receivers = audience.Audience.Local;
        if (receivers.Length == 0) return;
        byte[] frame = PayloadFrame.Encode(payload);
        // What is queued in the mailbox now reaches the outboxes before they are flushed, once each. Told first, so that
        // they are flushed whatever happens in here.
        if (_touched.Count == 0) Self.Tell(FlushTouched.Instance);
        int told = 0;
        foreach (ClientEntry receiver in receivers)
        {
            if (receiver.Outbox.Dialect is { } dialect ? !dialect.TellsOf(payload) : !receiver.Presence || receiver == except) continue;
            told++;
            if (receiver.Outbox.Enqueue(Lane.Others, frame)) _touched.Add(receiver.Outbox);
        }
        _metrics.CountSent(told, (long)told * frame.Length);
    }

    // Thousands of sends take milliseconds, and everybody waits for the directory: another actor makes them.
    private void FlushAll()
    {
        if (_touched.Count == 0) return;
        _flusher.Tell(_touched);
        _touched = [];
    }

    /// <summary>A client is identified and wants its name; answered with Done or Refused.</summary>
    /// <param name="Client">The client.</param>
    /// <param name="Hello">
    /// Makes what tells it so, which is queued for it before anybody finds it; its session flushes. Called between two changes of the directory: what
    /// it says of the view is true then, and what changes afterwards is announced. Null, here or from it, for nothing.
    /// </param>
    public sealed record Join(ClientEntry Client, Func<byte[]?>? Hello) : ISessionRequest
    {
        /// <inheritdoc/>
        public IActorRef Session => Client.Session;
    }

    /// <summary>A client creates a service; answered with Done or Refused.</summary>
    /// <param name="Service">The service.</param>
    public sealed record CreateService(ServiceEntry Service) : ISessionRequest
    {
        /// <inheritdoc/>
        public IActorRef Session => Service.Owner.Session;
    }

    /// <summary>A service's owner deletes it; answered with Done, or Gone where it exists no more.</summary>
    /// <param name="Service">The service.</param>
    public sealed record DeleteService(ServiceEntry Service) : ISessionRequest
    {
        /// <inheritdoc/>
        public IActorRef Session => Service.Owner.Session;
    }

    /// <summary>A service has taken a subscriber; the subscriber's session is answered.</summary>
    /// <param name="Request">What was asked of the service.</param>
    public sealed record Subscribed(ServiceActor.Subscribe Request);

    /// <summary>A service has let a subscriber go; the subscriber's session is answered.</summary>
    /// <param name="Request">What was asked of the service.</param>
    public sealed record Unsubscribed(ServiceActor.Unsubscribe Request);

    /// <summary>A client changes its nickname; answered with Done.</summary>
    /// <param name="Client">The client.</param>
    /// <param name="Nickname">The new one, or null.</param>
    public sealed record SetNickname(ClientEntry Client, string? Nickname) : ISessionRequest
    {
        /// <inheritdoc/>
        public IActorRef Session => Client.Session;
    }

    /// <summary>Tells a service's owner that somebody is subscribed no more, for whatever reason; all that they sent before has reached the owner's outbox.</summary>
    /// <param name="Client">The subscriber's uuid.</param>
    internal sealed record SubscriberGone(Guid Client) : IDeadLetterSuppression;

    private sealed record SessionEnded(ClientEntry Client);

    private sealed record FilesDeleted(ClientEntry Client, Exception? Fault);

    private sealed record FlushTouched
    {
        public static readonly FlushTouched Instance = new();
    }
}
