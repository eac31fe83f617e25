using Akka.Actor;

namespace Concierge.Actors.Nodes;

/// <summary>
/// Another node of the cluster, as this node's sessions see it: where they put messages for the clients over there, and
/// where these clients' files are. Thread-safe.
/// </summary>
/// <param name="node">Which node.</param>
/// <param name="link">The actor that keeps the link to it.</param>
/// <param name="files">Where it is asked for the files of its clients.</param>
public sealed class Peer(NodeId node, IActorRef link, ICanTell files)
{
    /// <summary>With so many bytes on the way, who sends more waits for a moment.</summary>
    internal const int Room = 8 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly List<IActorRef> _waiting = [];
    private long _queued;
    private bool _stalled;

    /// <summary>Which node.</summary>
    public NodeId Node => node;

    /// <summary>The actor that keeps the link to it.</summary>
    public IActorRef Link => link;

    /// <summary>Where it is asked for the files of its clients.</summary>
    internal ICanTell Files => files;

    /// <summary>Bytes of messages that the node has not taken yet.</summary>
    public long Queued => Volatile.Read(ref _queued);

    /// <summary>Whether so much is on the way that who sends more had better wait.</summary>
    public bool IsCongested => Queued > Room && !IsStalled;

    /// <summary>Whether it has taken nothing for so long that nobody waits for it.</summary>
    public bool IsStalled => Volatile.Read(ref _stalled);

    /// <summary>Sends messages on. In order for each sender, and in order with what the directory tells the node.</summary>
    public void Send(LinkItem.Messages messages)
    {
        Interlocked.Add(ref _queued, messages.Size);
        link.Tell(messages, ActorRefs.NoSender);
    }

    /// <summary>Has an actor told <see cref="RoomAgain"/> once there is room.</summary>
    /// <returns>False where there is room already; then nothing is told.</returns>
    public bool AwaitRoom(IActorRef sender)
    {
        lock (_gate)
        {
            if (!IsCongested) return false;
            _waiting.Add(sender);
            return true;
        }
    }

    /// <summary>The node has taken messages, or they were dropped.</summary>
    internal void Taken(long bytes)
    {
        long left = Interlocked.Add(ref _queued, -bytes);
        // With some distance, so that senders come back to more than a single place.
        if (left <= Room / 2 && left + bytes > 0) Release();
    }

    /// <summary>Nobody waits for a node that takes nothing at all.</summary>
    internal void SetStalled(bool stalled)
    {
        lock (_gate) Volatile.Write(ref _stalled, stalled);
        if (stalled) Release();
    }

    private void Release()
    {
        IActorRef[] waiting;
        lock (_gate)
        {
            if (_waiting.Count == 0) return;
            waiting = [.. _waiting];
            _waiting.Clear();
        }
        foreach (IActorRef sender in waiting) sender.Tell(RoomAgain.Instance);
    }

    /// <summary>A node that was congested takes messages again.</summary>
    public sealed record RoomAgain : Akka.Event.IDeadLetterSuppression
    {
        /// <summary>The only one.</summary>
        public static RoomAgain Instance { get; } = new();
    }
}
