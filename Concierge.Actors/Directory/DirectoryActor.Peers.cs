using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Concierge.Actors.Nodes;
using Concierge.Actors.Services;
using Concierge.Actors.Sessions;
using Concierge.Protocol;

namespace Concierge.Actors.Directory;

// The other nodes: each directory alone decides on its own node's clients and on all that is theirs, numbers these changes
// and tells them to the others, which apply them as they come. A session has its answer when every node that answers at
// the moment has the change, so that whoever hears of it from the client itself finds it anywhere.
public sealed partial class DirectoryActor
{
    private readonly Dictionary<Peer, PeerState> _peers = [];
    private readonly Queue<(long Number, ISessionRequest Request, Outcome Outcome)> _unanswered = [];
    private readonly Dictionary<Guid, List<ClientEntry>> _early = [];
    private long _number;

    private void Publish(Change change)
    {
        _cluster.Version = ++_number;
        foreach (Peer peer in _peers.Keys) peer.Link.Tell(new LinkItem.Changed(_number, change));
    }

    private void Answer(ISessionRequest request, Outcome outcome)
    {
        _unanswered.Enqueue((_number, request, outcome));
        AnswerAll();
    }

    private void AnswerAll()
    {
        long everywhere = long.MaxValue;
        foreach (PeerState state in _peers.Values)
        {
            // One that has not been told all yet has no clients to whom it would matter.
            if (!state.IsStalled && state.Has >= 0) everywhere = Math.Min(everywhere, state.Has);
        }
        while (_unanswered.TryPeek(out (long Number, ISessionRequest Request, Outcome Outcome) next) && next.Number <= everywhere)
        {
            _unanswered.Dequeue();
            next.Request.Session.Tell(new SessionActor.Answer(next.Request, next.Outcome));
        }
    }

    private void OnPeerFound(Peer peer)
    {
        _peers.Add(peer, new PeerState());
        foreach (Change change in State()) peer.Link.Tell(new LinkItem.Changed(0, change));
        peer.Link.Tell(new LinkItem.Complete(_number));
    }

    // Services first: who is subscribed to what follows.
    private IEnumerable<Change> State()
    {
        ClientEntry[] clients = _view.Clients.Audience.Local;
        foreach (ClientEntry client in clients)
        {
            yield return new Change.Joined(client.Info, client.FileKey, client.Grant);
            foreach (ServiceEntry service in client.Services) yield return new Change.Created(client.Info.Uuid, service.Id, service.Name, service.Info.Nickname, service.Grant);
        }
        foreach (ClientEntry client in clients)
        {
            foreach (ServiceEntry service in client.Subscriptions) yield return new Change.Subscribed(client.Info.Uuid, service.Id);
            foreach (RoomEntry room in client.Rooms) yield return new Change.Entered(client.Info.Uuid, room.Name);
        }
    }

    private void OnPeerHas(Peer peer, long number)
    {
        if (!_peers.TryGetValue(peer, out PeerState? state)) return;
        state.Has = number;
        AnswerAll();
    }

    private void OnPeerStalls(Peer peer, bool stalls)
    {
        if (!_peers.TryGetValue(peer, out PeerState? state)) return;
        state.IsStalled = stalls;
        if (IsAt(_registrar, peer)) _cluster.HasRegistrar = !stalls;
        AnswerAll();
    }

    private void OnPeerGone(Peer peer)
    {
        _peers.Remove(peer);
        if (IsAt(_registrar, peer)) _cluster.HasRegistrar = false;
        foreach (ClientEntry client in _view.Clients.Snapshot().Where(client => client.Home == peer)) Depart(client);
        AnswerAll();
    }

    private static bool IsAt(IActorRef actor, Peer peer) => actor.Path.Address.ToString() == peer.Node.Address;

    private void OnApply(Apply apply)
    {
        foreach (Change change in apply.Changes)
        {
            try
            {
                Do(apply.Peer, change);
            }
            catch (Exception fault)
            {
                // The others don't depend on it, and the peer waits.
                Context.GetLogger().Error(fault, "A change that {0} has told failed: {1}", apply.Peer.Node, change);
            }
        }
        Sender.Tell(PeerActor.Applied.Instance);
    }

