namespace Concierge.Node.Health;

/// <summary>Where a node is in its life.</summary>
internal enum NodePhase
{
    /// <summary>It doesn't take clients yet.</summary>
    Starting,

    /// <summary>It takes clients.</summary>
    Ready,

    /// <summary>It takes none any more, and closes those that it has.</summary>
    Draining,
}

/// <summary>What a node tells whoever asks whether to send it clients. Goes one way only. Thread-safe.</summary>
internal sealed class NodeState
{
    private int _phase;

    /// <summary>Where the node is now.</summary>
    public NodePhase Phase => (NodePhase)Volatile.Read(ref _phase);

    /// <summary>The node takes clients from now on, unless it drains already.</summary>
    public void BecomeReady() => Interlocked.CompareExchange(ref _phase, (int)NodePhase.Ready, (int)NodePhase.Starting);

    /// <summary>The node takes no clients any more.</summary>
    /// <returns>Where it was before.</returns>
    public NodePhase BeginDraining() => (NodePhase)Interlocked.Exchange(ref _phase, (int)NodePhase.Draining);
}
