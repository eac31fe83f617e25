using Concierge.Actors.Dialects;
using Concierge.Protocol;

namespace Concierge.Actors.Nodes;

/// <summary>What one node tells another, in order.</summary>
public abstract record LinkItem
{
    private LinkItem()
    {
    }

    /// <summary>About how many bytes it takes on the way.</summary>
    internal virtual int Size => 128;

    /// <summary>Something has changed about one of the sender's clients.</summary>
    /// <param name="Number">The sender's number of the change; 0 in the state that a new peer gets first.</param>
    /// <param name="What">What has changed.</param>
    public sealed record Changed(long Number, Change What) : LinkItem;

    /// <summary>Ends the state that a new peer gets first: from here on its copy is complete.</summary>
    /// <param name="Number">The number of the last change that is in the state.</param>
    public sealed record Complete(long Number) : LinkItem;

    /// <summary>Messages for clients of the receiving node.</summary>
    /// <param name="To">Which of them.</param>
    /// <param name="Frames">The frames as these clients get them, headers included; shared, and never changed.</param>
    /// <param name="Count">How many frames it is.</param>
    public sealed record Messages(Destination To, byte[] Frames, int Count) : LinkItem
    {
        /// <summary>The same as clients get it that speak the sender's dialect; null where it speaks none.</summary>
        public NativeFrames? Native { get; init; }

        internal override int Size => 128 + Frames.Length + (Native?.Frames.Length ?? 0);
    }

    /// <summary>Clients of the receiving node are to be closed.</summary>
    /// <param name="To">Which of them.</param>
    /// <param name="Code">The code of the close frame.</param>
    /// <param name="Reason">Its reason.</param>
    public sealed record Disconnect(Destination To, CloseCode Code, string Reason) : LinkItem;

    /// <summary>The receiving node is to drain and stop.</summary>
    /// <param name="By">Who wants it to.</param>
    public sealed record Drain(string By) : LinkItem;

    /// <summary>The receiver took so little for so long that messages had to be dropped.</summary>
    public sealed record Lost : LinkItem;
}

/// <summary>Messages in the words of the client that sent them.</summary>
/// <param name="Dialect">What it speaks.</param>
/// <param name="Frames">Whole frames; shared, and never changed.</param>
public sealed record NativeFrames(DialectKind Dialect, byte[] Frames);

/// <summary>Which of a node's clients get a message.</summary>
public abstract record Destination
{
    private Destination()
    {
    }

    /// <summary>All of them.</summary>
    public sealed record Everyone : Destination
    {
        /// <summary>The only one.</summary>
        public static Everyone Instance { get; } = new();
    }

    /// <summary>One of them.</summary>
    /// <param name="Client">Its uuid.</param>
    public sealed record ToClient(Guid Client) : Destination;

    /// <summary>Those that are subscribed to a service.</summary>
    /// <param name="Service">Which one.</param>
    public sealed record ToSubscribers(Guid Service) : Destination;

    /// <summary>Those that are members of a room.</summary>
    /// <param name="Room">The room's name.</param>
    public sealed record ToMembers(string Room) : Destination;
}
