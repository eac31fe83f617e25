using System.Collections.Immutable;

namespace Concierge.Actors.Nodes;

/// <summary>
/// What a node knows of the cluster that it is in: for health checks, metrics and operators. Thread-safe; written by the
/// node's actors alone.
/// </summary>
public sealed class ClusterView
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Membership? _membership;
    private ImmutableDictionary<NodeId, Peer> _complete = ImmutableDictionary<NodeId, Peer>.Empty;
    private bool _hasRegistrar;
    private long _version, _sent, _received, _resent, _connects;

    /// <summary>The nodes, as this one sees them; null until it has seen any.</summary>
    public Membership? Membership
    {
        get => Volatile.Read(ref _membership);
        internal set
        {
            Volatile.Write(ref _membership, value);
            CheckReady();
        }
    }

    /// <summary>Whether the node knows who grants names.</summary>
    public bool HasRegistrar
    {
        get => Volatile.Read(ref _hasRegistrar);
        internal set
        {
            Volatile.Write(ref _hasRegistrar, value);
            CheckReady();
        }
    }

    /// <summary>How many changes about its own clients the node has told the others.</summary>
    public long Version
    {
        get => Volatile.Read(ref _version);
        internal set => Volatile.Write(ref _version, value);
    }

    /// <summary>Items sent to other nodes: a broadcast, or what was joined with it, is one for each.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Items that came from other nodes.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>How often something had to be sent again.</summary>
    public long Resent => Volatile.Read(ref _resent);

    /// <summary>How many connections to other nodes were opened.</summary>
    public long Connects => Volatile.Read(ref _connects);

    /// <summary>Whether the node can serve clients: it takes part, knows who is on every node that answers, and where names are granted.</summary>
    public bool IsReady =>
        Membership is { } membership && HasRegistrar
        && membership.Members.Any(member => member.Node == membership.Self && member.Status == NodeStatus.Up)
        && membership.Present.All(member => member.Node == membership.Self || !member.IsReachable || _complete.ContainsKey(member.Node));

    /// <summary>The link to another node that this one has heard all from; null where there is none.</summary>
    internal Peer? PeerOf(NodeId node) => _complete.GetValueOrDefault(node);

    /// <summary>Completes when the node <see cref="IsReady"/> for the first time.</summary>
    public Task Ready => _ready.Task;

    internal void Completed(Peer peer)
    {
        ImmutableInterlocked.TryAdd(ref _complete, peer.Node, peer);
        CheckReady();
    }

    internal void Gone(Peer peer) => ImmutableInterlocked.TryRemove(ref _complete, peer.Node, out _);

    internal void CountSent(int items) => Interlocked.Add(ref _sent, items);

    internal void CountReceived(int items) => Interlocked.Add(ref _received, items);

    internal void CountResent() => Interlocked.Increment(ref _resent);

    internal void CountConnect() => Interlocked.Increment(ref _connects);

    private void CheckReady()
    {
        // Several actors write, and the last of them has to see what the others wrote.
        Interlocked.MemoryBarrier();
        if (!_ready.Task.IsCompleted && IsReady) _ready.TrySetResult();
    }
}