    private void Do(Peer peer, Change change)
    {
        if (change is Change.Joined joined)
        {
            _latestGrant = Math.Max(_latestGrant, joined.Grant);
            Add(new ClientEntry(joined.Info, joined.FileKey, peer) { Grant = joined.Grant });
            return;
        }
        // One whose name another has got already is known to be gone, and its last changes come too late.
        if (!_view.TryGetClient(change.Client, out ClientEntry? client) || client.Home != peer) return;
        switch (change)
        {
            case Change.Left: Depart(client); break;
            case Change.Renamed renamed: Rename(client, renamed.Nickname); break;
            case Change.Created created: OnCreatedElsewhere(created, client); break;
            case Change.Deleted deleted: if (_view.TryGetService(deleted.Service, out ServiceEntry? old)) Delete(old, except: null); break;
            case Change.Subscribed subscribed: OnSubscribedElsewhere(subscribed.Service, client); break;
            case Change.Unsubscribed unsubscribed: OnUnsubscribedElsewhere(unsubscribed.Service, client); break;
            case Change.Entered entered: JoinRoom(entered.Room, client); break;
            case Change.Quit quit: if (_view.TryGetRoom(quit.Room, out RoomEntry? room)) LeaveRoom(room, client); break;
        }
    }

    private void OnCreatedElsewhere(Change.Created created, ClientEntry owner)
    {
        _latestGrant = Math.Max(_latestGrant, created.Grant);
        IActorRef actor = Context.ActorOf(ServiceActor.Props(Self));
        var service = new ServiceEntry(created.Service, created.Name, created.Nickname, owner, actor) { Grant = created.Grant };
        Add(service);
        if (!IsPresent(service))
        {
            Context.Stop(actor);
            return;
        }
        if (_early.Remove(created.Service, out List<ClientEntry>? early)) early.ForEach(client => Subscribe(service, client));
        foreach (Pending pending in _claims.Values.Where(pending => pending.Request is CreateService create && create.Service.Name == created.Name).ToList())
        {
            _claims.Remove(pending.Claim.Id);
            Answer(pending.Request, Outcome.Refused);
        }
    }

    // Service and subscriber may be on two nodes, of which one is quicker: then the subscription waits for the service. One
    // that has been deleted never comes, and the client's leaving clears that up.
    private void OnSubscribedElsewhere(Guid id, ClientEntry client)
    {
        if (_view.TryGetService(id, out ServiceEntry? service)) Subscribe(service, client);
        else if (_early.TryGetValue(id, out List<ClientEntry>? early)) early.Add(client);
        else _early.Add(id, [client]);
    }

    private void OnUnsubscribedElsewhere(Guid id, ClientEntry client)
    {
        if (_view.TryGetService(id, out ServiceEntry? service)) Unsubscribe(service, client);
        else ForgetEarly(client, id);
    }

    private void ForgetEarly(ClientEntry client, Guid id)
    {
        if (_early.TryGetValue(id, out List<ClientEntry>? early) && early.Remove(client) && early.Count == 0) _early.Remove(id);
    }

    // A client of another node has left. Of this node only one can be meant that has lost its name to another: nodes have
    // disagreed on who is a member, and in the end the later grant holds.
    private void Depart(ClientEntry client)
    {
        if (client.Home is null)
        {
            Context.GetLogger().Error("The name {0} was granted twice; its client here is closed", client.Info.Name);
            client.Session.Tell(new SessionActor.Close(CloseCode.DuplicateAuth, "the name is taken"));
            return;
        }
        Strip(client);
        _view.Remove(client);
        foreach (Guid id in _early.Keys.ToList()) ForgetEarly(client, id);
        Announce(new ServerPayload.ClientLeft(client.Info), _view.Watchers);
    }

    /// <summary>Another node's changes, in their order; answered with <see cref="PeerActor.Applied"/>.</summary>
    /// <param name="Peer">The node.</param>
    /// <param name="Changes">What has changed there.</param>
    internal sealed record Apply(Peer Peer, ImmutableArray<Change> Changes);

    /// <summary>There is another node: it is told all that there is, and all changes from now on.</summary>
    /// <param name="Peer">The node.</param>
    internal sealed record PeerFound(Peer Peer);

    /// <summary>Another node has applied changes.</summary>
    /// <param name="Peer">The node.</param>
    /// <param name="Number">The number of the last of them.</param>
    internal sealed record PeerHas(Peer Peer, long Number);

    /// <summary>Another node does not answer at the moment, or answers again: nobody waits for one that doesn't.</summary>
    /// <param name="Peer">The node.</param>
    /// <param name="Is">Whether it does not answer.</param>
    internal sealed record PeerStalls(Peer Peer, bool Is);

    /// <summary>Another node is gone for good, and all that was there.</summary>
    /// <param name="Peer">The node.</param>
    internal sealed record PeerGone(Peer Peer);

    private sealed class PeerState
    {
        /// <summary>The number of the last change that the node has applied; before the first, none.</summary>
        public long Has { get; set; } = -1;

        public bool IsStalled { get; set; }
    }
}
