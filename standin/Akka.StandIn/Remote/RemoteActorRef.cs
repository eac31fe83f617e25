using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>The reference to an actor of another system. There is no death watch: of a remote actor's end nobody hears.</summary>
public class RemoteActorRef : MinimalActorRef
{
    private readonly Association _association;

    internal RemoteActorRef(Association association, ActorPath path) => (_association, Path) = (association, path);

    public override ActorPath Path { get; }

    internal override ActorSystemImpl System => _association.System;

    public override void Tell(object message, IActorRef sender)
    {
        if (message is null)
            throw new InvalidMessageException("Message is null");
        _association.Send(new OutboundMessage(message, sender ?? ActorRefs.NoSender, this));
    }

    internal override void SendSystemMessage(SystemMessage message)
    {
        if (message is Watch watch)
            System.Log.Warning("{0} watches {1}, which is in another system: the stand-in won't notice its end.", watch.Watcher, this);
    }
}
