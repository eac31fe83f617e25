using System.Runtime.Serialization;
using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Akka's own few messages, and the primitives that Akka.NET also sends without a binding.</summary>
internal sealed class OwnMessagesSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const int MostElements = 256;
    private const int MostNesting = 8;

    [ThreadStatic]
    private static int _nesting;

    internal static Type[] Types { get; } =
    [
        typeof(Identify), typeof(ActorIdentity), typeof(ActorSelectionMessage), typeof(PoisonPill), typeof(Kill), typeof(string), typeof(int), typeof(long),
    ];

    public override int Identifier => 16;

    public override string Manifest(object o) => o switch
    {
        Identify => "ID",
        ActorIdentity => "AID",
        ActorSelectionMessage => "AS",
        PoisonPill => "PP",
        Kill => "K",
        string => "S",
        int => "I",
        long => "L",
        _ => throw new SerializationException($"[{o.GetType()}] is none of Akka's own messages."),
    };

    public override byte[] ToBinary(object obj)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        switch (obj)
        {
            case Identify identify:
                WriteNested(writer, identify.MessageId);
                break;
            case ActorIdentity identity:
                WriteNested(writer, identity.MessageId);
                writer.Write(Serialization.SerializedActorPath(identity.Subject));
                break;
            case ActorSelectionMessage selection:
                writer.Write7BitEncodedInt(selection.Elements.Length);
                foreach (var element in selection.Elements)
                    writer.Write(element);
                WriteNested(writer, selection.Message);
                break;
            case string text:
                writer.Write(text);
                break;
            case int number:
                writer.Write(number);
                break;
            case long number:
                writer.Write(number);
                break;
        }
        writer.Flush();
        return bytes.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
        try
        {
            return manifest switch
            {
                "ID" => new Identify(ReadNested(reader)),
                "AID" => new ActorIdentity(ReadNested(reader), system.Provider.ResolveActorRef(reader.ReadString())),
                "AS" => ReadSelection(reader),
                "PP" => PoisonPill.Instance,
                "K" => Kill.Instance,
                "S" => reader.ReadString(),
                "I" => reader.ReadInt32(),
                "L" => reader.ReadInt64(),
                _ => throw new SerializationException($"Unimplemented deserialization of message with manifest [{manifest}] in [{GetType()}]."),
            };
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            throw new SerializationException($"The bytes of a message with manifest [{manifest}] are not what [{GetType()}] writes.", e);
        }
    }

    private ActorSelectionMessage ReadSelection(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        if (count is < 0 or > MostElements)
            throw new SerializationException($"A selection of {count} elements; expected at most {MostElements}.");
        var elements = new string[count];
        for (var i = 0; i < count; i++)
            elements[i] = reader.ReadString();
        return new ActorSelectionMessage(ReadNested(reader), elements);
    }

    private void WriteNested(BinaryWriter writer, object message)
    {
        writer.Write(message is not null);
        if (message is null)
            return;
        var serializer = system.Serialization.FindSerializerFor(message);
        writer.Write(serializer.Identifier);
        writer.Write(Serialization.ManifestFor(serializer, message));
        var payload = serializer.ToBinary(message);
        writer.Write(payload.Length);
        writer.Write(payload);
    }

    private object ReadNested(BinaryReader reader)
    {
        if (!reader.ReadBoolean())
            return null;
        var serializer = reader.ReadInt32();
        var manifest = reader.ReadString();
        var length = reader.ReadInt32();
        if (length < 0 || length > reader.BaseStream.Length - reader.BaseStream.Position)
            throw new SerializationException($"A message of {length} bytes inside one that has {reader.BaseStream.Length - reader.BaseStream.Position} left.");
        _nesting++;
        try
        {
            if (_nesting > MostNesting)
                throw new SerializationException($"A message inside a message, more than {MostNesting} deep.");
            return system.Serialization.Deserialize(reader.ReadBytes(length), serializer, manifest);
        }
        finally
        {
            _nesting--;
        }
    }
}
