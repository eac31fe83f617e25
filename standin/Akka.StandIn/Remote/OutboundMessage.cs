using System.Buffers.Binary;
using System.Text;
using Akka.Actor;

namespace Akka.Remote;

/// <summary>
/// One message on its way out. Its frame: length of what follows; kind; serializer's id; recipient, sender and manifest, each with its length; payload.
/// Numbers are little-endian. A path without an address is the recipient's, or the sender's, own.
/// </summary>
internal struct OutboundMessage(object message, IActorRef sender, RemoteActorRef recipient)
{
    private byte[] _senderPath;

    internal object Message { get; } = message;
    internal IActorRef Sender { get; } = sender;
    internal RemoteActorRef Recipient { get; } = recipient;
    internal byte[] Payload { get; private set; }
    internal string Manifest { get; private set; }
    internal int SerializerId { get; private set; }

    /// <summary>Of the frame, without the payload.</summary>
    internal int HeaderLength { get; private set; }

    internal readonly int FrameLength => HeaderLength + Payload.Length;

    /// <summary>On the sender's thread, so that the work is spread and its failure seen there.</summary>
    internal void Serialize(Serialization.Serialization serialization)
    {
        var serializer = serialization.FindSerializerFor(Message);
        Payload = serializer.ToBinary(Message);
        Manifest = Serialization.Serialization.ManifestFor(serializer, Message);
        SerializerId = serializer.Identifier;
        _senderPath = Sender switch
        {
            null or DeadLetterActorRef => [],
            RemoteActorRef or Nobody => Encoding.UTF8.GetBytes(Sender.Path.ToSerializationFormat()),
            _ => Sender.Path.Utf8,
        };
        var manifestLength = Encoding.UTF8.GetByteCount(Manifest);
        if (Math.Max(manifestLength, Math.Max(_senderPath.Length, Recipient.Path.Utf8.Length)) > Frame.LongestText)
            throw new ProtocolException($"A path or manifest of a message to {Recipient} is longer than {Frame.LongestText} bytes.");
        HeaderLength = sizeof(int) + 1 + sizeof(int) + (3 * sizeof(ushort)) + Recipient.Path.Utf8.Length + _senderPath.Length + manifestLength;
    }

    internal readonly void WriteHeader(Span<byte> to)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to, FrameLength - sizeof(int));
        to[4] = Frame.Message;
        BinaryPrimitives.WriteInt32LittleEndian(to[5..], SerializerId);
        to = WriteText(to[9..], Recipient.Path.Utf8);
        to = WriteText(to, _senderPath);
        BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)Encoding.UTF8.GetBytes(Manifest, to[2..]));
    }

    private static Span<byte> WriteText(Span<byte> to, byte[] text)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)text.Length);
        text.CopyTo(to[2..]);
        return to[(2 + text.Length)..];
    }
}
