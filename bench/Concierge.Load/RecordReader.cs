using System.Buffers.Binary;
using Concierge.Protocol.WebSockets;

namespace Concierge.Load;

/// <summary>
/// Takes a server's frames off, in place: what remains is text in which every message ends with a record separator. SignalR's
/// records end so by themselves, and may be spread over several frames; JSON never contains the character.
/// </summary>
/// <remarks>The buffer is lent for one read: a connection that waits holds none.</remarks>
internal sealed class RecordReader
{
    private const byte Separator = 0x1E;

    private byte[] _kept = [];
    private int _keptText;
    private int _remaining;
    private bool _isInFrame, _isFinal;
    private Opcode _opcode;

    /// <summary>The separator of a frame whose header came earlier takes a byte more than it frees: hence the gap.</summary>
    private int Raw => _keptText + 1;

    /// <summary>Puts what is left of earlier reads into the buffer.</summary>
    /// <returns>Where the bytes of the next read go.</returns>
    public int Prepare(Span<byte> buffer)
    {
        _kept.AsSpan(0, _keptText).CopyTo(buffer);
        _kept.AsSpan(_keptText).CopyTo(buffer[Raw..]);
        return _kept.Length + 1;
    }

    /// <summary>Takes the frames off.</summary>
    /// <param name="buffer">From its start, as <see cref="Prepare"/> left it, to the end of what was read.</param>
    /// <param name="control">Gets the opcode of every control frame; their payloads are dropped.</param>
    /// <returns>Whole records, each with its separator; some may be empty.</returns>
    public ReadOnlySpan<byte> Take(Span<byte> buffer, Action<Opcode> control)
    {
        int at = Raw;
        int text = _keptText;
        while (true)
        {
            if (!_isInFrame)
            {
                if (!TryReadHeader(buffer[at..], out int size)) break;
                at += size;
                _isInFrame = true;
            }

            int count = Math.Min(_remaining, buffer.Length - at);
            bool isText = _opcode < Opcode.Close;
            if (isText)
            {
                buffer.Slice(at, count).CopyTo(buffer[text..]);
                text += count;
            }
            at += count;
            _remaining -= count;
            if (_remaining > 0) break;

            _isInFrame = false;
            if (!isText) control(_opcode);
            else if (_isFinal) buffer[text++] = Separator;
        }

        int whole = buffer[..text].LastIndexOf(Separator) + 1;
        _keptText = text - whole;
        _kept = [.. buffer[whole..text], .. buffer[at..]];
        return buffer[..whole];
    }

    /// <summary>The next record of what <see cref="Take"/> returned, without its separator.</summary>
    public static bool TryNext(ref ReadOnlySpan<byte> records, out ReadOnlySpan<byte> record)
    {
        int end = records.IndexOf(Separator);
        record = end < 0 ? default : records[..end];
        records = records[(end + 1)..];
        return end >= 0;
    }

    private bool TryReadHeader(ReadOnlySpan<byte> bytes, out int size)
    {
        size = bytes.Length < 2 ? int.MaxValue : (bytes[1] & 0x7F) switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < size) return false;
        _isFinal = (bytes[0] & 0x80) != 0;
        _opcode = (Opcode)(bytes[0] & 0x0F);
        _remaining = size switch
        {
            2 => bytes[1] & 0x7F,
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            _ => checked((int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])),
        };
        return true;
    }
}
