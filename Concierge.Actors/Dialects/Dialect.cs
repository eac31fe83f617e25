using System.Buffers;
using System.Runtime.CompilerServices;
using Concierge.Actors.Directory;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Dialects;

/// <summary>
/// An older format, as far as all its clients on a node have it in common: how what others send them reads in it, and what
/// they are called. What one of them sends is its session's affair. Thread-safe.
/// </summary>
/// <param name="kind">Which one.</param>
/// <param name="prefix">What the clients' names begin with.</param>
/// <param name="view">Who is where.</param>
public abstract class Dialect(DialectKind kind, string prefix, DirectoryView view)
{
    // A chunk goes to hundreds of clients, and is translated for the first of them. It takes its translation with it.
    private readonly ConditionalWeakTable<byte[], byte[]> _translated = [];
    private int _lastNumber;

    /// <summary>Which one.</summary>
    public DialectKind Kind => kind;

    /// <summary>Who is where.</summary>
    protected DirectoryView View => view;

    /// <summary>The name of the client with that number.</summary>
    public string NameOf(int number) => $"{prefix}_{number}";

    /// <summary>Whether a client's name is one that clients of this dialect have.</summary>
    internal bool IsName(string name) =>
        name.Length > prefix.Length + 1 && name.StartsWith(prefix, StringComparison.Ordinal) && name[prefix.Length] == '_'
        && !name.AsSpan(prefix.Length + 1).ContainsAnyExceptInRange('0', '9');

    /// <summary>
    /// The next number whose name nobody has, as far as this node knows: from 1 upwards, and never the same one twice.
    /// </summary>
    public int NextNumber()
    {
        int number;
        do number = Interlocked.Increment(ref _lastNumber);
        while (view.TryGetClient(NameOf(number), out _));
        return number;
    }

    /// <summary>Whether these clients are told of an event that reaches them, in their own words.</summary>
    internal virtual bool TellsOf(ServerPayload payload) => payload is ServerPayload.RoomClientJoined or ServerPayload.RoomClientLeft;

    /// <summary>Whether their sessions are told <see cref="DirectoryActor.SubscriberGone"/>.</summary>
    internal virtual bool WatchesSubscribers => false;

    /// <summary>What a chunk of the protocol's frames says to these clients.</summary>
    /// <param name="chunk">Whole frames; shared, and never changed.</param>
    /// <returns>Whole frames, or none where it says nothing to them; shared, and never changed.</returns>
    internal byte[] Translate(byte[] chunk) => _translated.GetValue(chunk, TranslateAll);

    /// <summary>A chunk says this in the words of the client that sent it, which speaks the dialect itself.</summary>
    /// <param name="chunk">Whole frames of the protocol.</param>
    /// <param name="native">Whole frames, as these clients get them.</param>
    internal void Learn(byte[] chunk, byte[] native) => _translated.AddOrUpdate(chunk, native);

    /// <summary>Appends the frames that say to these clients what a payload says, if anything.</summary>
    private protected abstract void Translate(ServerPayload payload, ArrayBufferWriter<byte> frames);

    private byte[] TranslateAll(byte[] chunk)
    {
        var frames = new ArrayBufferWriter<byte>();
        ReadOnlyMemory<byte> rest = chunk;
        while (ServerFrames.TryReadText(ref rest, out ReadOnlyMemory<byte> text))
        {
            if (ServerPayloadReader.TryRead(text, out ServerPayload? payload, out _)) Translate(payload, frames);
        }
        return frames.WrittenSpan.ToArray();
    }
}
