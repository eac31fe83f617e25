using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.BadInput;

/// <summary>Frames that no client may send: a clean close, and a bystander that notices nothing.</summary>
public sealed class BrokenFrameTests(SharedNode shared) : SharedNodeTests(shared)
{
    private const int ProtocolError = 1002, InvalidUtf8 = 1007, TooBig = 1009;
    private const int FrameSize = 1024 * 1024;

    private static readonly Dictionary<string, (byte[] Bytes, int Code)> Broken = new()
    {
        ["not masked"] = ([0x81, 0x02, .. "{}"u8], ProtocolError),
        ["a reserved bit"] = ([0xC1, 0x80, 0, 0, 0, 0], ProtocolError),
        ["a reserved opcode"] = ([0x83, 0x80, 0, 0, 0, 0], ProtocolError),
        ["a reserved control opcode"] = ([0x8B, 0x80, 0, 0, 0, 0], ProtocolError),
        ["a fragmented ping"] = (Frame.Masked(Opcode.Ping, [], isFinal: false), ProtocolError),
        ["a ping over 125 bytes"] = (Frame.Masked(Opcode.Ping, new byte[126]), ProtocolError),
        ["a continuation of nothing"] = (Frame.Masked(Opcode.Continuation, "{}"u8), ProtocolError),
        ["a message within a message"] = ([.. Frame.Masked(Opcode.Text, "{"u8, isFinal: false), .. Frame.Masked("{}")], ProtocolError),
        ["a length in more bytes than it needs"] = ([0x81, 0xFE, 0, 2, 0, 0, 0, 0, .. "{}"u8], ProtocolError),
        ["a length below zero"] = ([0x81, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0], ProtocolError),
        ["a close frame of one byte"] = (Frame.Masked(Opcode.Close, [3]), ProtocolError),
        ["a close code that is none"] = (Frame.MaskedClose(1005), ProtocolError),
        ["a close code out of range"] = (Frame.MaskedClose(999), ProtocolError),
        ["a byte that UTF-8 has not"] = (Frame.Masked(Opcode.Text, [.. "\""u8, 0xFF, .. "\""u8]), InvalidUtf8),
        ["half a character"] = (Frame.Masked(Opcode.Text, [.. "\""u8, 0xC3]), InvalidUtf8),
        ["a surrogate in UTF-8"] = (Frame.Masked(Opcode.Text, [.. "\""u8, 0xED, 0xA0, 0x80, .. "\""u8]), InvalidUtf8),
        ["a slash in too many bytes"] = (Frame.Masked(Opcode.Text, [.. "\""u8, 0xC0, 0xAF, .. "\""u8]), InvalidUtf8),
        ["invalid UTF-8 within data"] =
            (Frame.Masked(Opcode.Text, [.. """{"type":"MESSAGE","target":{"type":"ALL"},"data":" """u8, 0xFE, .. "\"}"u8]), InvalidUtf8),
        ["a frame over the limit"] = (Frame.Masked(Opcode.Text, [], announced: FrameSize + 1), TooBig),
        ["a frame of four exabytes"] = (Frame.Masked(Opcode.Text, [], announced: 1UL << 62), TooBig),
        ["fragments over the limit"] = (
        [
            .. Frame.Masked(Opcode.Text, new byte[FrameSize], isFinal: false), .. Frame.Masked(Opcode.Continuation, "1"u8),
        ], TooBig),
    };

    public static TheoryData<string> Faults => new(Broken.Keys);

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task FrameWithAFault_ClosesTheConnection_AndDisturbsNobody(string fault)
    {
        WireClient client = await Node.JoinAsync(), bystander = await Node.JoinAsync(presence: true);

        await client.Socket.SendAsync(Broken[fault].Bytes);

        (await client.ReceiveCloseAsync()).ShouldBe(Broken[fault].Code);
        await client.Socket.ReadEndAsync();
        await bystander.ExpectAsync($$"""{"type":"CLIENT_LEFT","client":{{client.Info}}}""");
        await bystander.ShouldBeUndisturbedAsync();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task FrameWithAFault_BeforeIdentify_ClosesTheConnectionJustSo(string fault)
    {
        WireClient client = await Node.ConnectAsync(), bystander = await Node.JoinAsync();

        await client.Socket.SendAsync(Broken[fault].Bytes);

        (await client.ReceiveCloseAsync()).ShouldBe(Broken[fault].Code);
        await client.Socket.ReadEndAsync();
        await bystander.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task FrameOfExactlyTheLimit_IsTaken()
    {
        WireClient client = await Node.JoinAsync();
        string frame = $$"""{"type":"SELF_FETCH","ignored":""}""";
        frame = frame.Insert(frame.Length - 2, new string('x', FrameSize - frame.Length));

        await client.SendAsync(frame);

        (await client.ReceiveAsync()).TypeOf().ShouldBe("SELF_FETCH_RESULT");
    }

    [Fact]
    public async Task EmptyFrames_AreErrorsOfTheProtocol_AndTheSessionGoesOn()
    {
        WireClient client = await Node.JoinAsync();

        await client.SendAsync("");
        await client.SendAsync(Opcode.Binary, []);

        var text = await client.ReceiveAsync();
        text.TypeOf().ShouldBe("ERROR_PROTOCOL");
        text.GetProperty("seq").GetInt64().ShouldBe(0);
        var binary = await client.ReceiveAsync();
        binary.TypeOf().ShouldBe("ERROR_PROTOCOL");
        binary.TryGetProperty("seq", out _).ShouldBeFalse();
        await client.ShouldBeUndisturbedAsync();
    }
}
