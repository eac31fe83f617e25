using System.Text;

namespace Concierge.Protocol;

/// <summary>
/// The UTF-8 bytes of one JSON value, kept as they came in: a message's <c>data</c> is passed on byte for byte and
/// never parsed by the concierge (protocol, section MESSAGE).
/// </summary>
/// <param name="utf8">The value's bytes, not copied: they must not change while this value is in use.</param>
public readonly struct RawJson(ReadOnlyMemory<byte> utf8) : IEquatable<RawJson>
{
    private static readonly byte[] NullUtf8 = "null"u8.ToArray();

    /// <summary>The JSON value <c>null</c>, which is also the default.</summary>
    public static RawJson Null => default;

    /// <summary>The bytes of the value.</summary>
    public ReadOnlyMemory<byte> Utf8 => utf8.IsEmpty ? NullUtf8 : utf8;

    /// <summary>Takes a copy of JSON text. The text is not checked.</summary>
    public static RawJson From(string json) => new(Encoding.UTF8.GetBytes(json));

    /// <summary>Whether both are the same bytes; <c>1</c> and <c>1.0</c> are not.</summary>
    public bool Equals(RawJson other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RawJson other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    /// <summary>Whether both are the same bytes.</summary>
    public static bool operator ==(RawJson left, RawJson right) => left.Equals(right);

    /// <summary>Whether the two differ in a byte.</summary>
    public static bool operator !=(RawJson left, RawJson right) => !left.Equals(right);

    /// <summary>The value as JSON text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
