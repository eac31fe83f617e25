using Akka;
using Akka.Actor;
using Akka.Hosting;
using Concierge.Actors.Dialects;
using Concierge.Actors.Dialects.RosDevice;
using Concierge.Actors.Directory;
using Concierge.Actors.Files;
using Concierge.Actors.Nodes;
using Concierge.Actors.Operators;
using Concierge.Actors.Rooms;
using Concierge.Actors.Sessions;
using Concierge.Actors.Telemetry;

namespace Concierge.Actors;

/// <summary>
/// The root of a node's actors. Registrar, directory, links and rooms keep what they know when a message fails in them:
/// nothing else could rebuild it while clients are connected.
/// </summary>
public sealed class ConciergeActor : UntypedActor
{
    private readonly ConciergeMetrics _metrics;
    private readonly IActorRef _sessions;
    private readonly IActorRef _operator;
    private readonly IActorRef _figures;

    /// <summary>Use <see cref="Props"/>.</summary>
    public ConciergeActor(ConciergeSettings settings, INodes nodes, DirectoryView view, ClusterView cluster, ConciergeMetrics metrics, IClientFiles? files)
    {
        _metrics = metrics;
        var dialects = new DialectSet(view);
        IActorRef membership = Context.ActorOf(nodes.Membership, "membership");
        IActorRef directory = Context.ActorOf(DirectoryActor.Props(nodes.Self, view, cluster, metrics, files), "directory");
        Context.ActorOf(nodes.Registrar(RegistrarActor.Props(membership, node => nodes.Contact(node, "directory"))), "registrar");
        var links = new PeerContext(nodes.Self, nodes.Contact, directory, view, cluster, dialects, metrics);
        Context.ActorOf(PeersActor.Props(links, membership), "peers");
        Context.ActorOf(FilesActor.Props(files), "files");
        IActorRef rooms = Context.ActorOf(RoomsActor.Props(directory, metrics), "rooms");
        _sessions = Context.ActorOf(SessionsActor.Props(settings, view, directory, rooms, dialects, metrics), "sessions");
        _operator = Context.ActorOf(OperatorActor.Props(view, cluster, dialects, metrics), "operator");
        _figures = Context.ActorOf(FiguresActor.Props(settings, nodes, view, cluster, metrics), "figures");
    }

    /// <summary>How to create it.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="nodes">The nodes that it is one of.</param>
    /// <param name="view">Who is where; written by these actors alone.</param>
    /// <param name="cluster">What the node knows of the cluster; written by these actors alone.</param>
    /// <param name="metrics">What is counted.</param>
    /// <param name="files">The files of the node's clients; null where there are none.</param>
    public static Props Props(
        ConciergeSettings settings, INodes nodes, DirectoryView view, ClusterView cluster, ConciergeMetrics metrics, IClientFiles? files) =>
        Akka.Actor.Props.Create(() => new ConciergeActor(settings, nodes, view, cluster, metrics, files));

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(fault =>
    {
        _metrics.CountRestart();
        return fault is ActorInitializationException ? Directive.Stop : Directive.Resume;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        IActorRef addressee = message switch
        {
            OperatorActor.Command => _operator,
            ClusterReport.Request => _figures,
            _ => _sessions,
        };
        addressee.Forward(message);
    }
}

/// <summary>How a host starts the concierge.</summary>
public static class ConciergeHosting
{
    /// <summary>
    /// Starts the concierge's actors with the actor system, registered as <see cref="ConciergeActor"/>: it takes
    /// <see cref="SessionsActor.Accept"/>, <see cref="RosExchange"/>, <see cref="SessionsActor.Drain"/>,
    /// <see cref="OperatorActor.Command"/> and <see cref="ClusterReport.Request"/>.
    /// </summary>
    /// <param name="builder">The host's Akka configuration.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="isClustered">Whether the actor system is part of a cluster.</param>
    /// <param name="view">Who is where; written by these actors alone.</param>
    /// <param name="cluster">What the node knows of the cluster; written by these actors alone.</param>
    /// <param name="metrics">What is counted.</param>
    /// <param name="files">The files of the node's clients; null where there are none.</param>
    public static AkkaConfigurationBuilder AddConcierge(
        this AkkaConfigurationBuilder builder, ConciergeSettings settings, bool isClustered,
        DirectoryView view, ClusterView cluster, ConciergeMetrics metrics, IClientFiles? files) =>
        builder.WithActors((system, registry) =>
        {
            INodes nodes = isClustered ? new ClusterNodes(system, cluster) : new LoneNode(system);
            IActorRef concierge = system.ActorOf(ConciergeActor.Props(settings, nodes, view, cluster, metrics, files), "concierge");
            registry.Register<ConciergeActor>(concierge);
            // Also where the cluster decides: a node that was given up closes its clients first.
            CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceUnbind, "drain", async () =>
            {
                await concierge.Ask<SessionsActor.Drained>(SessionsActor.Drain.Instance).ConfigureAwait(false);
                return Done.Instance;
            });
        });
}
