using Akka.Actor;
using Akka.Event;
using Concierge.Actors.Connections;
using Concierge.Actors.Services;
using Concierge.Actors.Sessions;
using Concierge.Actors.Telemetry;
using Concierge.Protocol;

namespace Concierge.Actors.Directory;

/// <summary>
/// The one writer of the node's <see cref="DirectoryView"/>. Sessions, services and rooms tell it what is to change; it gets
/// names from the registrar, changes the view, tells every client that wants to know, and then answers the one that
/// asked: who has its answer finds the change in the view, and so does everyone who learnt of it by an event.
/// </summary>
public sealed partial class DirectoryActor : UntypedActor
{
    private readonly DirectoryView _view;
    private readonly IActorRef _registrar;
    private readonly ConciergeMetrics _metrics;
    private readonly IClientFiles? _files;
    private readonly Dictionary<Guid, ISessionRequest> _claims = [];
    private List<Outbox> _touched = [];
    private IActorRef _flusher = ActorRefs.Nobody;

    /// <summary>Use <see cref="Props"/>.</summary>
    public DirectoryActor(DirectoryView view, IActorRef registrar, ConciergeMetrics metrics, IClientFiles? files)
    {
        _view = view;
        _registrar = registrar;
        _metrics = metrics;
        _files = files;
    }

    /// <summary>How to create it.</summary>
    /// <param name="view">What it writes.</param>
    /// <param name="registrar">Who grants names.</param>
    /// <param name="metrics">What is counted.</param>
    /// <param name="files">Told when a client has left; null where there are no files.</param>
    public static Props Props(DirectoryView view, IActorRef registrar, ConciergeMetrics metrics, IClientFiles? files) =>
        Akka.Actor.Props.Create(() => new DirectoryActor(view, registrar, metrics, files));

