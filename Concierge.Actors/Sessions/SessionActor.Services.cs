using Akka.Actor;
using Concierge.Actors.Directory;
using Concierge.Actors.Services;

namespace Concierge.Actors.Sessions;

// A session's services, which are its children, and those of others that it asks for something.
public abstract partial class SessionActor
{
    // A service's subscribers are nowhere else to be had: it keeps them when a message fails in it.
    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(fault =>
    {
        Shared.Metrics.CountRestart();
        return fault is ActorInitializationException ? Directive.Stop : Directive.Resume;
    });

    /// <summary>Asks for a service of the client's own. Where it isn't granted, the service's actor is still to be stopped.</summary>
    private protected void CreateService(string name, string? nickname)
    {
        IActorRef actor = Context.ActorOf(ServiceActor.Props(Shared.Directory));
        Ask(Shared.Directory, new DirectoryActor.CreateService(new ServiceEntry(Guid.NewGuid(), name, nickname, Client, actor)));
    }

    // A service may end, with its owner, before it has read the request: then its end is the answer.
    /// <summary>Asks a service; answered with Gone where it ends before.</summary>
    private protected void AskService(ServiceActor.Request request)
    {
        Context.Watch(request.Service.Actor);
        Ask(request.Service.Actor, request);
    }

    /// <summary>An actor has ended that was watched.</summary>
    private protected virtual void OnEnded(IActorRef ended)
    {
        if (Request is ServiceActor.Request request && request.Service.Actor.Equals(ended)) OnAnswer(new Answer(request, Outcome.Gone));
    }
}
