using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Concierge.Protocol.WebSockets;

/// <summary>
/// Reads what a WebSocket client sends, in chunks of any size, and gives whole messages and control frames (RFC 6455,
/// the server's side, no extensions).
/// </summary>
/// <remarks>
/// <para>
/// A message that lies in a chunk as one frame is unmasked in place and given as a slice of the chunk. Others are assembled
/// in an array that grows with what has arrived: a peer makes the reader hold at most twice the bytes that it really
/// sent, and no more than the size limit, whatever its headers announce. Between messages the reader holds nothing.
/// </para>
/// <para>Not thread-safe: one reader for each connection, one call at a time.</para>
/// </remarks>
public sealed class MessageReader
{
    private readonly int _maxMessageSize;

    // A header that the end of a chunk cut.
    private HeaderBytes _header;
    private byte _headerLength;

    // The frame whose payload is being read.
    private bool _isInFrame;
    private bool _isFinal;
    private Opcode _frame;
    private uint _key;
    private int _remaining;

    // The message that the frames make up: Text or Binary, or Continuation while there is none.
    private Opcode _message;
    private PartialPayload _data;
    private PartialPayload _control;

    private bool _hasEnded;

    /// <param name="maxMessageSize">The largest message, in bytes of payload over all its fragments; a larger one is a violation, 1009.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxMessageSize"/> is less than 1.</exception>
    public MessageReader(int maxMessageSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessageSize, 1);
        _maxMessageSize = maxMessageSize;
    }

    /// <summary>Bytes that are allocated for what has begun to arrive and is not complete.</summary>
    public int HeldBytes => _data.Capacity + _control.Capacity;

    /// <summary>
    /// Takes all of <paramref name="chunk"/>, which it overwrites, and adds what is complete to <paramref name="messages"/>,
    /// in order. A close or a violation is the last thing it ever adds: what follows is ignored. Never throws for what a peer sent.
    /// </summary>
    /// <param name="chunk">The next bytes of the connection. Payloads may be slices of it: keep it as long as they are in use.</param>
    /// <param name="messages">Where to add; not cleared first.</param>
    public void Read(Memory<byte> chunk, List<InboundMessage> messages)
    {
        Span<byte> bytes = chunk.Span;
        int at = 0;
        while (at < bytes.Length && !_hasEnded)
        {
            if (!_isInFrame)
            {
                at += ReadHeader(bytes[at..], messages);
                if (!_isInFrame) continue;
            }

            int count = Math.Min(_remaining, bytes.Length - at);
            Span<byte> part = bytes.Slice(at, count);
            _key = Masking.Apply(part, _key);
            _remaining -= count;
            if (_remaining == 0 && _isFinal) Complete(chunk.Slice(at, count), messages);
            else Keep(part);

            _isInFrame = _remaining > 0;
            at += count;
        }
    }

    // Begins a frame if its header is complete. Returns how many bytes of the header were in the span.
    private int ReadHeader(ReadOnlySpan<byte> bytes, List<InboundMessage> messages)
    {
        int before = _headerLength;
        FrameHeader header;
        if (before == 0)
        {
            header = FrameHeader.Read(bytes);
        }
        else
        {
            Span<byte> stored = _header;
            int copied = Math.Min(bytes.Length, FrameHeader.MaxSize - before);
            bytes[..copied].CopyTo(stored[before..]);
            header = FrameHeader.Read(stored[..(before + copied)]);
        }

        if (Breach(header, out CloseCode code) is { } breach)
        {
            End(InboundMessage.Violation(code, breach), messages);
            return bytes.Length;
        }

        if (header.Size == 0)
        {
            if (before == 0) bytes.CopyTo(_header);
            _headerLength = (byte)(before + bytes.Length);
            return bytes.Length;
        }

        _headerLength = 0;
        _isInFrame = true;
        _isFinal = header.IsFinal;
        _frame = header.Opcode;
        _key = header.Key;
        _remaining = (int)header.Length;
        if (header.Opcode is Opcode.Text or Opcode.Binary) _message = header.Opcode;
        return header.Size - before;
    }

    // Looked for in headers that are still incomplete, too: nothing of a frame that won't do needs to arrive.
    private string? Breach(in FrameHeader header, out CloseCode code)
    {
        code = CloseCode.ProtocolError;
        if (header.Violation is not null) return header.Violation;
        if (header.Opcode.IsControl()) return null;

        bool continues = header.Opcode == Opcode.Continuation;
        bool isWithinMessage = _message != Opcode.Continuation;
        if (continues && !isWithinMessage) return "a continuation frame, but no message to continue";
        if (!continues && isWithinMessage) return "a new message before the fragmented one was finished";

        code = CloseCode.TooBig;
        return header.Length > _maxMessageSize - _data.Length ? $"a message is over the limit of {_maxMessageSize} bytes" : null;
    }

    // A part of a payload whose rest is still to come, in this frame or in further fragments.
    private void Keep(ReadOnlySpan<byte> part)
    {
        int expected = _isFinal ? part.Length + _remaining : _maxMessageSize - _data.Length;
        if (_frame.IsControl()) _control.Append(part, expected);
        else _data.Append(part, expected);
    }

    private void Complete(ReadOnlyMemory<byte> lastPart, List<InboundMessage> messages)
    {
        if (_frame.IsControl())
        {
            ReadOnlyMemory<byte> payload = _control.TakeWith(lastPart);
            switch (_frame)
            {
                case Opcode.Ping: messages.Add(new InboundMessage(MessageKind.Ping, payload)); break;
                case Opcode.Pong: messages.Add(new InboundMessage(MessageKind.Pong, payload)); break;
                default: End(ClosePayload.Read(payload.Span), messages); break;
            }

            return;
        }

        ReadOnlyMemory<byte> message = _data.TakeWith(lastPart);
        if (_message == Opcode.Binary) messages.Add(new InboundMessage(MessageKind.Binary, message));
        else if (Utf8.IsValid(message.Span)) messages.Add(new InboundMessage(MessageKind.Text, message));
        else End(InboundMessage.Violation(CloseCode.InvalidUtf8, "a text message is not UTF-8"), messages);
        _message = Opcode.Continuation;
    }

    private void End(InboundMessage last, List<InboundMessage> messages)
    {
        messages.Add(last);
        _hasEnded = true;
        _data = default;
        _control = default;
    }

    [InlineArray(FrameHeader.MaxSize)]
    private struct HeaderBytes
    {
        private byte _first;
    }
}
