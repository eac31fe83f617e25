using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Concierge.Actors.Nodes.Wire;

/// <summary>
/// Takes the place of Akka.NET's serializers that look up types by names which come over the wire: nothing is written
/// this way, and what comes in this way is refused.
/// </summary>
/// <param name="system">The actor system that it serves.</param>
/// <param name="settings">Its <c>akka.actor.serialization-settings</c>: <c>identifier</c> is the number of the one whose place it takes.</param>
public sealed class RefusingSerializer(ExtendedActorSystem system, Config settings) : SerializerWithStringManifest(system)
{
    /// <inheritdoc/>
    public override int Identifier { get; } = settings.GetInt("identifier");

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public override string Manifest(object o) => throw new SerializationException($"{o.GetType()} does not leave its node: it is no {nameof(INodeMessage)}");

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public override byte[] ToBinary(object obj) => throw new SerializationException($"{obj.GetType()} does not leave its node: it is no {nameof(INodeMessage)}");

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public override object FromBinary(byte[] bytes, string manifest) =>
        throw new SerializationException($"refused a message for serializer {Identifier}: nodes use none that looks up types by their names");
}
