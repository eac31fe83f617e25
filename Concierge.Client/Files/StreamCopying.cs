using System.Buffers;

namespace Concierge.Client;

/// <summary>Copies from stream to stream, a piece at a time, and tells how far it came.</summary>
internal static class StreamCopying
{
    private const int Piece = 64 * 1024;

    public static async Task CopyAsync(this Stream source, Stream destination, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            var copied = 0L;
            while (await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
            {
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                progress?.Report(copied += read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
