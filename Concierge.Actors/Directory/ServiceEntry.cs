using Akka.Actor;
using Concierge.Protocol;

namespace Concierge.Actors.Directory;

/// <summary>A service, as the directory knows it. Changed by the directory alone, read by everybody.</summary>
/// <param name="id">Tells it from earlier and later ones of that name.</param>
/// <param name="name">Its name.</param>
/// <param name="nickname">What people call it, or null.</param>
/// <param name="owner">The client that created it.</param>
/// <param name="actor">The service's actor on this node.</param>
public sealed class ServiceEntry(Guid id, string name, string? nickname, ClientEntry owner, IActorRef actor)
{
    /// <summary>Tells it from earlier and later ones of that name, on every node.</summary>
    public Guid Id { get; } = id;

    /// <summary>The number of the grant by which it has its name.</summary>
    public long Grant { get; internal set; }

    /// <summary>Its name, unique in the whole cluster.</summary>
    public string Name => Info.Name;

    /// <summary>The client that created it.</summary>
    public ClientEntry Owner { get; } = owner;

    /// <summary>The service's actor on this node, which decides on its clients' subscriptions.</summary>
    public IActorRef Actor { get; } = actor;

    /// <summary>The service as origins and events show it: without its subscribers.</summary>
    public ServiceInfo Info { get; } = new(name, nickname, owner.Info.Uuid, []);

    /// <summary>Its subscribers, in the order of subscribing.</summary>
    public Roster Subscribers { get; } = new();

    /// <summary>The service as answers show it.</summary>
    /// <param name="mostSubscribers">Above so many subscribers the list is left empty.</param>
    public ServiceInfo Describe(int mostSubscribers = int.MaxValue)
    {
        ClientEntry[] subscribers = Subscribers.Snapshot();
        return subscribers.Length == 0 || subscribers.Length > mostSubscribers
            ? Info
            : Info with { Subscribers = [.. subscribers.Select(subscriber => subscriber.Info.Uuid)] };
    }
}
