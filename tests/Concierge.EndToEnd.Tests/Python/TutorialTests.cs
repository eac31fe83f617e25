using System.Text.Json;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Python;

/// <summary>A chat service written in Python against the original server, unchanged, and a visitor.</summary>
public sealed class TutorialTests : IAsyncLifetime
{
    private NodeProcess _node = null!;

    public async Task InitializeAsync() => _node = await NodeProcess.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [PythonFact]
    public async Task ServiceOfTheTutorial_ServesAChat()
    {
        await using var service = PythonProgram.Start("tutorial.py", _node.Url.ToString(), "chat_bot", "Chat Bot", "chat", "The Chat");
        string serviceUuid = await ExpectBeginningAsync(service);
        WireClient reader = await _node.JoinAsync("reader");
        string info = $$"""{"name":"chat","nickname":"The Chat","owner_uuid":"{{serviceUuid}}","subscribers":[]}""";
        string origin = $$"""{"name":"chat_bot","nickname":"Chat Bot","uuid":"{{serviceUuid}}","tags":["service","chat"],"service":{{info}}}""";
        await reader.SubscribeAsync("chat");
        await reader.ExpectAsync(Broadcast("""{"type":"STATUS","text":"reader joined the chat."}"""));

        await using var visitor = PythonProgram.Start("chatter.py", _node.Url.ToString(), "zoe", "Zoë", "chat", "Grüße 😀");
        List<JsonElement> seen = await visitor.FinishAsync();

        string zoe = seen[0].GetProperty("uuid").GetString()!;
        string joined = Broadcast("""{"type":"STATUS","text":"Zo\u00eb joined the chat."}""");
        string said = Broadcast($$"""{"type":"TEXT","author":"Zo\u00eb","author_uuid":"{{zoe}}","text":"Gr\u00fc\u00dfe 😀"}""");
        // To the one who subscribed, to all, then to the one who asked.
        List<JsonElement> messages = [.. seen.Where(payload => payload.TypeOf() == "MESSAGE")];
        messages.Count.ShouldBe(3);
        messages[0].ShouldBeJson(joined);
        messages[1].ShouldBeJson(said);
        messages[2].ShouldBeJson($$"""
            {"type":"MESSAGE","origin":{{origin}},"target":{"type":"SERVICE_CLIENT_UUID","service":"chat","uuid":"{{zoe}}"},
            "data":{"type":"TEXT","author":"System Message","author_uuid":"0","text":"(Only you can see this!)\nERT Chat Service\nVersion: 0.1"} }
            """);
        // The visitor said two things; the answers carry their numbers.
        seen.Where(payload => payload.TypeOf() == "OK").Select(payload => payload.GetProperty("seq").GetInt64()).ShouldBe([1, 2]);
        await reader.ExpectAsync(joined);
        await reader.ExpectAsync(said);
        await reader.ShouldBeUndisturbedAsync();

        _node.Program.Terminate();
        List<JsonElement> rest = await service.FinishAsync();
        rest.ShouldContain(payload => payload.TypeOf() == "SERVICE_CLIENT_UNSUBSCRIBED" && payload.GetProperty("client").GetProperty("uuid").GetString() == zoe);
        rest.ShouldContain(payload => payload.TypeOf() == "CLIENT_LEFT" && payload.GetProperty("client").GetProperty("uuid").GetString() == zoe);
        rest.ShouldNotContain(payload => payload.TypeOf().StartsWith("ERROR", StringComparison.Ordinal) || payload.TypeOf() == "BAD");

        string Broadcast(string data) => $$"""{"type":"MESSAGE","origin":{{origin}},"target":{"type":"SERVICE","service":"chat"},"data":{{data}}}""";
    }

    private static async Task<string> ExpectBeginningAsync(PythonProgram service)
    {
        JsonElement hello = await service.ReadAsync();
        string uuid = hello.GetProperty("uuid").GetString()!;
        hello.ShouldBeJson($$"""{"uuid":"{{uuid}}","server_version":"0.2.0","type":"HELLO","subprotocol":null}""");
        string me = $$"""{"name":"chat_bot","nickname":"Chat Bot","uuid":"{{uuid}}","tags":["service","chat"]}""";
        string created = $$"""{"name":"chat","nickname":"The Chat","owner_uuid":"{{uuid}}","subscribers":[]}""";
        string subscribed = created.Replace("[]", $"[\"{uuid}\"]");

        (await service.ReadAsync()).ShouldBeJson($$"""{"type":"SERVICE_CREATE_RESULT","successful":true,"service":{{created}}}""");
        (await service.ReadAsync()).ShouldBeJson($$"""{"type":"SERVICE_CREATE_RESULT","seq":0,"successful":true,"service":{{created}}}""");
        (await service.ReadAsync()).ShouldBeJson($$"""{"type":"SELF_SUBSCRIBE_RESULT","seq":1,"successful":true,"service":{{subscribed}}}""");
        (await service.ReadAsync()).ShouldBeJson($$"""{"type":"SERVICE_CLIENT_SUBSCRIBED","client":{{me}},"service":{{created}}}""");
        // It has announced itself: who subscribes from now on doesn't hear of that.
        (await service.ReadAsync()).ShouldBeJson("""{"type":"OK","seq":2}""");
        return uuid;
    }
}
