using Akka.Actor;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>Objects to bytes and back. Used by several threads at once.</summary>
public abstract class Serializer
{
    protected readonly ExtendedActorSystem system;

    private int? _identifier;

    protected Serializer(ExtendedActorSystem system) => this.system = system;

    /// <summary>Goes over the wire in the class's place; from <c>akka.actor.serialization-identifiers</c> unless overridden. Up to 16 is Akka's own.</summary>
    public virtual int Identifier => _identifier ??= SerializerIdentifierHelper.GetSerializerIdentifierFromConfig(GetType(), system);

    public abstract bool IncludeManifest { get; }

    public abstract byte[] ToBinary(object obj);

    public abstract object FromBinary(byte[] bytes, Type type);

    public T FromBinary<T>(byte[] bytes) => (T)FromBinary(bytes, typeof(T));
}

/// <summary>A serializer that names each kind of message by a string of its own choice, rather than by a class.</summary>
public abstract class SerializerWithStringManifest(ExtendedActorSystem system) : Serializer(system)
{
    public sealed override bool IncludeManifest => true;

    public sealed override object FromBinary(byte[] bytes, Type type) => FromBinary(bytes, $"{type.FullName}, {type.Assembly.GetName().Name}");

    /// <exception cref="System.Runtime.Serialization.SerializationException">The manifest is unknown; the message is logged and dropped.</exception>
    public abstract object FromBinary(byte[] bytes, string manifest);

    public abstract string Manifest(object o);
}

public static class SerializerIdentifierHelper
{
    /// <exception cref="ArgumentException">There is none for this type.</exception>
    public static int GetSerializerIdentifierFromConfig(Type type, ExtendedActorSystem system)
    {
        const string Path = "akka.actor.serialization-identifiers";
        var identifiers = system.Settings.Config.GetConfig(Path)?.AsEnumerable() ?? [];
        return identifiers.Where(pair => TypeNames.Find(pair.Key) == type).Select(pair => (int?)pair.Value.GetInt()).FirstOrDefault()
            ?? throw new ArgumentException($"Couldn't find serializer id for [{type}] under [{Path}] HOCON path", nameof(type));
    }
}
