using Akka.Event;

namespace Akka.Actor;

/// <summary>Root, user or system: a parent that does nothing itself but stop a child when asked to, and end after another guardian.</summary>
internal sealed class Guardian : UntypedActor
{
    public sealed record StopChild(IActorRef Child);

    private readonly Func<IActorRef> _endsAfter;

    public Guardian(Func<IActorRef> endsAfter) => _endsAfter = endsAfter;

    protected override void PreStart()
    {
        if (_endsAfter() is { } other)
            Context.Watch(other);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case StopChild stop:
                Context.Stop(stop.Child);
                break;
            case Terminated:
                Context.Stop(Self);
                break;
            default:
                Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
                break;
        }
    }
}
