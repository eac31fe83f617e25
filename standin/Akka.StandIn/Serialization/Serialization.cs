using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>
/// Which serializer is for which type: <c>akka.actor.serializers</c> by name, <c>akka.actor.serialization-bindings</c> by the message's type or one that it
/// derives from. A type without a binding isn't serialized.
/// </summary>
public class Serialization
{
    private readonly ConcurrentDictionary<Type, Serializer> _byType = new();
    private readonly ConcurrentDictionary<int, Serializer> _byId = new();
    private readonly ConcurrentDictionary<string, Serializer> _byName = new();

    public Serialization(ExtendedActorSystem system)
    {
        System = system;
        var own = new OwnMessagesSerializer(system);
        AddSerializer("akka-misc", own);
        foreach (var type in OwnMessagesSerializer.Types)
            AddSerializationMap(type, own);
        foreach (var (name, typeName) in Configured("akka.actor.serializers"))
            AddConfiguredSerializer(name, typeName);
        foreach (var (typeName, name) in Configured("akka.actor.serialization-bindings"))
            AddConfiguredBinding(typeName, name);
    }

    public ExtendedActorSystem System { get; }

    public static string ManifestFor(Serializer s, object msg) => s switch
    {
        SerializerWithStringManifest naming => naming.Manifest(msg),
        { IncludeManifest: true } => $"{msg.GetType().FullName}, {msg.GetType().Assembly.GetName().Name}",
        _ => "",
    };

    /// <summary>The path by which that actor can be found from another process; empty for no sender.</summary>
    public static string SerializedActorPath(IActorRef actorRef) => actorRef switch
    {
        null => "",
        Nobody => actorRef.Path.ToSerializationFormat(),
        IInternalActorRef known => actorRef.Path.ToSerializationFormatWithAddress(known.System.Provider.DefaultAddress),
        _ => actorRef.Path.ToSerializationFormat(),
    };

    public void AddSerializer(string name, Serializer serializer) => _byId[serializer.Identifier] = _byName[name] = serializer;

    public void AddSerializationMap(Type type, Serializer serializer) => _byType[type] = serializer;

    public byte[] Serialize(object o) => FindSerializerFor(o).ToBinary(o);

    public object Deserialize(byte[] bytes, int serializerId, Type type) => SerializerById(serializerId, type?.Name).FromBinary(bytes, type);

    /// <exception cref="SerializationException">There is no serializer of that id, or its manifest isn't a type's name.</exception>
    public object Deserialize(byte[] bytes, int serializerId, string manifest)
    {
        var serializer = SerializerById(serializerId, manifest);
        if (serializer is SerializerWithStringManifest naming)
            return naming.FromBinary(bytes, manifest);
        // A class is never looked up by a name that came over the wire, unless it is bound to that very serializer.
        var type = string.IsNullOrEmpty(manifest) ? null : _byType.Keys.FirstOrDefault(known => ManifestMatches(known, manifest))
            ?? throw new SerializationException($"Cannot find manifest class [{manifest}] for serializer with id [{serializerId}].");
        return serializer.FromBinary(bytes, type);
    }

    public Serializer FindSerializerFor(object obj, string defaultSerializerName = null) => FindSerializerForType(obj.GetType(), defaultSerializerName);

    /// <exception cref="SerializationException">Nothing is bound to the type, nor to one that it derives from.</exception>
    public Serializer FindSerializerForType(Type objectType, string defaultSerializerName = null)
    {
        if (_byType.TryGetValue(objectType, out var bound))
            return bound;
        var serializer = _byType.FirstOrDefault(pair => pair.Key != typeof(object) && pair.Key.IsAssignableFrom(objectType)).Value
            ?? (defaultSerializerName is null ? null : _byName.GetValueOrDefault(defaultSerializerName))
            ?? _byType.GetValueOrDefault(typeof(object))
            ?? throw new SerializationException(
                $"Serializer not found for type {objectType.Name}; bind it to one in akka.actor.serialization-bindings.");
        return _byType[objectType] = serializer;
    }

    public IActorRef DeserializeActorRef(string path) => System.Provider.ResolveActorRef(path);

    private static bool ManifestMatches(Type type, string manifest) => $"{type.FullName}, {type.Assembly.GetName().Name}" == manifest;

    private Serializer SerializerById(int id, string manifest) => _byId.TryGetValue(id, out var serializer)
        ? serializer
        : throw new SerializationException(
            $"Cannot find serializer with id [{id}] (manifest [{manifest}]). The most probable reason is that the configuration entry 'akka.actor.serializers' is not in sync between the two systems.");

    private IEnumerable<(string Key, string Value)> Configured(string path) =>
        (System.Settings.Config.GetConfig(path)?.AsEnumerable() ?? []).Select(pair => (pair.Key, pair.Value.GetString()));

    private void AddConfiguredSerializer(string name, string typeName)
    {
        if (TypeNames.Find(typeName) is not { } type)
        {
            System.Log.Warning("The type name for serializer '{0}' did not resolve to an actual Type: '{1}'", name, typeName);
            return;
        }
        var settings = System.Settings.Config.GetConfig($"akka.actor.serialization-settings.{name}");
        object[] arguments = settings.IsNullOrEmpty() ? [System] : [System, settings];
        AddSerializer(name, (Serializer)Activator.CreateInstance(type, arguments));
    }

    private void AddConfiguredBinding(string typeName, string name)
    {
        if (TypeNames.Find(typeName) is not { } type)
            System.Log.Warning("The type name for message/serializer binding '{0}' did not resolve to an actual Type: '{1}'", name, typeName);
        else if (!_byName.TryGetValue(name, out var serializer))
            System.Log.Warning("Serialization binding to non existing serializer: '{0}'", name);
        else
            AddSerializationMap(type, serializer);
    }
}
