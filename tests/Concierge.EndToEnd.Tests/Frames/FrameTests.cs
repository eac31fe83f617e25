using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Frames;

/// <summary>Frames as clients may send them: in pieces, in bulk, with control frames in between (RFC 6455, section 5).</summary>
public sealed class FrameTests(SharedNode shared) : SharedNodeTests(shared)
{
    private const string SelfFetch = """{"type":"SELF_FETCH"}""";

    [Fact]
    public async Task Ping_IsAnsweredWithItsPayload()
    {
        WireClient client = await Node.JoinAsync();

        await client.SendAsync(Opcode.Ping, "are you there? \u0000"u8);

        Frame pong = (await client.Socket.ReadFrameAsync()).ShouldNotBeNull();
        pong.Opcode.ShouldBe(Opcode.Pong);
        pong.Text.ShouldBe("are you there? \0");
    }

    [Fact]
    public async Task FragmentedMessage_WithControlFramesInBetween_IsAssembled()
    {
        WireClient sender = await Node.JoinAsync(), receiver = await Node.JoinAsync();
        byte[] message = Payloads.Message(Payloads.ToUuid(receiver.Uuid), "\"in pieces: é 😀\"").Utf8();

        // A byte a fragment: the characters of several bytes are cut, too.
        await sender.SendAsync(Opcode.Text, message.AsSpan(0, 1), isFinal: false);
        for (int i = 1; i < message.Length - 1; i++)
        {
            await sender.SendAsync(Opcode.Continuation, message.AsSpan(i, 1), isFinal: false);
            if (i == message.Length / 2) await sender.SendAsync(Opcode.Ping, "between"u8);
        }

        await sender.SendAsync(Opcode.Continuation, [], isFinal: false);
        await sender.SendAsync(Opcode.Continuation, message.AsSpan(message.Length - 1));

        (await receiver.ReceiveAsync()).GetProperty("data").GetString().ShouldBe("in pieces: é 😀");
        (await sender.Socket.ReadFrameAsync()).ShouldNotBeNull().Opcode.ShouldBe(Opcode.Pong);
        await sender.ExpectAsync(Payloads.Ok(0));
    }

    [Fact]
    public async Task FrameByteByByte_IsReadLikeAnyOther()
    {
        WireClient client = await Node.JoinAsync();

        foreach (byte next in Frame.Masked(SelfFetch)) await client.Socket.SendAsync([next]);

        await client.ExpectAsync($$"""{"type":"SELF_FETCH_RESULT","seq":0,"client":{{client.Info}},"subscriptions":[]}""");
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(4321)]
    public async Task CloseFrame_IsAnsweredWithItsCode_AndTheConnectionEnds(int code)
    {
        WireClient client = await Node.JoinAsync();

        await client.Socket.SendAsync(Frame.MaskedClose(code));

        (await client.Socket.ReadFrameAsync()).ShouldNotBeNull().CloseCode.ShouldBe(code);
        await client.Socket.ReadEndAsync();
    }

    [Fact]
    public async Task CloseFrameWithoutCode_IsAnswered_AndTheConnectionEnds()
    {
        WireClient client = await Node.JoinAsync();

        await client.SendAsync(Opcode.Close, []);

        (await client.Socket.ReadFrameAsync()).ShouldNotBeNull().Opcode.ShouldBe(Opcode.Close);
        await client.Socket.ReadEndAsync();
    }

    [Fact]
    public async Task WhatFollowsACloseFrame_IsIgnored()
    {
        WireClient client = await Node.JoinAsync(), receiver = await Node.JoinAsync();

        await client.Socket.SendAsync([.. Frame.MaskedClose(1000), .. Frame.Masked(Payloads.Message(Payloads.ToUuid(receiver.Uuid), "1"))]);

        (await client.Socket.ReadFrameAsync()).ShouldNotBeNull().CloseCode.ShouldBe(1000);
        await client.Socket.ReadEndAsync();
        await receiver.ShouldBeUndisturbedAsync();
    }
}
