using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster;

public class ClusterExtension : ExtensionIdProvider<Cluster>
{
    public override Cluster CreateExtension(ExtendedActorSystem system) => new(system);
}

/// <summary>This node's membership in a cluster of actor systems of the same name. Its methods ask; what comes of it is told to subscribers.</summary>
public class Cluster : IExtension
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Task> _leaving;
    private readonly Lazy<IDowningProvider> _downingProvider;
    private readonly ILoggingAdapter _log;
    private readonly IActorRef _daemon;
    private volatile CurrentClusterState _state = new();
    private int _isTerminated;

    internal Cluster(ExtendedActorSystem system)
    {
        if (system.Provider is not ClusterActorRefProvider provider)
            throw new ConfigurationException($"The cluster needs 'akka.actor.provider' to be cluster; it is [{system.Settings.ProviderClass}].");
        System = system;
        Settings = new ClusterSettings(system.Settings.Config, system.Name);
        SelfUniqueAddress = new UniqueAddress(provider.DefaultAddress, AddressUidExtension.Uid(system));
        _log = Logging.GetLogger(system, "Cluster");
        _leaving = new Lazy<Task>(StartLeaving);
        _downingProvider = new Lazy<IDowningProvider>(() => DowningProviders.Load(system, this));
        _ = _downingProvider.Value;
        ShutdownPhases.AddTo(CoordinatedShutdown.Get(system), this);
        LogInfo("Starting up...");
        _daemon = system.SystemActorOf(Props.Create<ClusterDaemon>(this), "cluster");
    }

    public ExtendedActorSystem System { get; }
    public ClusterSettings Settings { get; }
    public UniqueAddress SelfUniqueAddress { get; }
    public Address SelfAddress => SelfUniqueAddress.Address;
    public ImmutableHashSet<string> SelfRoles => Settings.Roles;

    /// <summary>As of the latest event that was published, or is about to be.</summary>
    public CurrentClusterState State => _state;

    /// <summary>Removed as long as this node has not joined.</summary>
    public Member SelfMember => State.Members.TryGetValue(Member.Removed(SelfUniqueAddress), out var self) ? self : Member.Removed(SelfUniqueAddress);

    public bool IsUp => SelfMember.Status == MemberStatus.Up;

    public bool IsTerminated => Volatile.Read(ref _isTerminated) != 0;

    public IDowningProvider DowningProvider => _downingProvider.Value;

    /// <summary>Once the node takes part in no cluster any more.</summary>
    internal Task Stopped => _stopped.Task;

    /// <summary>Ends once the leader has let this node go, or it takes part no more.</summary>
    internal TaskCompletionSource SelfExiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static Cluster Get(ActorSystem system) => system.WithExtension<Cluster, ClusterExtension>();

    public void Subscribe(IActorRef subscriber, params Type[] to) => Subscribe(subscriber, InitialStateAsSnapshot, to);

    /// <summary>Until the subscriber's end, or <see cref="Unsubscribe(IActorRef)"/>.</summary>
    public void Subscribe(IActorRef subscriber, SubscriptionInitialStateMode initialStateMode, params Type[] to)
    {
        if (to.Length == 0)
            throw new ArgumentException("At least one `IClusterDomainEvent` class is required", nameof(to));
        if (!to.All(typeof(IClusterDomainEvent).IsAssignableFrom))
            throw new ArgumentException($"Subscribe to `IClusterDomainEvent` or subclasses, was [{string.Join(", ", to.Select(type => type.Name))}]", nameof(to));
        Tell(new ClusterAction.Subscribe(subscriber, initialStateMode, [.. to]));
    }

    public void Unsubscribe(IActorRef subscriber) => Unsubscribe(subscriber, null);

    public void Unsubscribe(IActorRef subscriber, Type to) => Tell(new ClusterAction.Unsubscribe(subscriber, to));

    public void SendCurrentClusterState(IActorRef receiver) => Tell(new ClusterAction.SendCurrentState(receiver));

    public void Join(Address address) => Tell(new ClusterAction.JoinTo(FillLocal(address)));

    public void JoinSeedNodes(IEnumerable<Address> seedNodes) => Tell(new ClusterAction.JoinSeedNodes([.. seedNodes.Select(FillLocal)]));

    public void Leave(Address address)
    {
        if (FillLocal(address) == SelfAddress)
            _ = LeaveAsync();
        else
            Tell(new ClusterAction.Leave(address));
    }

    /// <summary>Ends once this node has left.</summary>
    public Task LeaveAsync() => _leaving.Value;

    public Task LeaveAsync(CancellationToken cancellationToken) => LeaveAsync().WaitAsync(cancellationToken);

    public void Down(Address address) => Tell(new ClusterAction.Down(FillLocal(address)));

    public void RegisterOnMemberUp(Action callback)
    {
        if (IsUp)
            callback();
        else
            Tell(new ClusterAction.OnMemberUp(callback));
    }

    public void RegisterOnMemberRemoved(Action callback)
    {
        if (IsTerminated)
            callback();
        else
            _ = Stopped.ContinueWith(_ => callback(), TaskScheduler.Default);
    }

    public ActorPath RemotePathOf(IActorRef actorRef) => actorRef.Path.Address.HasGlobalScope
        ? actorRef.Path
        : ActorPath.Parse(actorRef.Path.ToSerializationFormatWithAddress(SelfAddress));

    internal void Tell(object action) => _daemon.Tell(action, ActorRefs.NoSender);

    internal Task<Done> Ask(object action, TimeSpan timeout) => _daemon.Ask<Done>(action, timeout);

    internal ActorSelection CoreAt(Address address) => System.ActorSelection(new RootActorPath(address) / "system" / "cluster" / "core" / "daemon");

    internal void Publish(CurrentClusterState state) => _state = state;

    internal void LogInfo(string format, params object[] args)
    {
        if (Settings.LogInfo)
            _log.Info($"Cluster Node [{SelfAddress}] - {format}", args);
    }

    /// <summary>At once, telling nobody.</summary>
    internal void Shutdown()
    {
        if (Interlocked.Exchange(ref _isTerminated, 1) != 0)
            return;
        LogInfo("Shutting down...");
        System.Stop(_daemon);
    }

    internal void DaemonStopped()
    {
        Interlocked.Exchange(ref _isTerminated, 1);
        SelfExiting.TrySetResult();
        _stopped.TrySetResult();
    }

    private Address FillLocal(Address address) => address.HasLocalScope && address.System == SelfAddress.System ? SelfAddress : address;

    private Task StartLeaving()
    {
        Tell(new ClusterAction.Leave(SelfAddress));
        return Stopped;
    }
}
