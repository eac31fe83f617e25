using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Concierge.Protocol.WebSockets;

/// <summary>The body of a close frame: nothing, or a code of two bytes and a reason in UTF-8 (RFC 6455, section 5.5.1).</summary>
internal static class ClosePayload
{
    /// <summary>A control frame's 125 bytes less the code.</summary>
    public const int MaxReasonBytes = FrameHeader.MaxControlPayload - sizeof(ushort);

    /// <summary>A close as the peer meant it, or the violation that it is.</summary>
    public static InboundMessage Read(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty) return new InboundMessage(MessageKind.Close, default);
        if (body.Length < sizeof(ushort))
        {
            return InboundMessage.Violation(CloseCode.ProtocolError, "a close frame has one byte, half of a code");
        }

        var code = (CloseCode)BinaryPrimitives.ReadUInt16BigEndian(body);
        ReadOnlySpan<byte> reason = body[sizeof(ushort)..];
        if (!MayBeSent(code)) return InboundMessage.Violation(CloseCode.ProtocolError, $"close code {(int)code} may not be sent");
        if (!Utf8.IsValid(reason)) return InboundMessage.Violation(CloseCode.InvalidUtf8, "a close frame's reason is not UTF-8");
        return InboundMessage.Closing(code, reason.IsEmpty ? null : Encoding.UTF8.GetString(reason));
    }

    /// <summary>
    /// Whether a close frame may carry the code (section 7.4; 1012 to 1014 were registered with IANA later). The likes of
    /// 1005 and 1006 only exist inside programs.
    /// </summary>
    public static bool MayBeSent(CloseCode code) => (int)code is >= 1000 and <= 1003 or >= 1007 and <= 1014 or >= 3000 and <= 4999;
}
