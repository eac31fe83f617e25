using Akka.Actor;
using Akka.Event;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Actors.Sessions;
using Concierge.Protocol;

namespace Concierge.Actors.Nodes;

/// <summary>
/// One node's end of the link to another: everything that the two tell each other, changes of the directory and messages
/// of clients, goes through here in one order, once each, whatever the transport loses. What comes in is dealt with in
/// that order too: a message that follows a change finds it in the <see cref="DirectoryView"/>.
/// </summary>
internal sealed class PeerActor : UntypedActor, IWithTimers
{
    /// <summary>How long an answer may take before the question is put again.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>After so long without a sign of life nobody waits for the node any more.</summary>
    private const int PatienceBeforeStalled = 4;

    /// <summary>So much is kept for a node that takes nothing; messages beyond that are dropped, and it is told so.</summary>
    private const long MostKept = 64 * 1024 * 1024;

    private readonly PeerContext _context;
    private readonly Peer _peer;
    private readonly ICanTell _contact;
    private readonly OutgoingLink _outgoing = new();
    private readonly IncomingLink _incoming = new();
    private readonly FlushQueue _touched = new();
    private IActorRef _remote = ActorRefs.Nobody;
    private bool _reachable = true, _sends, _continues, _hasLost;
    private long _acknowledged, _rewoundAt = -1, _answered;
    private int _silence;
    private int _applying;

    public PeerActor(PeerContext context, NodeId node)
    {
        _context = context;
        _peer = new Peer(node, Self, context.Contact(node, "files"));
        _contact = context.Contact(node, "peers");
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(PeerContext context, NodeId node) => Akka.Actor.Props.Create(() => new PeerActor(context, node));

    protected override void PreStart()
    {
        _context.Directory.Tell(new DirectoryActor.PeerFound(_peer));
        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, Patience);
        Self.Tell(Tick.Instance);
    }

