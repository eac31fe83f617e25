using System.Buffers.Binary;
using System.Text.Unicode;

namespace Concierge.Protocol.WebSockets;

/// <summary>
/// Writes a server's frames: never masked and never fragmented, so that the bytes of one frame serve every receiver
/// (RFC 6455, sections 5.1 and 5.2).
/// </summary>
public static class ServerFrames
{
    /// <summary>The largest header that <see cref="WriteHeader"/> writes, in bytes.</summary>
    public const int MaxHeaderSize = 10;

    /// <summary>The size in bytes of the header in front of a payload of <paramref name="payloadLength"/> bytes: 2, 4 or 10.</summary>
    public static int HeaderSize(int payloadLength) => payloadLength switch { < 126 => 2, <= ushort.MaxValue => 4, _ => 10 };

    /// <summary>Writes the header of a frame that is a whole message.</summary>
    /// <param name="destination">At least <see cref="HeaderSize"/> bytes.</param>
    /// <param name="opcode">What the frame is.</param>
    /// <param name="payloadLength">Bytes of payload that will follow; 0 or more.</param>
    /// <returns>The bytes written, as <see cref="HeaderSize"/> says.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative, or <paramref name="destination"/> too short.</exception>
    public static int WriteHeader(Span<byte> destination, Opcode opcode, int payloadLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        int size = HeaderSize(payloadLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, size, nameof(destination));

        destination[0] = (byte)(0x80 | (byte)opcode);
        switch (size)
        {
            case 2:
                destination[1] = (byte)payloadLength;
                break;
            case 4:
                destination[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)payloadLength);
                break;
            default:
                destination[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(destination[2..], (ulong)payloadLength);
                break;
        }

        return size;
    }

    /// <summary>A text message. That <paramref name="utf8"/> is UTF-8 is not checked.</summary>
    public static byte[] Text(ReadOnlySpan<byte> utf8) => Frame(Opcode.Text, utf8);

    /// <summary>A ping.</summary>
    /// <param name="payload">What the pong will carry; at most 125 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="payload"/> is longer.</exception>
    public static byte[] Ping(ReadOnlySpan<byte> payload) => Control(Opcode.Ping, payload);

    /// <summary>The answer to a ping.</summary>
    /// <param name="payload">What the ping carried; at most 125 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="payload"/> is longer.</exception>
    public static byte[] Pong(ReadOnlySpan<byte> payload) => Control(Opcode.Pong, payload);

    /// <summary>A close frame without a code: the answer to one that had none.</summary>
    public static byte[] Close() => Control(Opcode.Close, default);

    /// <summary>A close frame.</summary>
    /// <param name="code">Why; one that may be sent (RFC 6455, section 7.4: not 1004 to 1006, 1015 and so on).</param>
    /// <param name="reason">For whoever reads the peer's logs; what is over 123 bytes of UTF-8 is cut off between two code points.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> may not be sent.</exception>
    public static byte[] Close(CloseCode code, string reason)
    {
        if (!ClosePayload.MayBeSent(code))
        {
            const string Expected = "This close code may not be sent; use 1000 to 1003, 1007 to 1014 or 3000 to 4999.";
            throw new ArgumentOutOfRangeException(nameof(code), code, Expected);
        }

        Span<byte> body = stackalloc byte[FrameHeader.MaxControlPayload];
        BinaryPrimitives.WriteUInt16BigEndian(body, (ushort)code);
        Utf8.FromUtf16(reason, body[sizeof(ushort)..], out _, out int written, replaceInvalidSequences: true);
        return Control(Opcode.Close, body[..(sizeof(ushort) + written)]);
    }

    /// <summary>Takes the first text out of what this class has written: whole frames, one after the other.</summary>
    /// <param name="frames">The frames; afterwards, those behind it.</param>
    /// <param name="utf8">Its payload, a slice of the frames.</param>
    /// <returns>False where there is no further text.</returns>
    public static bool TryReadText(ref ReadOnlyMemory<byte> frames, out ReadOnlyMemory<byte> utf8)
    {
        while (!frames.IsEmpty)
        {
            ReadOnlySpan<byte> bytes = frames.Span;
            (int header, int length) = bytes[1] switch
            {
                126 => (4, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
                127 => (10, (int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])),
                var few => (2, few),
            };
            utf8 = frames.Slice(header, length);
            frames = frames[(header + length)..];
            if ((Opcode)(bytes[0] & 0x0F) == Opcode.Text) return true;
        }

        utf8 = default;
        return false;
    }

    private static byte[] Control(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, FrameHeader.MaxControlPayload, nameof(payload));
        return Frame(opcode, payload);
    }

    private static byte[] Frame(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeaderSize(payload.Length) + payload.Length];
        int header = WriteHeader(frame, opcode, payload.Length);
        payload.CopyTo(frame.AsSpan(header));
        return frame;
    }
}
