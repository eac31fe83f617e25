using System.Net;
using System.Text.Json;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Python;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Dialects;

/// <summary>All dialects at once, on two nodes that are one concierge.</summary>
public sealed class TwoNodesTests : IAsyncLifetime
{
    private readonly string _firstAddress = $"127.0.0.1:{FreePort.Next()}", _secondAddress = $"127.0.0.1:{FreePort.Next()}";
    private NodeProcess _one = null!, _two = null!;

    public async Task InitializeAsync()
    {
        _one = await NodeProcess.StartWithDialectsAsync($"cluster.address={_firstAddress}", $"cluster.seeds={_firstAddress}", "name=one");
        _two = await NodeProcess.StartWithDialectsAsync($"cluster.address={_secondAddress}", $"cluster.seeds={_firstAddress}", "name=two");
    }

    public async Task DisposeAsync()
    {
        if (_two is not null) await _two.DisposeAsync();
        if (_one is not null) await _one.DisposeAsync();
    }

    [PythonFact]
    public async Task ClientsOfEveryDialect_MeetEachOther_WhereverTheyAreConnected()
    {
        await using OldClient robotOne = OldClient.Start(_one.RobotChat);
        await robotOne.ExpectAsync(Users(1));
        await using OldClient robotTwo = OldClient.Start(_two.RobotChat);
        await robotOne.ExpectAsync(Users(2));
        await robotTwo.ExpectAsync(Users(2));
        await robotOne.SayAsync("plain", """{"x":  1}""");
        await robotTwo.ExpectAsync("plain", """{"x":  1}""");

        await using OldClient zoe = await OldClient.ChatAsync(_one.Chatroom, 1, "3");
        await using OldClient max = await OldClient.ChatAsync(_two.Chatroom, 2, "4");
        await zoe.SayAsync("""{"message": "/changeName/Zoe", "user_id": 1, "command_status": true}""");
        await zoe.ExpectAsync("""{"message": "Changed name to Zoe", "user_id": "Server"}""");
        await max.SayAsync("""{"message": "/changeRoom/3", "user_id": 2, "command_status": true}""");
        await max.ExpectAsync("""{"message": "Changed from room 4 to room 3", "user_id": "Server"}""");
        WireClient ann = await _two.JoinAsync("ann");
        await ann.AskAsync("""{"type":"ROOM_JOIN","room":"3"}""");
        await zoe.SayAsync("""{"message": "hello",   "user_id": 1, "command_status": false}""");
        await max.ExpectAsync("""{"message": "hello",   "user_id": 1, "command_status": false}""");
        JsonElement data = (await ann.ReceiveAsync()).GetProperty("data");
        data.GetProperty("author").GetString().ShouldBe("Zoe");
        data.GetProperty("text").GetString().ShouldBe("hello");
        await ann.AskAsync(Payloads.Message(Payloads.ToRoom("3"), "\"hi\""));
        await zoe.ExpectAsync("""{"message": "hi", "user_id": "ann"}""");
        await max.ExpectAsync("""{"message": "hi", "user_id": "ann"}""");

        // The operator asks the one node; it happens on both.
        await CommandAsync(_one, "/broadcast/to all");
        const string Server = """{"type":"TEXT","author":"Server","author_uuid":"00000000-0000-0000-0000-000000000000","text":"to all"}""";
        foreach (OldClient robot in (OldClient[])[robotOne, robotTwo]) await robot.ExpectAsync(Server);
        foreach (OldClient person in (OldClient[])[zoe, max]) await person.ExpectAsync("""{"message": "to all", "user_id": "Server"}""");
        (await ann.ReceiveAsync()).GetProperty("data").ShouldBeJson(Server);
        await CommandAsync(_one, "/dcUser/2");
        await max.ExpectCloseAsync(1000);
        await robotTwo.DropAsync();
        await robotOne.ExpectAsync(Users(1));
        string[] users = [.. (await CommandAsync(_two, "/users")).Split('\n').Skip(1).Select(line => line.Split(' ')[0])];
        users.ShouldBe(["robot_chat_1", "chatroom_1", "ann"], ignoreOrder: true);

        await CommandAsync(_one, $"/drain {_secondAddress}");
        (await ann.ReceiveCloseAsync()).ShouldBe(1001);
        (await _two.Program.WaitForExitAsync()).ShouldBe(0);
    }

    private static async Task<string> CommandAsync(NodeProcess node, string command)
    {
        using var content = new StringContent(command);
        using HttpResponseMessage response = await node.Http.PostAsync(new Uri("admin", UriKind.Relative), content);
        string text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return text.TrimEnd('\n');
    }

    private static string Users(int count) => $$"""{"type": "users", "count": {{count}}}""";
}
