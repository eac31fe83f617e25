using System.Buffers.Binary;
using System.Runtime.Serialization;
using System.Text;

namespace Concierge.Actors.Nodes.Wire;

/// <summary>Reads what <see cref="WireWriter"/> wrote. Whatever the bytes are, it reads no further than they go, and makes nothing larger than them.</summary>
/// <exception cref="SerializationException">They are something else.</exception>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;

    public readonly void End()
    {
        if (_rest.Length > 0) throw new SerializationException($"{_rest.Length} bytes too many");
    }

    public byte Byte() => Take(1)[0];

    public bool Bool() => Byte() switch
    {
        0 => false,
        1 => true,
        byte other => throw new SerializationException($"expected 0 or 1 for a truth value, got {other}"),
    };

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public Guid Uuid() => new(Take(16));

    /// <summary>How many of something follow, each of which takes a byte or more.</summary>
    public int Count()
    {
        int count = Int();
        return count >= 0 && count <= _rest.Length ? count : throw new SerializationException($"expected up to {_rest.Length} items, got {count}");
    }

    public byte[] Bytes() => Take(Int()).ToArray();

    public void Bytes(scoped Span<byte> into)
    {
        ReadOnlySpan<byte> taken = Take(Int());
        if (taken.Length != into.Length) throw new SerializationException($"expected {into.Length} bytes, got {taken.Length}");
        taken.CopyTo(into);
    }

    public string Text()
    {
        try
        {
            return StrictUtf8.GetString(Take(Int()));
        }
        catch (DecoderFallbackException e)
        {
            throw new SerializationException("expected UTF-8", e);
        }
    }

    public string? TextOrNull() => Bool() ? Text() : null;

    public NodeId Node() => new(Text(), Int());

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length) throw new SerializationException($"expected {count} more bytes, got {_rest.Length}");
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
