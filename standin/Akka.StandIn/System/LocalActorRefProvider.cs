using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>Knows the actors of this process.</summary>
public class LocalActorRefProvider : IActorRefProvider
{
    internal LocalActorRefProvider(ActorSystemImpl system) => System = system;

    public IActorRef DeadLetters => System.DeadLetterRef;

    public ActorPath RootPath => System.RootPath;

    public virtual Address DefaultAddress => RootPath.Address;

    internal ActorSystemImpl System { get; }

    /// <summary>Who is no actor but may be answered from another process, by name; null where nobody can.</summary>
    internal virtual ConcurrentDictionary<string, IInternalActorRef> TempActors => null;

    public IActorRef RootGuardianAt(Address address) => HasAddress(address) ? System.RootGuardian : ResolveRemote(new RootActorPath(address));

    public IActorRef ResolveActorRef(string path)
    {
        if (string.IsNullOrEmpty(path))
            return ActorRefs.NoSender;
        return ActorPath.TryParse(path, out var parsed) ? ResolveActorRef(parsed) : DeadLetters;
    }

    public IActorRef ResolveActorRef(ActorPath actorPath) => HasAddress(actorPath.Address) ? ResolveLocal(actorPath) : ResolveRemote(actorPath);

    public virtual Address GetExternalAddressFor(Address address) => HasAddress(address) ? RootPath.Address : null;

    /// <summary>Once the system's guardians stand.</summary>
    internal virtual void Start()
    {
    }

    /// <summary>Once all actors are gone.</summary>
    internal virtual Task ShutdownAsync() => Task.CompletedTask;

    internal bool HasAddress(Address address) => address == RootPath.Address || address == DefaultAddress;

    internal IInternalActorRef ResolveLocal(ActorPath path)
    {
        var names = path.ElementsWithUid;
        if (names is ["temp", var name] && TempActors is { } temps && temps.TryGetValue(name, out var temp))
            return temp;
        if (names is ["deadLetters"])
            return System.DeadLetterRef;
        IInternalActorRef at = System.RootGuardian;
        foreach (var next in names)
        {
            at = at.GetChild(next);
            if (at.IsNobody())
                return new EmptyLocalActorRef(System, path);
        }
        return at;
    }

    private protected virtual IActorRef ResolveRemote(ActorPath path) => new EmptyLocalActorRef(System, path);
}
