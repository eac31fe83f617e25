using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Remote;

public interface IRemoteActorRefProvider : IActorRefProvider
{
    /// <summary>That incarnation of the system is neither heard nor told anything any more; without a uid, its connections are closed.</summary>
    void Quarantine(Address address, int? uid);
}

/// <summary>Knows the actors of this process, and how to reach those of others.</summary>
public class RemoteActorRefProvider : LocalActorRefProvider, IRemoteActorRefProvider
{
    private readonly Remoting _remoting;

    internal RemoteActorRefProvider(ActorSystemImpl system)
        : base(system) => _remoting = new Remoting(system);

    public override Address DefaultAddress => _remoting.LocalAddress;

    internal override ConcurrentDictionary<string, IInternalActorRef> TempActors { get; } = new();

    public void Quarantine(Address address, int? uid) => _remoting.Quarantine(address, uid);

    public override Address GetExternalAddressFor(Address address) =>
        base.GetExternalAddressFor(address) ?? (address.HasGlobalScope ? DefaultAddress : null);

    internal override void Start() => _remoting.Start();

    internal override Task ShutdownAsync() => _remoting.ShutdownAsync();

    private protected override IActorRef ResolveRemote(ActorPath path) => path.Address.HasGlobalScope && path.Address.Port is not null
        ? new RemoteActorRef(_remoting, path)
        : base.ResolveRemote(path);
}
