using System.Text;
using Concierge.Protocol.WebSockets;

namespace Concierge.Protocol.Tests.WebSockets;

public class MessageReaderViolationTests
{
    [Theory]
    [InlineData(0x40)]
    [InlineData(0x20)]
    [InlineData(0x10)]
    public void Read_AReservedBit_Is1002(byte bit) => ShouldBreak(CloseCode.ProtocolError, "reserved bit", [(byte)(0x81 | bit)]);

    [Theory]
    [InlineData(0x3)]
    [InlineData(0x7)]
    [InlineData(0xB)]
    [InlineData(0xF)]
    public void Read_AReservedOpcode_Is1002(byte opcode) => ShouldBreak(CloseCode.ProtocolError, $"opcode {opcode}", [(byte)(0x80 | opcode)]);

    [Fact]
    public void Read_TheUnmaskedTextOfRfc6455Section5_7_Is1002() =>
        ShouldBreak(CloseCode.ProtocolError, "not masked", [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]);

    [Theory]
    [InlineData(Opcode.Close)]
    [InlineData(Opcode.Ping)]
    [InlineData(Opcode.Pong)]
    public void Read_AFragmentedControlFrame_Is1002(Opcode opcode) =>
        ShouldBreak(CloseCode.ProtocolError, "fragmented", ClientFrames.Frame(opcode, [], final: false));

    [Theory]
    [InlineData(Opcode.Close)]
    [InlineData(Opcode.Ping)]
    [InlineData(Opcode.Pong)]
    public void Read_AControlFrameOver125Bytes_Is1002(Opcode opcode) =>
        ShouldBreak(CloseCode.ProtocolError, "125", ClientFrames.Header(opcode, 126));

    [Theory]
    [InlineData(Opcode.Ping, MessageKind.Ping)]
    [InlineData(Opcode.Pong, MessageKind.Pong)]
    public void Read_AControlFrameOf125Bytes_IsFine(Opcode opcode, MessageKind kind) =>
        ClientFrames.Read(ClientFrames.Frame(opcode, new byte[125])).ShouldBe([new(kind, new string('\0', 125))]);

    [Fact]
    public void Read_AContinuationOfNothing_Is1002() =>
        ShouldBreak(CloseCode.ProtocolError, "no message to continue", ClientFrames.Continuation("x", final: true));

    [Fact]
    public void Read_AContinuationAfterTheMessageWasFinished_Is1002()
    {
        byte[] bytes = [.. ClientFrames.Text("a", final: false), .. ClientFrames.Continuation("b", final: true), .. ClientFrames.Continuation("c", final: true)];
        ClientFrames.Read(bytes).ShouldBe([new(MessageKind.Text, "ab"), new(MessageKind.Violation, "", CloseCode.ProtocolError)]);
    }

    [Theory]
    [InlineData(Opcode.Text)]
    [InlineData(Opcode.Binary)]
    public void Read_ANewMessageWithinAFragmentedOne_Is1002(Opcode opcode) => ShouldBreak(
        CloseCode.ProtocolError,
        "before the fragmented one was finished",
        [.. ClientFrames.Text("", final: false), .. ClientFrames.Frame(opcode, "x"u8)]);

    [Fact]
    public void Read_A64BitLengthWithTheTopBitSet_Is1002() =>
        ShouldBreak(CloseCode.ProtocolError, "top bit", [0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0]);

    [Theory]
    [InlineData(new byte[] { 0x82, 0xFE, 0, 125 })]
    [InlineData(new byte[] { 0x82, 0xFE, 0, 0 })]
    [InlineData(new byte[] { 0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF })]
    public void Read_ALengthInMoreBytesThanNeeded_Is1002(byte[] header) => ShouldBreak(CloseCode.ProtocolError, "fewest bytes", header);

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    public void Read_TextThatIsNotUtf8_Is1007(byte[] text) =>
        ShouldBreak(CloseCode.InvalidUtf8, "not UTF-8", ClientFrames.Frame(Opcode.Text, text));

    [Fact]
    public void Read_FragmentsWhoseJoinIsNotUtf8_Is1007() => ShouldBreak(
        CloseCode.InvalidUtf8,
        "not UTF-8",
        [.. ClientFrames.Frame(Opcode.Text, [0xE2, 0x82], final: false), .. ClientFrames.Frame(Opcode.Continuation, "a"u8)]);

    [Fact]
    public void Read_AMessageOfTheLimit_IsFine() =>
        ClientFrames.Read(ClientFrames.Text("12345"), maxMessageSize: 5).ShouldBe([new(MessageKind.Text, "12345")]);

    [Theory]
    [InlineData(6)]
    [InlineData(200)]
    [InlineData(70_000)]
    [InlineData(long.MaxValue)]
    public void Read_AMessageOverTheLimit_Is1009AsSoonAsItsLengthIsThere(long length)
    {
        byte[] header = ClientFrames.Header(Opcode.Binary, length)[..^4];
        ClientFrames.Read(header, maxMessageSize: 5).ShouldBe([new(MessageKind.Violation, "", CloseCode.TooBig)]);
        ClientFrames.Read(header[..^1], maxMessageSize: 5).ShouldBeEmpty();
    }

