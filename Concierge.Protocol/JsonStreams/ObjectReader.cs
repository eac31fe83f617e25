using System.Text.Unicode;
using Concierge.Protocol.WebSockets;

namespace Concierge.Protocol.JsonStreams;

/// <summary>
/// Cuts a stream of JSON objects, which follow one another without separator or length, into messages: one for each
/// object, however the stream was split on its way.
/// </summary>
/// <remarks>
/// <para>
/// It looks at braces and strings alone, so that an object which is no good JSON costs no other: whether it is, the receiver finds out. What
/// stands between objects is skipped. An object that lies in one chunk is given as a slice of it; of others as much is held as has arrived.
/// </para>
/// <para>Not thread-safe: one reader for each connection, one call at a time.</para>
/// </remarks>
public sealed class ObjectReader
{
    private readonly int _maxObjectSize;
    private PartialPayload _begun;
    private int _depth;
    private bool _isInString, _isEscaped, _hasEnded;

    /// <param name="maxObjectSize">The largest object in bytes; a larger one is a violation, 1009.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxObjectSize"/> is less than 1.</exception>
    public ObjectReader(int maxObjectSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxObjectSize, 1);
        _maxObjectSize = maxObjectSize;
    }

    /// <summary>
    /// Takes all of <paramref name="chunk"/> and adds the objects that are complete to <paramref name="messages"/>, in order: as text, or as
    /// binary where they aren't UTF-8. A violation is the last thing it ever adds. Never throws for what a peer sent.
    /// </summary>
    /// <param name="chunk">The next bytes of the connection. Payloads may be slices of it: keep it as long as they are in use.</param>
    /// <param name="messages">Where to add; not cleared first.</param>
    public void Read(ReadOnlyMemory<byte> chunk, List<InboundMessage> messages)
    {
        while (!_hasEnded && TryFindBeginning(ref chunk))
        {
            int length = FindEnd(chunk.Span);
            bool isWhole = _depth == 0;
            if (_begun.Length + (long)length > _maxObjectSize)
            {
                _hasEnded = true;
                _begun = default;
                messages.Add(InboundMessage.Violation(CloseCode.TooBig, $"an object is longer than {_maxObjectSize} bytes"));
                return;
            }
            if (!isWhole)
            {
                _begun.Append(chunk.Span, _maxObjectSize - _begun.Length);
                return;
            }
            ReadOnlyMemory<byte> found = _begun.TakeWith(chunk[..length]);
            messages.Add(new InboundMessage(Utf8.IsValid(found.Span) ? MessageKind.Text : MessageKind.Binary, found));
            chunk = chunk[length..];
        }
    }

    private bool TryFindBeginning(ref ReadOnlyMemory<byte> chunk)
    {
        int at = _depth > 0 ? 0 : chunk.Span.IndexOf((byte)'{');
        chunk = at < 0 ? default : chunk[at..];
        return !chunk.IsEmpty;
    }

    // How many bytes belong to the object: up to its last brace, with which the depth is 0 again, or all of them.
    private int FindEnd(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            if (_isEscaped)
            {
                _isEscaped = false;
                at++;
                continue;
            }
            int next = _isInString ? bytes[at..].IndexOfAny((byte)'"', (byte)'\\') : bytes[at..].IndexOfAny((byte)'"', (byte)'{', (byte)'}');
            if (next < 0) return bytes.Length;
            at += next + 1;
            switch (bytes[at - 1])
            {
                case (byte)'"': _isInString = !_isInString; break;
                case (byte)'\\': _isEscaped = true; break;
                case (byte)'{': _depth++; break;
                default:
                    if (--_depth == 0) return at;
                    break;
            }
        }
        return bytes.Length;
    }
}
