using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Concierge.Protocol.WebSockets;

/// <summary>The XOR that every client frame carries (RFC 6455, section 5.3).</summary>
internal static class Masking
{
    /// <summary>
    /// Masks or unmasks <paramref name="payload"/> in place. <paramref name="key"/> is read little-endian, so that its lowest
    /// byte is for the first byte of the payload.
    /// </summary>
    /// <returns>The key turned to where the payload's next byte needs it, if more of the frame is to come.</returns>
    public static uint Apply(Span<byte> payload, uint key)
    {
        uint word = BitConverter.IsLittleEndian ? key : BinaryPrimitives.ReverseEndianness(key);

        Span<byte> rest = payload;
        if (rest.Length >= Vector<byte>.Count)
        {
            Span<Vector<uint>> vectors = MemoryMarshal.Cast<byte, Vector<uint>>(rest);
            var wide = new Vector<uint>(word);
            for (int i = 0; i < vectors.Length; i++) vectors[i] ^= wide;
            rest = rest[(vectors.Length * Vector<byte>.Count)..];
        }

        Span<uint> words = MemoryMarshal.Cast<byte, uint>(rest);
        for (int i = 0; i < words.Length; i++) words[i] ^= word;

        // Everything so far came in multiples of four bytes: the key is in its first position again.
        Span<byte> tail = rest[(words.Length * sizeof(uint))..];
        for (int i = 0; i < tail.Length; i++) tail[i] ^= (byte)(key >> (8 * i));

        return BitOperations.RotateRight(key, 8 * (payload.Length & 3));
    }
}
