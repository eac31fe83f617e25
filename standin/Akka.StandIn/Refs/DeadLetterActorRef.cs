using Akka.Event;

namespace Akka.Actor;

/// <summary>Where messages to the dead go: each is published once, as a <see cref="DeadLetter"/>, on the event stream.</summary>
internal sealed class DeadLetterActorRef(ActorSystemImpl system, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path { get; } = path;

    internal override ActorSystemImpl System { get; } = system;

    public override void Tell(object message, IActorRef sender)
    {
        switch (message)
        {
            case null:
                throw new InvalidMessageException("Message is null");
            case DeadLetter letter:
                System.EventStream.Publish(letter);
                break;
            default:
                Bury(message, sender, this);
                break;
        }
    }

    internal override void SendSystemMessage(SystemMessage message) => Bury(message, this);

    internal void Bury(object message, IActorRef sender, IActorRef recipient)
    {
        sender = sender.IsNobody() ? this : sender;
        switch (message)
        {
            case Identify identify:
                sender.Tell(new ActorIdentity(identify.MessageId, null), this);
                break;
            case IDeadLetterSuppression suppressed:
                System.EventStream.Publish(new SuppressedDeadLetter(suppressed, sender, recipient));
                break;
            default:
                System.EventStream.Publish(new DeadLetter(message, sender, recipient));
                break;
        }
    }

    /// <summary>Who starts to watch the dead learns of the death at once; the other system messages concern only the living.</summary>
    internal void Bury(SystemMessage message, IActorRef recipient)
    {
        if (message is Watch watch && !watch.Watcher.Equals(this))
            watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false, addressTerminated: false));
        else if (message is Failed failed)
            System.EventStream.Publish(new DeadLetter(failed, failed.Child, recipient));
    }
}
