namespace Akka.Actor;

/// <summary>Identity of a reference: its path and the uid of the incarnation behind it.</summary>
public abstract class ActorRefBase : IActorRef
{
    public abstract ActorPath Path { get; }

    public abstract void Tell(object message, IActorRef sender);

    public override string ToString() => Path.Uid == ActorPath.UndefinedUid ? $"[{Path}]" : $"[{Path}#{Path.Uid}]";

    public bool Equals(IActorRef other) =>
        ReferenceEquals(this, other) || (other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path));

    public override bool Equals(object obj) => obj is IActorRef other && Equals(other);

    // The uid is random, so hashing the path as well would only cost time.
    public override int GetHashCode() => Path.Uid == ActorPath.UndefinedUid ? Path.GetHashCode() : Path.Uid.GetHashCode();

    public int CompareTo(IActorRef other)
    {
        if (other is null)
            return 1;
        var byPath = Path.CompareTo(other.Path);
        return byPath != 0 ? byPath : Path.Uid.CompareTo(other.Path.Uid);
    }

    public int CompareTo(object obj) => obj switch
    {
        null => 1,
        IActorRef other => CompareTo(other),
        _ => throw new ArgumentException($"Expected an IActorRef to compare with, got {obj.GetType()}.", nameof(obj)),
    };
}

/// <summary>A reference with no mailbox behind it: it has no life cycle of its own.</summary>
public abstract class MinimalActorRef : ActorRefBase, IInternalActorRef
{
    internal abstract ActorSystemImpl System { get; }

    public override void Tell(object message, IActorRef sender) { }

    internal virtual void SendSystemMessage(SystemMessage message) { }

    ActorSystemImpl IInternalActorRef.System => System;
    IInternalActorRef IInternalActorRef.Parent => Nobody.Instance;
    bool IInternalActorRef.IsTerminated => false;
    IInternalActorRef IInternalActorRef.GetChild(string name) => Nobody.Instance;
    void IInternalActorRef.Start() { }
    void IInternalActorRef.Stop() { }
    void IInternalActorRef.Suspend() { }
    void IInternalActorRef.Resume(Exception causedByFailure) { }
    void IInternalActorRef.Restart(Exception cause) { }
    void IInternalActorRef.SendSystemMessage(SystemMessage message) => SendSystemMessage(message);
}

public sealed class Nobody : MinimalActorRef
{
    public static readonly Nobody Instance = new();

    private Nobody() { }

    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / "Nobody";

    internal override ActorSystemImpl System => throw new NotSupportedException("Nobody belongs to no actor system.");
}