    /// <inheritdoc/>
    protected override void PreStart() => _flusher = Context.ActorOf(FlusherActor.Props(), "flusher");

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
        RegistrarActor.Granted granted => _claims.GetValueOrDefault(granted.Claim.Id),
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
            case Join join: Claim(NameKind.Client, join.Client.Info.Name, join); break;
            case CreateService create: Claim(NameKind.Service, create.Service.Name, create); break;
            case RegistrarActor.Granted granted: OnGranted(granted.Claim); break;
            case RegistrarActor.Refused refused: OnRefused(refused.Claim); break;
            case DeleteService delete: OnDelete(delete); break;
            case Subscribed subscribed: OnSubscribed(subscribed.Request); break;
            case Unsubscribed unsubscribed: OnUnsubscribed(unsubscribed.Request); break;
            case RoomJoined joined: OnRoomJoined(joined.Request, joined.Room); break;
            case RoomLeft left: OnRoomLeft(left.Request, left.Room); break;
            case SetNickname set: OnSetNickname(set); break;
            case SessionEnded ended: OnSessionEnded(ended.Client); break;
            case FilesDeleted deleted: OnFilesDeleted(deleted); break;
            case FlushTouched: FlushAll(); break;
            default: Unhandled(message); break;
        }
    }

    private void Claim(NameKind kind, string name, ISessionRequest request)
    {
        var claim = new RegistrarActor.Claim(kind, name, Guid.NewGuid());
        _claims.Add(claim.Id, request);
        _registrar.Tell(claim);
    }

    private void OnGranted(RegistrarActor.Claim claim)
    {
        if (!_claims.Remove(claim.Id, out ISessionRequest? request)) return;
        if (request is Join join) OnJoined(join);
        else OnCreated((CreateService)request);
    }

    private void OnRefused(RegistrarActor.Claim claim)
    {
        if (_claims.Remove(claim.Id, out ISessionRequest? request)) Answer(request, Outcome.Refused);
    }

    private void OnJoined(Join join)
    {
        ClientEntry client = join.Client;
        // A session that has ended meanwhile is reported ended at once, and leaves as everyone else does.
        Context.WatchWith(client.Session, new SessionEnded(client));
        // Before anybody can find the client: it is the first that the client hears.
        client.Outbox.Enqueue(Lane.Own, join.Hello);
        _metrics.CountSent(1, join.Hello.Length);
        _view.Add(client);
        Announce(new ServerPayload.ClientJoined(client.Info), _view.Watchers, except: client);
        Answer(join, Outcome.Done);
    }

    private void OnCreated(CreateService create)
    {
        ServiceEntry service = create.Service;
        if (!IsPresent(service.Owner))
        {
            _registrar.Tell(new RegistrarActor.Release(NameKind.Service, service.Name));
            return;
        }
        _view.Add(service);
        Announce(new ServerPayload.ServiceCreateResult(true, service.Info), _view.Watchers, except: service.Owner);
        Answer(create, Outcome.Done);
    }

    private void OnDelete(DeleteService delete)
    {
        ServiceEntry service = delete.Service;
        bool existed = Delete(service, except: service.Owner);
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
        service.Subscribers.Add(client);
        client.Subscriptions = client.Subscriptions.Add(service);
        Announce(new ServerPayload.ServiceClientSubscribed(client.Info, service.Info), service.Subscribers, except: client);
        Answer(request, Outcome.Done);
    }

    private void OnUnsubscribed(ServiceActor.Unsubscribe request)
    {
        bool left = IsPresent(request.Service) && Unsubscribe(request.Service, request.Client);
        Answer(request, left ? Outcome.Done : Outcome.Gone);
    }

    private void OnSetNickname(SetNickname set)
    {
        ClientEntry client = set.Client;
        if (!IsPresent(client)) return;
        client.Info = client.Info with { Nickname = set.Nickname };
        Announce(new ServerPayload.ClientUpdated(client.Info), _view.Watchers, except: client);
        Answer(set, Outcome.Done);
    }

    // The order in which a client leaves (protocol, section "Events"): its services, its subscriptions, its rooms, its
    // files, its name, and only then the word that it is gone. Who no longer finds the client finds it in no list either.
    private void OnSessionEnded(ClientEntry client)
    {
        try
        {
            foreach (ServiceEntry service in client.Services) Delete(service, except: client);
            foreach (ServiceEntry service in client.Subscriptions) Unsubscribe(service, client);
            foreach (RoomEntry room in client.Rooms) LeaveRoom(room, client);
        }
        finally
        {
            // Whatever fails on the way: in the end it is gone, and its name is free.
            _view.Remove(client);
            if (_files is null) OnFilesDeleted(new FilesDeleted(client, null));
            else DeleteFilesAsync(_files, client).PipeTo(Self);
        }
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
        _registrar.Tell(new RegistrarActor.Release(NameKind.Client, client.Name));
        Announce(new ServerPayload.ClientLeft(client), _view.Watchers);
    }

    private static void Answer(ISessionRequest request, Outcome outcome) =>
        request.Session.Tell(new SessionActor.Answer(request, outcome));

    private bool IsPresent(ClientEntry client) => _view.TryGetClient(client.Info.Uuid, out _);

    private bool IsPresent(ServiceEntry service) => _view.TryGetService(service.Name, out ServiceEntry? current) && current == service;

    private bool Delete(ServiceEntry service, ClientEntry except)
    {
        if (!_view.Remove(service)) return false;
        foreach (ClientEntry subscriber in service.Subscribers.Snapshot())
            subscriber.Subscriptions = subscriber.Subscriptions.Remove(service);
        _registrar.Tell(new RegistrarActor.Release(NameKind.Service, service.Name));
        Announce(new ServerPayload.ServiceDeleteResult(service.Info), _view.Watchers, except);
        return true;
    }

    private bool Unsubscribe(ServiceEntry service, ClientEntry client)
    {
        if (!service.Subscribers.Remove(client)) return false;
        client.Subscriptions = client.Subscriptions.Remove(service);
        Announce(new ServerPayload.ServiceClientUnsubscribed(client.Info, service.Info), service.Subscribers);
        return true;
    }

    private void Announce(ServerPayload payload, Roster audience, ClientEntry? except = null)
    {
        ClientEntry[] receivers = audience.Snapshot();
        if (receivers.Length == 0) return;
        byte[] frame = PayloadFrame.Encode(payload);
        // What is queued in the mailbox now reaches the outboxes before they are flushed, once each. Told first, so that
        // they are flushed whatever happens in here.
        if (_touched.Count == 0) Self.Tell(FlushTouched.Instance);
        int told = 0;
        foreach (ClientEntry receiver in receivers)
        {
            if (!receiver.Presence || receiver == except) continue;
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
    /// <param name="Hello">The frame that tells it so, queued for it before anybody finds it; its session flushes.</param>
    public sealed record Join(ClientEntry Client, byte[] Hello) : ISessionRequest
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

    private sealed record SessionEnded(ClientEntry Client);

    private sealed record FilesDeleted(ClientEntry Client, Exception? Fault);

    private sealed record FlushTouched
    {
        public static readonly FlushTouched Instance = new();
    }
}
