using Akka.Actor;

namespace Concierge.Actors.Nodes;

/// <summary>The nodes that a concierge consists of, as one of them needs them: a cluster's, or itself alone.</summary>
public interface INodes
{
    /// <summary>The node itself.</summary>
    NodeId Self { get; }

    /// <summary>Makes the actor that tells the <see cref="Nodes.Membership"/> to those who <see cref="SubscribeMembership">ask</see>.</summary>
    Props Membership { get; }

    /// <summary>Makes the actor that sees to it that all nodes together have one registrar.</summary>
    /// <param name="registrar">Makes the registrar.</param>
    Props Registrar(Props registrar);

    /// <summary>Where a node's actor is told something.</summary>
    /// <param name="node">The node.</param>
    /// <param name="name">The actor's name, under the node's <see cref="ConciergeActor"/>.</param>
    ICanTell Contact(NodeId node, string name);
}

/// <summary>A node that is in no cluster.</summary>
/// <param name="system">Its actor system.</param>
public sealed class LoneNode(ActorSystem system) : INodes
{
    /// <inheritdoc/>
    public NodeId Self { get; } = new(system.Name, 0);

    /// <inheritdoc/>
    public Props Membership => LoneNodeActor.Props(Self);

    /// <inheritdoc/>
    public Props Registrar(Props registrar) => registrar;

    /// <inheritdoc/>
    public ICanTell Contact(NodeId node, string name) => system.ActorSelection($"/user/concierge/{name}");
}
