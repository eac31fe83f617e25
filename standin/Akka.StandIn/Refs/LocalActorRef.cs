namespace Akka.Actor;

/// <summary>The reference to an actor of this process; survives its restarts, and after its death leads to the dead letters.</summary>
internal sealed class LocalActorRef(ActorPath path) : ActorRefBase, IInternalActorRef
{
    public override ActorPath Path { get; } = path;

    internal ActorCell Cell { get; set; }

    public ActorSystemImpl System => Cell.SystemImpl;
    public IInternalActorRef Parent => Cell.ParentRef;
    public bool IsTerminated => Cell.Mailbox.IsClosed;

    public override void Tell(object message, IActorRef sender)
    {
        if (message is null)
            throw new ArgumentNullException(nameof(message), "The message cannot be null.");
        Cell.Mailbox.Post(new Envelope(message, sender ?? Cell.SystemImpl.DeadLetters));
    }

    public IInternalActorRef GetChild(string name) => Cell.GetChild(name);
    public void Start() => Cell.Mailbox.Schedule();
    public void Stop() => SendSystemMessage(new Terminate());
    public void Suspend() => SendSystemMessage(new Suspend());
    public void Resume(Exception causedByFailure) => SendSystemMessage(new Resume(causedByFailure));
    public void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));
    public void SendSystemMessage(SystemMessage message) => Cell.Mailbox.Post(message);
}
