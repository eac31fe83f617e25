using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>The root of the cluster's actors, <c>/system/cluster</c>. Its end is the membership's.</summary>
internal sealed class ClusterDaemon : UntypedActor
{
    private readonly Cluster _cluster;
    private IActorRef _core;

    public ClusterDaemon(Cluster cluster) => _cluster = cluster;

    protected override void PreStart()
    {
        _core = Context.ActorOf(Props.Create<ClusterCoreSupervisor>(_cluster), "core");
        Context.ActorOf(Props.Create<HeartbeatReceiver>(_cluster), "heartbeatReceiver");
    }

    protected override void OnReceive(object message) => _core.Forward(message);

    protected override void PostStop()
    {
        _cluster.DaemonStopped();
        // Nothing new where the node has left in a coordinated shutdown.
        if (_cluster.Settings.RunCoordinatedShutdownWhenDown)
            _ = CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
    }
}

/// <summary>What its children know can't be had again by a restart: where one of them fails, the node leaves the cluster to the others' failure detectors.</summary>
internal sealed class ClusterCoreSupervisor : UntypedActor
{
    private readonly Cluster _cluster;
    private IActorRef _daemon;

    public ClusterCoreSupervisor(Cluster cluster) => _cluster = cluster;

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(failure =>
    {
        Context.GetLogger().Error(failure, "Cluster node [{0}] crashed, [{1}] - shutting down...", _cluster.SelfAddress, failure.Message);
        _cluster.Shutdown();
        return Directive.Stop;
    });

    protected override void PreStart()
    {
        _daemon = Context.ActorOf(Props.Create<ClusterCoreDaemon>(_cluster), "daemon");
        if (_cluster.DowningProvider.DowningActorProps is { } downing)
            Context.ActorOf(downing, "downingProvider");
    }

    protected override void OnReceive(object message) => _daemon.Forward(message);
}
