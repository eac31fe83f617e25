using System.Runtime.InteropServices;
using System.Text;
using Concierge.Protocol.WebSockets;

namespace Concierge.Protocol.Tests.WebSockets;

public class MessageReaderTests
{
    [Fact]
    public void Read_TheMaskedTextOfRfc6455Section5_7_IsHello()
    {
        byte[] bytes = [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];
        ClientFrames.Read(bytes).ShouldBe([new(MessageKind.Text, "Hello")]);
    }

    [Fact]
    public void Read_TheMaskedPongOfRfc6455Section5_7_IsPongHello()
    {
        byte[] bytes = [0x8a, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];
        ClientFrames.Read(bytes).ShouldBe([new(MessageKind.Pong, "Hello")]);
    }

    [Fact]
    public void Read_TheFragmentsOfRfc6455Section5_7_AreHello()
    {
        byte[] bytes = [.. ClientFrames.Text("Hel", final: false), .. ClientFrames.Continuation("lo", final: true)];
        ClientFrames.Read(bytes).ShouldBe([new(MessageKind.Text, "Hello")]);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(65536)]
    public void Read_TheBinaryMessagesOfRfc6455Section5_7_AreWhole(int length)
    {
        byte[] payload = Bytes(length);
        ClientFrames.Read(ClientFrames.Frame(Opcode.Binary, payload)).ShouldBe([new(MessageKind.Binary, Encoding.Latin1.GetString(payload))]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(127)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(65537)]
    public void Read_AtTheBordersOfTheLengthEncodings_GivesTheMessageHoweverItIsCut(int length)
    {
        byte[] payload = Bytes(length);
        byte[] frame = ClientFrames.Frame(Opcode.Binary, payload);
        var expected = new Seen(MessageKind.Binary, Encoding.Latin1.GetString(payload));

        foreach (int chunkSize in (int[])[0, 1, 3, 13, 4096]) ClientFrames.Read(frame, chunkSize).ShouldBe([expected]);
    }

    [Fact]
    public void Read_OneByteAtATime_GivesEachMessageWithItsLastByte()
    {
        var reader = new MessageReader(1024);
        byte[] frame = ClientFrames.Text("grüße");

        foreach (byte b in frame[..^1]) ClientFrames.ReadChunk(reader, [b]).ShouldBeEmpty();
        ClientFrames.ReadChunk(reader, [frame[^1]]).ShouldHaveSingleItem().Payload.Length.ShouldBe(7);
    }

    [Fact]
    public void Read_AFrameThatLiesInTheChunk_IsASliceOfIt()
    {
        byte[] chunk = [.. ClientFrames.Text("one"), .. ClientFrames.Frame(Opcode.Ping, "two"u8), .. ClientFrames.Text("three")];
        var messages = new List<InboundMessage>();

        new MessageReader(1024).Read(chunk, messages);

        messages.Count.ShouldBe(3);
        messages.ShouldAllBe(m => IsSliceOf(m.Payload, chunk));
        Encoding.UTF8.GetString(messages[2].Payload.Span).ShouldBe("three");
    }

    [Fact]
    public void Read_AFrameThatSpansChunks_IsNoSliceOfThem()
    {
        byte[] frame = ClientFrames.Text("assembled");
        byte[] first = frame[..8], second = frame[8..];
        var messages = new List<InboundMessage>();
        var reader = new MessageReader(1024);

        reader.Read(first, messages);
        reader.Read(second, messages);
        second.AsSpan().Clear();

        InboundMessage message = messages.ShouldHaveSingleItem();
        IsSliceOf(message.Payload, second).ShouldBeFalse();
        Encoding.UTF8.GetString(message.Payload.Span).ShouldBe("assembled");
    }

    [Fact]
    public void Read_TwoAssembledMessages_ShareNoMemory()
    {
        byte[] chunk = [.. ClientFrames.Text("a", final: false), .. ClientFrames.Continuation("b", final: true)];
        var messages = new List<InboundMessage>();
        var reader = new MessageReader(1024);

        reader.Read(chunk.ToArray(), messages);
        reader.Read(ClientFrames.Text("c", final: false), messages);
        reader.Read(ClientFrames.Continuation("d", final: true), messages);

        messages.ConvertAll(m => Encoding.UTF8.GetString(m.Payload.Span)).ShouldBe(["ab", "cd"]);
    }

    [Fact]
    public void Read_ControlFramesBetweenFragments_ComeBeforeTheMessage()
    {
        byte[] bytes =
        [
            .. ClientFrames.Text("a", final: false),
            .. ClientFrames.Frame(Opcode.Ping, "p"u8),
            .. ClientFrames.Continuation("b", final: false),
            .. ClientFrames.Frame(Opcode.Pong, "q"u8),
            .. ClientFrames.Continuation("c", final: true),
        ];
        Seen[] expected = [new(MessageKind.Ping, "p"), new(MessageKind.Pong, "q"), new(MessageKind.Text, "abc")];

        for (int chunkSize = 0; chunkSize < 12; chunkSize++) ClientFrames.Read(bytes, chunkSize).ShouldBe(expected);
    }

    [Fact]
    public void Read_EmptyMessages_AreMessages()
    {
        byte[] bytes =
        [
            .. ClientFrames.Text(""),
            .. ClientFrames.Frame(Opcode.Binary, []),
            .. ClientFrames.Frame(Opcode.Ping, []),
            .. ClientFrames.Text("", final: false),
            .. ClientFrames.Continuation("", final: true),
        ];
        Seen[] expected = [new(MessageKind.Text, ""), new(MessageKind.Binary, ""), new(MessageKind.Ping, ""), new(MessageKind.Text, "")];

        ClientFrames.Read(bytes).ShouldBe(expected);
        ClientFrames.Read(bytes, chunkSize: 1).ShouldBe(expected);
    }

    [Fact]
    public void Read_AnEmptyChunk_ChangesNothing()
    {
        var reader = new MessageReader(1024);
        byte[] frame = ClientFrames.Text("x");

        ClientFrames.ReadChunk(reader, []).ShouldBeEmpty();
        ClientFrames.ReadChunk(reader, frame.AsSpan(0, 6)).ShouldBeEmpty();
        ClientFrames.ReadChunk(reader, []).ShouldBeEmpty();
        ClientFrames.ReadChunk(reader, frame.AsSpan(6)).ShouldBe([new(MessageKind.Text, "x")]);
    }

    [Fact]
    public void Read_ACodePointSplitAcrossFragments_IsFine()
    {
        byte[] euro = "€"u8.ToArray();
        byte[] bytes = [.. ClientFrames.Frame(Opcode.Text, euro.AsSpan(0, 1), final: false), .. ClientFrames.Frame(Opcode.Continuation, euro.AsSpan(1))];

        ClientFrames.Read(bytes).ShouldBe([new(MessageKind.Text, Encoding.Latin1.GetString(euro))]);
    }

    [Fact]
    public void Read_BinaryThatIsNotUtf8_IsFine() =>
        ClientFrames.Read(ClientFrames.Frame(Opcode.Binary, [0xFF, 0xC0])).ShouldBe([new(MessageKind.Binary, "\u00FF\u00C0")]);

    [Fact]
    public void Read_AddsToWhatIsInTheListAlready()
    {
        var messages = new List<InboundMessage> { default };
        new MessageReader(1024).Read(ClientFrames.Text("x"), messages);
        messages.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Constructor_WithALimitBelowOne_Throws(int limit) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new MessageReader(limit));

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];

    private static bool IsSliceOf(ReadOnlyMemory<byte> payload, byte[] chunk) =>
        MemoryMarshal.TryGetArray(payload, out ArraySegment<byte> segment) && ReferenceEquals(segment.Array, chunk);
}