    [Fact]
    public void Read_FragmentsOverTheLimitInSum_Is1009WithTheHeaderThatSaysSo()
    {
        byte[] bytes =
        [
            .. ClientFrames.Text("123", final: false),
            .. ClientFrames.Frame(Opcode.Ping, "a ping is no part of it"u8),
            .. ClientFrames.Continuation("45", final: false),
            .. ClientFrames.Header(Opcode.Continuation, 1),
        ];
        foreach (int chunkSize in (int[])[0, 1])
        {
            ClientFrames.Read(bytes, chunkSize, maxMessageSize: 5).Last().ShouldBe(new(MessageKind.Violation, "", CloseCode.TooBig));
        }
    }

    [Fact]
    public void Read_FragmentsOfTheLimitInSum_AreFine()
    {
        byte[] bytes = [.. ClientFrames.Text("123", final: false), .. ClientFrames.Continuation("45", final: false), .. ClientFrames.Continuation("", final: true)];
        ClientFrames.Read(bytes, maxMessageSize: 5).ShouldBe([new(MessageKind.Text, "12345")]);
    }

    [Fact]
    public void Read_AfterAViolation_IgnoresEverything()
    {
        var reader = new MessageReader(1024);
        byte[] bytes = [0xFF, .. ClientFrames.Text("in the same chunk")];

        ClientFrames.ReadChunk(reader, bytes).ShouldHaveSingleItem().Kind.ShouldBe(MessageKind.Violation);
        ClientFrames.ReadChunk(reader, ClientFrames.Text("in another")).ShouldBeEmpty();
        reader.HeldBytes.ShouldBe(0);
    }

    [Fact]
    public void Read_BeforeAViolation_GivesWhatWasSound() =>
        ClientFrames.Read([.. ClientFrames.Text("sound"), 0xFF]).ShouldBe([new(MessageKind.Text, "sound"), new(MessageKind.Violation, "", CloseCode.ProtocolError)]);

    [Fact]
    public void Read_ACloseWithoutACode_HasNeitherCodeNorReason()
    {
        Seen close = ClientFrames.Read(ClientFrames.Frame(Opcode.Close, [])).ShouldHaveSingleItem();
        close.ShouldBe(new(MessageKind.Close, ""));
        close.Reason.ShouldBeNull();
    }

    [Fact]
    public void Read_ACloseWithOneByte_Is1002() =>
        ShouldBreak(CloseCode.ProtocolError, "half of a code", ClientFrames.Frame(Opcode.Close, [3]));

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1002)]
    [InlineData(1003)]
    [InlineData(1007)]
    [InlineData(1011)]
    [InlineData(1014)]
    [InlineData(3000)]
    [InlineData(4999)]
    public void Read_ACloseWithAValidCode_GivesIt(int code)
    {
        Seen close = ClientFrames.Read(ClientFrames.Close(code, "tschüß"u8)).ShouldHaveSingleItem();
        close.ShouldBe(new(MessageKind.Close, "", (CloseCode)code));
        close.Reason.ShouldBe("tschüß");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(1004)]
    [InlineData(1005)]
    [InlineData(1006)]
    [InlineData(1015)]
    [InlineData(1016)]
    [InlineData(2999)]
    [InlineData(5000)]
    [InlineData(65535)]
    public void Read_ACloseWithACodeThatMayNotBeSent_Is1002(int code) =>
        ShouldBreak(CloseCode.ProtocolError, $"close code {code}", ClientFrames.Close(code));

    [Fact]
    public void Read_ACloseWhoseReasonIsNotUtf8_Is1007() =>
        ShouldBreak(CloseCode.InvalidUtf8, "reason", ClientFrames.Close(1000, 0xFF));

    [Fact]
    public void Read_AfterAClose_IgnoresEverything()
    {
        var reader = new MessageReader(1024);
        byte[] bytes = [.. ClientFrames.Text("a", final: false), .. ClientFrames.Close(1000), .. ClientFrames.Continuation("b", final: true)];

        ClientFrames.Read(reader, bytes, chunkSize: 1).ShouldBe([new(MessageKind.Close, "", CloseCode.Normal)]);
        reader.HeldBytes.ShouldBe(0);
    }

    // Broken the same way whether the bytes come at once or one by one, and the reason says what it was.
    private static void ShouldBreak(CloseCode code, string reason, byte[] bytes)
    {
        foreach (int chunkSize in (int[])[0, 1])
        {
            Seen seen = ClientFrames.Read(bytes, chunkSize).ShouldHaveSingleItem();
            seen.ShouldBe(new(MessageKind.Violation, "", code));
            seen.Reason.ShouldNotBeNull().ShouldContain(reason);
            Encoding.UTF8.GetByteCount(seen.Reason).ShouldBeLessThanOrEqualTo(123);
        }
    }
}
