using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.StandIn.Tests.Remote;

/// <summary>What goes between the tests' systems; each has a manifest of its own.</summary>
public sealed record Text(string Value);

public sealed record Blob(byte[] Bytes);

/// <summary>Carries a reference inside.</summary>
public sealed record Meet(IActorRef Other);

/// <summary>Can't be written.</summary>
public sealed record Unwritable;

/// <summary>Can be written, but not read.</summary>
public sealed record Unreadable;

/// <summary>Bound to no serializer by the stand-in; Akka.NET itself would take its default one.</summary>
public sealed record Unbound;

public sealed class MessagesSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override string Manifest(object o) => o.GetType().Name;

    public override byte[] ToBinary(object obj) => obj switch
    {
        Text text => Encoding.UTF8.GetBytes(text.Value),
        Blob blob => blob.Bytes,
        Meet meet => Encoding.UTF8.GetBytes(Akka.Serialization.Serialization.SerializedActorPath(meet.Other)),
        Unreadable => [],
        _ => throw new SerializationException($"{obj.GetType()} can't be written."),
    };

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        nameof(Text) => new Text(Encoding.UTF8.GetString(bytes)),
        nameof(Blob) => new Blob(bytes),
        nameof(Meet) => new Meet(system.Provider.ResolveActorRef(Encoding.UTF8.GetString(bytes))),
        _ => throw new SerializationException($"Unknown manifest {manifest}."),
    };
}
