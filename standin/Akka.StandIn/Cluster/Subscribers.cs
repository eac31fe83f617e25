using System.Collections.Immutable;
using Akka.Actor;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster;

/// <summary>Who wants to hear of what; belongs to the core daemon.</summary>
internal sealed class Subscribers(IActorContext context)
{
    private readonly Dictionary<IActorRef, ImmutableHashSet<Type>> _subscriptions = [];

    internal void Add(IActorRef subscriber, ImmutableHashSet<Type> to)
    {
        context.Watch(subscriber);
        _subscriptions[subscriber] = _subscriptions.GetValueOrDefault(subscriber, []).Union(to);
    }

    /// <summary>From all, where no type is given.</summary>
    internal void Remove(IActorRef subscriber, Type from)
    {
        if (!_subscriptions.TryGetValue(subscriber, out var types))
            return;
        _subscriptions[subscriber] = from is null ? [] : types.Remove(from);
        if (_subscriptions[subscriber].IsEmpty)
        {
            _subscriptions.Remove(subscriber);
            context.Unwatch(subscriber);
        }
    }

    internal void Publish(IClusterDomainEvent happened)
    {
        foreach (var (subscriber, types) in _subscriptions)
            Tell(subscriber, types, happened);
    }

    internal static void Tell(IActorRef subscriber, ImmutableHashSet<Type> types, IClusterDomainEvent happened)
    {
        if (types.Any(type => type.IsInstanceOfType(happened)))
            subscriber.Tell(happened, ActorRefs.NoSender);
    }
}
