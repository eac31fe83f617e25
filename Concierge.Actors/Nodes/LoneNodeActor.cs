using Akka.Actor;

namespace Concierge.Actors.Nodes;

/// <summary>The membership of a node that is in no cluster: itself.</summary>
internal sealed class LoneNodeActor(NodeId self) : UntypedActor
{
    public static Props Props(NodeId self) => Akka.Actor.Props.Create(() => new LoneNodeActor(self));

    protected override void OnReceive(object message)
    {
        if (message is SubscribeMembership) Sender.Tell(Membership.Of(self));
        else Unhandled(message);
    }
}
