using System.Net;

namespace Concierge.Client;

/// <summary>A stream as the body of a request, sent once, with progress. Leaves the stream open.</summary>
internal sealed class ProgressContent(Stream source, IProgress<long>? progress) : HttpContent
{
    // Where the stream stood when it was given to us: asked for its length after it was read, it would say zero.
    private readonly long? _length = source.CanSeek ? source.Length - source.Position : null;
    private bool _isSent;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_isSent)
            throw new HttpRequestException("The connection broke before the concierge answered. Try again with the stream where it began.");

        _isSent = true;
        return source.CopyAsync(stream, progress, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length ?? 0;
        return _length is not null;
    }
}
