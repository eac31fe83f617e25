using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Tools.Singleton;
using Concierge.Actors.Directory;

namespace Concierge.Actors.Nodes;

/// <summary>A node that is one of an Akka.NET cluster.</summary>
/// <param name="system">Its actor system.</param>
/// <param name="view">What it knows of the cluster.</param>
public sealed class ClusterNodes(ActorSystem system, ClusterView view) : INodes
{
    /// <inheritdoc/>
    public NodeId Self { get; } = IdOf(Cluster.Get(system).SelfUniqueAddress);

    /// <inheritdoc/>
    public Props Membership => ClusterMembershipActor.Props(view);

    /// <inheritdoc/>
    public Props Registrar(Props registrar) =>
        ClusterSingletonManager.Props(registrar, RegistrarActor.HandOver.Instance, ClusterSingletonManagerSettings.Create(system));

    /// <inheritdoc/>
    public ICanTell Contact(NodeId node, string name) => system.ActorSelection($"{node.Address}/user/concierge/{name}");

    internal static NodeId IdOf(UniqueAddress node) => new(node.Address.ToString(), node.Uid);
}
