using System.Text.Json;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Python;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Dialects;

/// <summary>Clients that were written for the two older chat servers, unchanged, and a client of the concierge among them.</summary>
public sealed class OldClientTests : IAsyncLifetime
{
    private NodeProcess _node = null!;

    public async Task InitializeAsync() => _node = await NodeProcess.StartWithDialectsAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [PythonFact]
    public async Task Robots_AreCounted_HearEachOther_AndDropTheirSockets()
    {
        await using OldClient one = OldClient.Start(_node.RobotChat);
        await one.ExpectAsync(Users(1));
        await using OldClient two = OldClient.Start(new Uri(_node.RobotChat, "any/path"));
        await two.ExpectAsync(Users(2));
        await one.ExpectAsync(Users(2));
        WireClient ann = await _node.JoinAsync("ann", presence: true);
        await ann.AskAsync("""{"type":"ROOM_JOIN","room":"robot-chat"}""");
        await one.ExpectAsync(Users(3));
        await two.ExpectAsync(Users(3));

        await one.SayAsync("""{"type": "move",  "x": 1.0}""", "plain");
        await two.ExpectAsync("""{"type": "move",  "x": 1.0}""", "plain");
        JsonElement heard = await ann.ReceiveAsync();
        heard.GetProperty("data").GetRawText().ShouldBe("""{"type": "move",  "x": 1.0}""");
        heard.GetProperty("origin").GetProperty("name").GetString().ShouldBe("robot_chat_1");
        (await ann.ReceiveAsync()).GetProperty("data").GetString().ShouldBe("plain");
        (await ann.AskAsync(Payloads.Message(Payloads.ToRoom("robot-chat"), "[ 1.0 ]"))).TypeOf().ShouldBe("OK");
        await one.ExpectAsync("[ 1.0 ]");
        await two.ExpectAsync("[ 1.0 ]");

        await one.DropAsync();
        await two.ExpectAsync(Users(2));
        (await ann.ReceiveAsync()).TypeOf().ShouldBe("ROOM_CLIENT_LEFT");
        (await ann.ReceiveAsync()).TypeOf().ShouldBe("CLIENT_LEFT");
        await ann.ShouldBeUndisturbedAsync();
        _node.Program.Errors.ShouldNotContain("fail");
    }

    [PythonFact]
    public async Task People_AreAskedForARoom_Talk_AndChangeRoomsAndNames()
    {
        await using OldClient zoe = await OldClient.ChatAsync(_node.Chatroom, 1, "three");
        await zoe.ExpectAsync("There is no room 'three'; expected 1 to 10", "Which room do you want to be placed in (1 - 10): ");
        // Frames behind the answer wait until it is in the room.
        await zoe.SayAsync("3", """{"message": "/changeRoom/3", "user_id": 1, "command_status": true}""");
        await zoe.ExpectAsync("""{"message": "Changed from room 3 to room 3", "user_id": "Server"}""");
        await using OldClient max = await OldClient.ChatAsync(_node.Chatroom, 2, "4");
        WireClient ann = await _node.JoinAsync("ann", nickname: "Ann", presence: true);
        await ann.AskAsync("""{"type":"ROOM_JOIN","room":"3"}""");

        await max.SayAsync("""{"message": "/changeRoom/3", "user_id": 2, "command_status": true}""");
        await max.ExpectAsync("""{"message": "Changed from room 4 to room 3", "user_id": "Server"}""");
        (await ann.ReceiveAsync()).TypeOf().ShouldBe("ROOM_CLIENT_JOINED");
        await max.SayAsync("""{"message": "/changeName/Max", "user_id": "2", "command_status": true}""");
        await max.ExpectAsync("""{"message": "Changed name to Max", "user_id": "Server"}""");
        (await ann.ReceiveAsync()).TypeOf().ShouldBe("CLIENT_UPDATED");
        // Somebody else's id, and as a string.
        await max.SayAsync("""{"message": "Grüße", "user_id": "1", "command_status": false}""");
        await zoe.ExpectAsync("""{"message": "Grüße", "user_id": "2", "command_status": false}""");
        JsonElement heard = await ann.ReceiveAsync();
        string uuid = heard.GetProperty("origin").GetProperty("uuid").GetString()!;
        heard.GetProperty("data").ShouldBeJson($$"""{"type":"TEXT","author":"Max","author_uuid":"{{uuid}}","text":"Grüße"}""");
        (await ann.AskAsync(Payloads.Message(Payloads.ToRoom("3"), """{"type":"TEXT","text":"hello"}"""))).TypeOf().ShouldBe("OK");
        await zoe.ExpectAsync("""{"message": "hello", "user_id": "Ann"}""");
        await max.ExpectAsync("""{"message": "hello", "user_id": "Ann"}""");
    }

    [PythonFact]
    public async Task FiveHundredRobots_ComingAndGoingAtRandom_AllSawTheTruthLast()
    {
        await using NodeProcess node = await NodeProcess.StartWithDialectsAsync("heartbeat.interval=10m", "heartbeat.timeout=20m");
        await using var robots = PythonProgram.Start("robots.py", "500", "4", node.RobotChat.ToString());

        List<JsonElement> seen = await robots.FinishAsync();

        seen[0].GetProperty("here").GetInt32().ShouldBeGreaterThan(100);
        seen[0].GetProperty("wrong").GetInt32().ShouldBe(0);
        seen[1].GetProperty("left").GetInt32().ShouldBe(1);
    }

    private static string Users(int count) => $$"""{"type": "users", "count": {{count}}}""";
}
