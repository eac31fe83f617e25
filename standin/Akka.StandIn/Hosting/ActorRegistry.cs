using System.Collections;
using Akka.Actor;

namespace Akka.Hosting;

public interface IReadOnlyActorRegistry : IEnumerable<KeyValuePair<Type, IActorRef>>
{
    bool TryGet<TKey>(out IActorRef actor);
    bool TryGet(Type key, out IActorRef actor);
    IActorRef Get<TKey>();
    Task<IActorRef> GetAsync<TKey>(CancellationToken ct = default);
    Task<IActorRef> GetAsync(Type key, CancellationToken ct = default);
}

public interface IActorRegistry : IReadOnlyActorRegistry
{
    void Register<TKey>(IActorRef actor, bool overwrite = false);
    bool TryRegister<TKey>(IActorRef actor, bool overwrite = false);
    bool TryRegister(Type key, IActorRef actor, bool overwrite = false);
}

/// <summary>The actors that others look for, by a type that stands for each. One per actor system; thread-safe.</summary>
public class ActorRegistry : IActorRegistry, IExtension
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Type, IActorRef> _actors = [];
    private readonly Dictionary<Type, TaskCompletionSource<IActorRef>> _awaited = [];

    public static ActorRegistry For(ActorSystem actorSystem) => actorSystem.WithExtension<ActorRegistry, ActorRegistryExtension>();

    /// <exception cref="DuplicateActorRegistryException">The key is taken, and <paramref name="overwrite"/> isn't set.</exception>
    public void Register<TKey>(IActorRef actor, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!TryRegister<TKey>(actor, overwrite))
            throw new DuplicateActorRegistryException($"An actor for type {typeof(TKey)} has already been registered; overwrite it, or use a different key.");
    }

    public bool TryRegister<TKey>(IActorRef actor, bool overwrite = false) => TryRegister(typeof(TKey), actor, overwrite);

    public bool TryRegister(Type key, IActorRef actor, bool overwrite = false)
    {
        if (actor is null)
            return false;
        lock (_lock)
        {
            if (!overwrite && _actors.ContainsKey(key))
                return false;
            _actors[key] = actor;
            if (_awaited.Remove(key, out var awaited))
                awaited.SetResult(actor);
            return true;
        }
    }

    public bool TryGet<TKey>(out IActorRef actor) => TryGet(typeof(TKey), out actor);

    public bool TryGet(Type key, out IActorRef actor)
    {
        lock (_lock)
        {
            var found = _actors.TryGetValue(key, out actor);
            actor ??= ActorRefs.Nobody;
            return found;
        }
    }

    public IActorRef Get<TKey>() => TryGet<TKey>(out var actor)
        ? actor
        : throw new MissingActorRegistryEntryException($"No actor registered for key {typeof(TKey)}");

    public Task<IActorRef> GetAsync<TKey>(CancellationToken ct = default) => GetAsync(typeof(TKey), ct);

    /// <summary>Waits until the key is registered.</summary>
    public Task<IActorRef> GetAsync(Type key, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (_actors.TryGetValue(key, out var actor))
                return Task.FromResult(actor);
            if (!_awaited.TryGetValue(key, out var awaited))
                _awaited.Add(key, awaited = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously));
            return awaited.Task.WaitAsync(ct);
        }
    }

    public IEnumerator<KeyValuePair<Type, IActorRef>> GetEnumerator()
    {
        lock (_lock)
            return _actors.ToList().GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public sealed class ActorRegistryExtension : ExtensionIdProvider<ActorRegistry>
{
    public override ActorRegistry CreateExtension(ExtendedActorSystem system) => new();
}

public class ActorRegistryException(string message) : Exception(message);

public sealed class DuplicateActorRegistryException(string message) : ActorRegistryException(message);

public sealed class MissingActorRegistryEntryException(string message) : ActorRegistryException(message);
