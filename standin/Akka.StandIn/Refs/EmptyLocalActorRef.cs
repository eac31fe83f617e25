namespace Akka.Actor;

/// <summary>Stands for an actor that isn't there: what it is told is a dead letter to that path.</summary>
internal sealed class EmptyLocalActorRef(ActorSystemImpl system, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path { get; } = path;

    internal override ActorSystemImpl System { get; } = system;

    public override void Tell(object message, IActorRef sender)
    {
        if (message is null)
            throw new InvalidMessageException("Message is null");
        System.DeadLetterRef.Bury(message, sender, this);
    }

    internal override void SendSystemMessage(SystemMessage message) => System.DeadLetterRef.Bury(message, this);
}
