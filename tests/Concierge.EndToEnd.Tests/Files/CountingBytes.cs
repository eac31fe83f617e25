using System.Buffers.Binary;

namespace Concierge.EndToEnd.Tests.Files;

/// <summary>A stream of any length whose every eight bytes are their own number, so that none can be lost or moved unseen.</summary>
internal sealed class CountingBytes(long length) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>Reads the other stream to its end; it has to be of that length, and count as this does.</summary>
    public static async Task ExpectAsync(Stream actual, long length)
    {
        var buffer = new byte[64 * 1024];
        long position = 0;
        for (int read; (read = await actual.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false)) > 0; position += read)
        {
            for (int i = 0; i < read; i += 8)
            {
                long found = BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(i));
                if (found != position + i) found.ShouldBe(position + i);
            }
        }

        position.ShouldBe(length);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length & ~7, length - _position);
        for (int i = 0; i < count; i += 8) BinaryPrimitives.WriteInt64LittleEndian(buffer[i..], _position + i);
        _position += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
