using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>The reference to an actor of another system. There is no death watch: of a remote actor's end nobody hears.</summary>
public class RemoteActorRef : MinimalActorRef
{
    private readonly Remoting _remoting;
    private Association _association;

    internal RemoteActorRef(Remoting remoting, ActorPath path) => (_remoting, Path) = (remoting, path);

    public override ActorPath Path { get; }

    internal override ActorSystemImpl System => _remoting.System;

    public override void Tell(object message, IActorRef sender)
    {
        if (message is null)
            throw new InvalidMessageException("Message is null");
        if (_association is not { IsRetired: false } association)
            _association = association = _remoting.AssociationWith(Path.Address);
        association.Send(new OutboundMessage(message, sender, this));
    }

    internal override void SendSystemMessage(SystemMessage message)
    {
        if (message is Watch watch)
            _remoting.Log.Warning("{0} watches {1}, which is in another system: the stand-in won't notice its end.", watch.Watcher, this);
    }
}
