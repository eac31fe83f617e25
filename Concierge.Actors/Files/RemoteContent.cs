namespace Concierge.Actors.Files;

/// <summary>
/// A file on another node, as a stream. While one part is read the next is on its way, and no more than that: who reads
/// slowly has little in memory on either node.
/// </summary>
internal sealed class RemoteContent(Transfer transfer, long length) : Stream
{
    private (long Offset, byte[] Bytes) _part = (0, []);
    private (long Offset, Task<FileMessage.Chunk> Answer)? _next;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <exception cref="FileRefusedException">The other node doesn't answer.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= length || buffer.IsEmpty) return 0;
        if (_position < _part.Offset || _position >= _part.Offset + _part.Bytes.Length) await FetchAsync(cancellationToken);
        ReadOnlyMemory<byte> rest = _part.Bytes.AsMemory((int)(_position - _part.Offset));
        int count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A file on another node is read asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The file is open for reading.");

    public override void SetLength(long value) => throw new NotSupportedException("The file is open for reading.");

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) transfer.Dispose();
        base.Dispose(disposing);
    }

    private async Task FetchAsync(CancellationToken cancellation)
    {
        var answer = _next is { } next && next.Offset == _position ? next.Answer : AskAsync(_position);
        byte[] bytes = (await answer.WaitAsync(cancellation)).Bytes;
        if (bytes.Length == 0) throw Transfer.Unavailable();
        _part = (_position, bytes);
        long end = _position + bytes.Length;
        _next = end < length ? (end, AskAsync(end)) : null;
    }

    private Task<FileMessage.Chunk> AskAsync(long offset) =>
        transfer.AskAsync<FileMessage.Chunk>(new FileMessage.Read(transfer.Id, offset), transfer.Ended);
}
