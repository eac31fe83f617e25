using Akka.Event;

namespace Akka.Actor;

/// <summary>Root, user or system: a parent that does nothing itself, but for ending after another guardian.</summary>
internal sealed class Guardian : UntypedActor
{
    private readonly Func<IActorRef> _endsAfter;

    public Guardian(Func<IActorRef> endsAfter) => _endsAfter = endsAfter;

    protected override void PreStart()
    {
        if (_endsAfter() is { } other)
            Context.Watch(other);
    }

    protected override void OnReceive(object message)
    {
        if (message is Terminated)
            Context.Stop(Self);
        else
            Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
    }
}
