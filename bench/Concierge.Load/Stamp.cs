using System.Buffers.Binary;

namespace Concierge.Load;

/// <summary>
/// The data of a message: 128 bytes of JSON that carry the message's number and when it was sent, at a fixed place, so that
/// a receiver need not parse to find them.
/// </summary>
/// <param name="Number">From 0, in the order sent.</param>
/// <param name="SentAt">A <see cref="System.Diagnostics.Stopwatch"/>'s timestamp.</param>
internal readonly record struct Stamp(long Number, long SentAt)
{
    /// <summary>Bytes of the data.</summary>
    public const int DataSize = 128;

    private const int Binary = 2 * sizeof(long);
    private const int Hex = 2 * Binary;

    private static ReadOnlySpan<byte> Start => "{\"stamp\":\""u8;

    private static ReadOnlySpan<byte> Middle => "\",\"text\":\""u8;

    /// <summary>Data with a place for the stamp.</summary>
    public static byte[] Blank()
    {
        var data = new byte[DataSize];
        data.AsSpan().Fill((byte)'x');
        Start.CopyTo(data);
        data.AsSpan(Start.Length, Hex).Fill((byte)'0');
        Middle.CopyTo(data.AsSpan(Start.Length + Hex));
        "\"}"u8.CopyTo(data.AsSpan(^2));
        return data;
    }

    public static Stamp Read(ReadOnlySpan<byte> data)
    {
        Span<byte> binary = stackalloc byte[Binary];
        Convert.FromHexString(data.Slice(Start.Length, Hex), binary, out _, out _);
        return new Stamp(BinaryPrimitives.ReadInt64BigEndian(binary), BinaryPrimitives.ReadInt64BigEndian(binary[sizeof(long)..]));
    }

    public void Write(Span<byte> data)
    {
        Span<byte> binary = stackalloc byte[Binary];
        BinaryPrimitives.WriteInt64BigEndian(binary, Number);
        BinaryPrimitives.WriteInt64BigEndian(binary[sizeof(long)..], SentAt);
        Convert.TryToHexString(binary, data.Slice(Start.Length, Hex), out _);
    }
}
