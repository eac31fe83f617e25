using System.Text;
using Concierge.Protocol.WebSockets;

namespace Concierge.Protocol.Tests.WebSockets;

public class ServerFramesTests
{
    [Fact]
    public void Text_TheUnmaskedHelloOfRfc6455Section5_7() =>
        ServerFrames.Text("Hello"u8).ShouldBe([0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]);

    [Fact]
    public void Ping_TheUnmaskedPingOfRfc6455Section5_7() =>
        ServerFrames.Ping("Hello"u8).ShouldBe([0x89, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]);

    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65535)]
    [InlineData(65536)]
    public void TryReadText_FindsEachText_PastWhatIsNone(int length)
    {
        string text = new('x', length);
        ReadOnlyMemory<byte> frames = (byte[])[.. ServerFrames.Ping("p"u8), .. ServerFrames.Text(Encoding.UTF8.GetBytes(text)), .. ServerFrames.Text("last"u8), .. ServerFrames.Close()];

        ServerFrames.TryReadText(ref frames, out ReadOnlyMemory<byte> first).ShouldBeTrue();
        Encoding.UTF8.GetString(first.Span).ShouldBe(text);
        ServerFrames.TryReadText(ref frames, out ReadOnlyMemory<byte> last).ShouldBeTrue();
        Encoding.UTF8.GetString(last.Span).ShouldBe("last");
        ServerFrames.TryReadText(ref frames, out _).ShouldBeFalse();
    }

    [Fact]
    public void Pong_CarriesThePingsPayload() => ServerFrames.Pong("Hi"u8).ShouldBe([0x8a, 0x02, 0x48, 0x69]);

    [Theory]
    [InlineData(0, new byte[] { 0x82, 0 })]
    [InlineData(125, new byte[] { 0x82, 125 })]
    [InlineData(126, new byte[] { 0x82, 126, 0, 126 })]
    [InlineData(256, new byte[] { 0x82, 126, 1, 0 })]
    [InlineData(65535, new byte[] { 0x82, 126, 255, 255 })]
    [InlineData(65536, new byte[] { 0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0 })]
    [InlineData(int.MaxValue, new byte[] { 0x82, 127, 0, 0, 0, 0, 0x7f, 255, 255, 255 })]
    public void WriteHeader_UsesTheFewestBytes(int length, byte[] expected)
    {
        byte[] header = new byte[ServerFrames.MaxHeaderSize];
        int written = ServerFrames.WriteHeader(header, Opcode.Binary, length);

        header[..written].ShouldBe(expected);
        ServerFrames.HeaderSize(length).ShouldBe(written);
    }

    [Fact]
    public void WriteHeader_WithTooLittleRoom_Throws() =>
        Should.Throw<ArgumentOutOfRangeException>(() => ServerFrames.WriteHeader(new byte[3], Opcode.Text, 126));

    [Fact]
    public void WriteHeader_OfANegativeLength_Throws() =>
        Should.Throw<ArgumentOutOfRangeException>(() => ServerFrames.WriteHeader(new byte[10], Opcode.Text, -1));

    [Fact]
    public void Ping_OverAControlFramesSize_Throws()
    {
        ServerFrames.Ping(new byte[125]).Length.ShouldBe(127);
        Should.Throw<ArgumentOutOfRangeException>(() => ServerFrames.Ping(new byte[126]));
        Should.Throw<ArgumentOutOfRangeException>(() => ServerFrames.Pong(new byte[126]));
    }

    [Fact]
    public void Close_WithoutACode_IsEmpty() => ServerFrames.Close().ShouldBe([0x88, 0]);

    [Fact]
    public void Close_HasCodeAndReason() =>
        ServerFrames.Close(CloseCode.SlowConsumer, "slow").ShouldBe([0x88, 6, 0x0f, 0xaa, (byte)'s', (byte)'l', (byte)'o', (byte)'w']);

    [Theory]
    [InlineData("a", 123)]
    [InlineData("ß", 122)]
    [InlineData("€", 123)]
    [InlineData("😀", 120)]
    public void Close_WithALongReason_CutsItBetweenCodePoints(string character, int expectedBytes)
    {
        byte[] frame = ServerFrames.Close(CloseCode.Normal, string.Concat(Enumerable.Repeat(character, 200)));

        frame.Length.ShouldBe(2 + 2 + expectedBytes);
        frame[1].ShouldBe((byte)(2 + expectedBytes));
        string reason = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(frame, 4, expectedBytes);
        reason.ShouldBe(string.Concat(Enumerable.Repeat(character, expectedBytes / Encoding.UTF8.GetByteCount(character))));
    }

    [Fact]
    public void Close_WithAReasonThatIsNoUnicode_SendsReplacements() =>
        ServerFrames.Close(CloseCode.Normal, "a\uD800b")[4..].ShouldBe("a\uFFFDb"u8.ToArray());

    [Theory]
    [InlineData(0)]
    [InlineData(1005)]
    [InlineData(1006)]
    [InlineData(5000)]
    public void Close_WithACodeThatMayNotBeSent_Throws(int code) =>
        Should.Throw<ArgumentOutOfRangeException>(() => ServerFrames.Close((CloseCode)code, "")).Message.ShouldContain("may not be sent");
}