    protected override void PostStop()
    {
        _peer.SetStalled(true);
        _context.Cluster.Gone(_peer);
        // After all that it was told to apply.
        _context.Directory.Tell(new DirectoryActor.PeerGone(_peer));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LinkItem.Messages messages: OnMessages(messages); break;
            case LinkItem item: Add(item); break;
            case Batch batch when IsRemote: OnBatch(batch); break;
            case Acknowledgement acknowledgement when IsRemote: OnAcknowledged(acknowledgement); break;
            case SendSoon: SendAll(); break;
            case Applied: OnApplied(); break;
            case Continue: OnContinue(); break;
            case PeersActor.Connect: OnConnected(answer: true); break;
            case Connected: OnConnected(answer: false); break;
            case Reachable reachable: OnReachable(reachable.Is); break;
            case Tick: OnTick(); break;
            default: Unhandled(message); break;
        }
    }

    private bool IsRemote => Sender.Equals(_remote);

    // To the other node.

    private void OnMessages(LinkItem.Messages messages)
    {
        if (!_peer.IsStalled || _outgoing.Bytes < MostKept)
        {
            Add(messages);
            return;
        }
        _peer.Taken(messages.Size);
        if (_hasLost) return;
        _hasLost = true;
        Context.GetLogger().Warning("Node {0} takes nothing: messages for its clients are dropped, and they will be told", _peer.Node);
        Add(new LinkItem.Lost());
    }

    private void Add(LinkItem item)
    {
        _outgoing.Add(item);
        // What is in the mailbox now goes into the same batch.
        if (_sends) return;
        _sends = true;
        Self.Tell(SendSoon.Instance);
    }

    private void SendAll()
    {
        _sends = false;
        if (_remote.IsNobody()) return;
        while (_outgoing.TryTake(out long first, out LinkItem[] items))
        {
            _context.Cluster.CountSent(items.Length);
            _remote.Tell(new Batch(first, items));
        }
    }

    private void OnAcknowledged(Acknowledgement acknowledgement)
    {
        long bytes = 0, number = -1;
        foreach (LinkItem item in _outgoing.Acknowledge(acknowledgement.UpTo))
        {
            switch (item)
            {
                case LinkItem.Messages messages: bytes += messages.Size; break;
                case LinkItem.Changed { Number: > 0 } changed: number = changed.Number; break;
                case LinkItem.Complete complete: number = complete.Number; break;
                case LinkItem.Lost: _hasLost = false; break;
            }
        }
        if (number >= 0) _context.Directory.Tell(new DirectoryActor.PeerHas(_peer, number));
        if (bytes > 0) _peer.Taken(bytes);
        // One gap is reported by every batch behind it.
        if (acknowledgement.IsGap && _rewoundAt != acknowledgement.UpTo)
        {
            _rewoundAt = acknowledgement.UpTo;
            Rewind();
        }
        SendAll();
    }

    private void Rewind()
    {
        _context.Cluster.CountResent();
        _outgoing.Rewind();
    }

    private void OnTick()
    {
        if (_remote.IsNobody()) _contact.Tell(new PeersActor.Connect(_context.Self), Self);
        bool isSilent = !_outgoing.IsEmpty && _outgoing.Acknowledged == _acknowledged;
        _acknowledged = _outgoing.Acknowledged;
        _silence = isSilent ? _silence + 1 : 0;
        SetStalled(!_reachable || _silence >= PatienceBeforeStalled);
        if (!isSilent || !_reachable || _remote.IsNobody()) return;
        Rewind();
        SendAll();
    }

    private void SetStalled(bool stalled)
    {
        if (stalled == _peer.IsStalled) return;
        _peer.SetStalled(stalled);
        _context.Directory.Tell(new DirectoryActor.PeerStalls(_peer, stalled));
    }

    private void OnReachable(bool reachable)
    {
        _reachable = reachable;
        OnTick();
    }

    private void OnConnected(bool answer)
    {
        _remote = Sender;
        if (answer) _remote.Tell(Connected.Instance);
        SendAll();
    }

    // From the other node.

    private void OnBatch(Batch batch)
    {
        _context.Cluster.CountReceived(batch.Items.Count);
        if (!_incoming.Receive(batch.First, batch.Items)) _remote.Tell(new Acknowledgement(_incoming.Done, IsGap: true));
        // What came twice is acknowledged twice: the first acknowledgement may have been lost.
        else _answered = -1;
        Proceed();
    }

    private void OnApplied()
    {
        for (; _applying > 0; _applying--) _incoming.Finish();
        Proceed();
    }

    private void OnContinue()
    {
        _continues = false;
        Proceed();
    }

    // Deals with what has come until the directory has to apply changes first.
    private void Proceed()
    {
        while (_applying == 0 && _incoming.Next is { } item)
        {
            switch (item)
            {
                case LinkItem.Changed:
                    Apply(_incoming.NextOf<LinkItem.Changed>());
                    continue;
                case LinkItem.Messages messages:
                    Deliver(messages);
                    break;
                case LinkItem.Disconnect(var to, var code, var reason):
                    Close(Receivers(to), code, reason);
                    break;
                case LinkItem.Drain(var by):
                    Context.System.EventStream.Publish(new DrainRequested(by));
                    break;
                case LinkItem.Complete:
                    _context.Cluster.Completed(_peer);
                    break;
                case LinkItem.Lost:
                    OnLost();
                    break;
            }
            _incoming.Finish();
        }
        if (_applying == 0 && _incoming.Done != _answered)
        {
            _answered = _incoming.Done;
            _remote.Tell(new Acknowledgement(_answered, IsGap: false));
        }
        if (!_touched.FlushSome() || _continues) return;
        _continues = true;
        Self.Tell(Continue.Instance);
    }

    private void Apply(List<LinkItem.Changed> changes)
    {
        _applying = changes.Count;
        _context.Directory.Tell(new DirectoryActor.Apply(_peer, [.. changes.Select(changed => changed.What)]));
    }

    private void Deliver(LinkItem.Messages messages)
    {
        if (messages.Native is var (dialect, native)) _context.Dialects[dialect].Learn(messages.Frames, native);
        int receivers = 0;
        foreach (ClientEntry receiver in Receivers(messages.To))
        {
            receivers++;
            if (receiver.Outbox.Enqueue(Lane.Others, messages.Frames)) _touched.Add(receiver.Outbox);
        }
        _context.Metrics.CountSent((long)receivers * messages.Count, (long)receivers * messages.Frames.Length);
    }

    private ReadOnlySpan<ClientEntry> Receivers(Destination to)
    {
        DirectoryView view = _context.View;
        return to switch
        {
            Destination.Everyone => view.Clients.Audience.Local,
            Destination.ToClient(var uuid) when view.TryGetClient(uuid, out ClientEntry? client) && client.Home is null => new[] { client },
            Destination.ToSubscribers(var id) when view.TryGetService(id, out ServiceEntry? service) => service.Subscribers.Audience.Local,
            Destination.ToMembers(var name) when view.TryGetRoom(name, out RoomEntry? room) => room.Members.Audience.Local,
            // Left while the message was on its way.
            _ => [],
        };
    }

    // This node lagged so far behind that it missed messages, nobody knows for whom: as slow consumers all its clients
    // start anew.
    private void OnLost()
    {
        Context.GetLogger().Warning("Node {0} had to drop messages for this node, which lagged behind: all clients are closed with 4010", _peer.Node);
        Close(_context.View.Clients.Audience.Local, CloseCode.SlowConsumer, "the node lagged behind, and missed messages");
    }

    private static void Close(ReadOnlySpan<ClientEntry> clients, CloseCode code, string reason)
    {
        var close = new SessionActor.Close(code, reason);
        foreach (ClientEntry client in clients) client.Session.Tell(close);
    }

    /// <summary>Items in order, the first of which has the number given.</summary>
    internal sealed record Batch(long First, IReadOnlyList<LinkItem> Items) : INodeMessage, IDeadLetterSuppression;

    /// <summary>All items up to a number were dealt with; a gap says that what followed it got lost.</summary>
    internal sealed record Acknowledgement(long UpTo, bool IsGap) : INodeMessage, IDeadLetterSuppression;

    /// <summary>The other end has been told which actor this end is; the sender is the other.</summary>
    internal sealed record Connected : INodeMessage, IDeadLetterSuppression
    {
        public static readonly Connected Instance = new();
    }

    /// <summary>The directory has applied what it was told to.</summary>
    internal sealed record Applied
    {
        public static readonly Applied Instance = new();
    }

    /// <summary>Whether the node answers at the moment.</summary>
    internal sealed record Reachable(bool Is);

    private sealed record SendSoon : IDeadLetterSuppression
    {
        public static readonly SendSoon Instance = new();
    }

    private sealed record Continue : IDeadLetterSuppression
    {
        public static readonly Continue Instance = new();
    }

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }
}
