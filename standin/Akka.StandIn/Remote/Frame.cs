using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace Akka.Remote;

/// <summary>What goes over a connection: a length of four bytes, little-endian, and so many bytes, the first of which is the kind.</summary>
internal static class Frame
{
    internal const byte Hello = 1;
    internal const byte Welcome = 2;
    internal const byte Refusal = 3;
    internal const byte Message = 4;

    /// <summary>Bytes of a path or a manifest.</summary>
    internal const int LongestText = 4096;

    /// <summary>The first frame in <paramref name="bytes"/>, of which it is taken; false while not all of it is there.</summary>
    /// <exception cref="ProtocolException">It announces more than <paramref name="longest"/>, or nothing.</exception>
    internal static bool TryTake(ref ReadOnlySequence<byte> bytes, int longest, out ReadOnlySequence<byte> frame)
    {
        frame = default;
        if (bytes.Length < sizeof(int))
            return false;
        Span<byte> prefix = stackalloc byte[sizeof(int)];
        bytes.Slice(0, sizeof(int)).CopyTo(prefix);
        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        if (length <= 0 || length > longest)
            throw new ProtocolException($"A frame of {length} bytes is announced; expected 1 to {longest}.");
        if (bytes.Length - sizeof(int) < length)
            return false;
        frame = bytes.Slice(sizeof(int), length);
        bytes = bytes.Slice(sizeof(int) + length);
        return true;
    }

    /// <summary>The next frame, copied; for the handshake.</summary>
    /// <exception cref="EndOfStreamException">The other end has closed.</exception>
    internal static async Task<byte[]> ReadAsync(PipeReader reader, int longest, CancellationToken timeout)
    {
        while (true)
        {
            var read = await reader.ReadAsync(timeout).ConfigureAwait(false);
            var bytes = read.Buffer;
            if (TryTake(ref bytes, longest, out var frame))
            {
                var copy = frame.ToArray();
                reader.AdvanceTo(bytes.Start);
                return copy;
            }
            reader.AdvanceTo(bytes.Start, bytes.End);
            if (read.IsCompleted)
                throw new EndOfStreamException("The other end has closed the connection.");
        }
    }
}
