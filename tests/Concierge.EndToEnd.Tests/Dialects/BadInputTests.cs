using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Dialects;

/// <summary>What clients of the older formats may do wrong, without anybody else noticing.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private const int TooBig = 1009, AuthFailed = 4004, SlowConsumer = 4010;
    private const int SmallBuffer = 4 * 1024;

    private NodeProcess _node = null!;

    public async Task InitializeAsync() => _node = await NodeProcess.StartWithDialectsAsync(
        "limits.frame-size=64KiB", "limits.outgoing-queue=256KiB", "heartbeat.interval=10m", "heartbeat.timeout=20m");

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task WhoNeverNamesARoom_IsClosedWith4004()
    {
        // On a node of its own: everybody else may take their time.
        await using NodeProcess hasty = await NodeProcess.StartWithDialectsAsync("identify-timeout=500ms");
        WireClient silent = await hasty.ConnectAsync(hasty.Chatroom);

        (await silent.ReceiveCloseAsync()).ShouldBe(AuthFailed);
        await silent.Socket.ReadEndAsync();
    }

    [Fact]
    public async Task AFrameOverTheLimit_IsClosedWith1009_AndTheOthersGoOn()
    {
        WireClient robot = await _node.ConnectAsync(_node.RobotChat);
        await robot.ReceiveTextAsync();
        WireClient other = await _node.ConnectAsync(_node.RobotChat);
        await robot.ReceiveTextAsync();

        await robot.Socket.TrySendAsync(Frame.Masked(new string('x', 1024 * 1024)));

        (await robot.ReceiveCloseAsync()).ShouldBe(TooBig);
        (await other.ReceiveTextAsync()).ShouldBe("""{"type": "users", "count": 2}""");
        (await other.ReceiveTextAsync()).ShouldBe("""{"type": "users", "count": 1}""");
    }

    [Fact]
    public async Task ARobotThatFloods_IsHeldBack_AndOneThatDoesNotRead_IsClosedAlone()
    {
        WireClient flooding = await _node.ConnectAsync(_node.RobotChat), slow = await _node.ConnectAsync(_node.RobotChat, SmallBuffer);
        WireClient reader = await _node.ConnectAsync(_node.RobotChat), visitor = await _node.JoinAsync();
        while (await reader.ReceiveTextAsync() != """{"type": "users", "count": 3}""")
        {
        }
        string big = new('x', 32 * 1024);

        // Until the slow one is gone; the reader gets every one of them.
        int sent = 0;
        for (bool isGone = false; !isGone; sent++)
        {
            await flooding.SendAsync($"{sent}{big}");
            string heard = await reader.ReceiveTextAsync();
            isGone = heard == """{"type": "users", "count": 2}""";
            if (isGone) heard = await reader.ReceiveTextAsync();
            heard.ShouldBe($"{sent}{big}");
        }

        (await slow.ReceiveCloseAsync()).ShouldBe(SlowConsumer);
        await visitor.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task WhatIsNoWebSocket_IsAnswered_AndAPortForOldClientsServesNothingElse()
    {
        WireSocket socket = await WireSocket.DialAsync(_node, _node.Chatroom, null);

        await socket.SendRequestAsync("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");

        (await socket.ReadResponseAsync()).Status.ShouldBe(426);
    }

    [Theory]
    [InlineData("{", "The frame is not JSON")]
    [InlineData("""{"message": "hi"}""", "'user_id' is missing")]
    [InlineData("""{"message": "/changeRoom/1/2", "user_id": 1, "command_status": true}""", "Wrong number of arguments: 2")]
    [InlineData("""{"message": "/changeRoom", "user_id": 1, "command_status": true}""", "Wrong number of arguments: 0")]
    [InlineData("""{"message": "/changeRoom/eleven", "user_id": 1, "command_status": true}""", "There is no room 'eleven'")]
    [InlineData("""{"message": "/dance", "user_id": 1, "command_status": true}""", "Unknown command '/dance'")]
    public async Task WhatTheChatroomCannotMakeSenseOf_IsAnswered(string frame, string error)
    {
        WireClient client = await _node.ConnectAsync(_node.Chatroom);
        for (int i = 0; i < 4; i++) await client.ReceiveTextAsync();

        await client.PipelineAsync(["1", frame]);

        Json.Parse(await client.ReceiveTextAsync()).GetProperty("message").GetString()!.ShouldStartWith(error);
    }
}
