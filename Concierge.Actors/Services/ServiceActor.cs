using Akka.Actor;
using Akka.Event;
using Concierge.Actors.Directory;
using Concierge.Actors.Sessions;

namespace Concierge.Actors.Services;

/// <summary>
/// One service: decides who is subscribed, one request at a time, whatever nodes the clients are on. It is a child of
/// its owner's session and ends with it. The fan-out itself needs no message to this actor: the owner's session walks
/// the service's <see cref="ServiceEntry.Subscribers"/>.
/// </summary>
public sealed class ServiceActor : UntypedActor
{
    private readonly IActorRef _directory;
    private readonly HashSet<ClientEntry> _subscribers = [];

    /// <summary>Use <see cref="Props"/>.</summary>
    public ServiceActor(IActorRef directory) => _directory = directory;

    /// <summary>How to create it.</summary>
    /// <param name="directory">Who is told of changes, and answers the subscribers.</param>
    public static Props Props(IActorRef directory) => Akka.Actor.Props.Create(() => new ServiceActor(directory));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Subscribe request when _subscribers.Add(request.Client):
                Context.WatchWith(request.Client.Session, new SubscriberEnded(request.Client));
                _directory.Tell(new DirectoryActor.Subscribed(request));
                break;
            case Unsubscribe request when _subscribers.Remove(request.Client):
                Context.Unwatch(request.Client.Session);
                _directory.Tell(new DirectoryActor.Unsubscribed(request));
                break;
            case Request request:
                request.Session.Tell(new SessionActor.Answer(request, Outcome.Unchanged));
                break;
            case SubscriberEnded ended:
                // The directory, which watches sessions too, tells the others.
                _subscribers.Remove(ended.Client);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>What is asked of a service; the client's session gets the answer.</summary>
    /// <param name="Service">The service.</param>
    /// <param name="Client">The client that asks.</param>
    public abstract record Request(ServiceEntry Service, ClientEntry Client) : ISessionRequest, IDeadLetterSuppression
    {
        /// <inheritdoc/>
        public IActorRef Session => Client.Session;
    }

    /// <summary>Subscribes a client: Done, Unchanged where it was subscribed, Gone where the service has ended.</summary>
    /// <param name="Service">The service.</param>
    /// <param name="Client">The client that asks.</param>
    public sealed record Subscribe(ServiceEntry Service, ClientEntry Client) : Request(Service, Client);

    /// <summary>Ends a subscription: Done, Unchanged where there was none, Gone where the service has ended.</summary>
    /// <param name="Service">The service.</param>
    /// <param name="Client">The client that asks.</param>
    public sealed record Unsubscribe(ServiceEntry Service, ClientEntry Client) : Request(Service, Client);

    private sealed record SubscriberEnded(ClientEntry Client);
}
