using System.Text.Json;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Python;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.ChatService;

/// <summary>The chat service of our own, as it ships, and visitors that aren't ours.</summary>
public sealed class ChatServiceTests : IAsyncLifetime
{
    private NodeProcess _node = null!;
    private RunningProgram _service = null!;

    public async Task InitializeAsync()
    {
        _node = await NodeProcess.StartAsync();
        _service = RunningProgram.StartBuilt("ChatService", "--url", _node.Url.ToString());
        (await _service.ReadLineAsync()).ShouldBe("ready service/chat_service", _service.Errors);
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _node.DisposeAsync();
    }

    [PythonFact]
    public async Task VisitorInPython_IsAnnounced_Heard_AndToldAboutItAlone()
    {
        WireClient reader = await _node.JoinAsync("reader");
        await reader.SubscribeAsync("chat_service");
        await ExpectDataAsync(reader, """{"type":"STATUS","text":"reader joined the chat."}""");

        await using var visitor = PythonProgram.Start("chatter.py", _node.Url.ToString(), "zoe", "Zoë", "chat_service", "Grüße 😀");
        List<JsonElement> seen = await visitor.FinishAsync();

        string zoe = seen[0].GetProperty("uuid").GetString()!;
        string said = $$"""{"type":"TEXT","author":"Zoë","author_uuid":"{{zoe}}","text":"Grüße 😀"}""";
        List<JsonElement> messages = [.. seen.Where(payload => payload.TypeOf() == "MESSAGE")];
        messages.Count.ShouldBe(3);
        messages[0].GetProperty("data").ShouldBeJson("""{"type":"STATUS","text":"Zoë joined the chat."}""");
        messages[1].GetProperty("data").ShouldBeJson(said);
        messages[2].GetProperty("target").ShouldBeJson(Payloads.ToServiceClient("chat_service", zoe));
        messages[2].GetProperty("data").GetProperty("text").GetString()!.ShouldContain("Only you can see this!");
        await ExpectDataAsync(reader, """{"type":"STATUS","text":"Zoë joined the chat."}""");
        await ExpectDataAsync(reader, said);
        await ExpectDataAsync(reader, """{"type":"STATUS","text":"Zoë left the chat."}""");
    }

    [Fact]
    public async Task VisitorWithoutNickname_GoesByItsName_AndNonsenseDisturbsNobody()
    {
        WireClient visitor = await _node.JoinAsync("visitor"), reader = await _node.JoinAsync("reader");
        await reader.SubscribeAsync("chat_service");
        await ExpectDataAsync(reader, """{"type":"STATUS","text":"reader joined the chat."}""");
        await visitor.SubscribeAsync("chat_service");
        await ExpectDataAsync(visitor, """{"type":"STATUS","text":"visitor joined the chat."}""");
        await ExpectDataAsync(reader, """{"type":"STATUS","text":"visitor joined the chat."}""");

        string[] nonsense = ["null", "5", "[]", "{}", """{"type":"TEXT"}""", """{"type":5,"text":5}""", """{"type":"TEXT","text":"hello"}"""];
        await visitor.PipelineAsync(nonsense.Select(data => Payloads.Message(Payloads.ToService("chat_service"), data)));

        await ExpectDataAsync(reader, $$"""{"type":"TEXT","author":"visitor","author_uuid":"{{visitor.Uuid}}","text":"hello"}""");
    }

    [Fact]
    public async Task Sigterm_EndsItWith0_AndItsServiceIsGone()
    {
        WireClient watcher = await _node.JoinAsync(presence: true);

        _service.Terminate();

        (await watcher.ReceiveAsync()).TypeOf().ShouldBe("SERVICE_DELETE_RESULT");
        (await watcher.ReceiveAsync()).TypeOf().ShouldBe("CLIENT_LEFT");
        (await _service.WaitForExitAsync()).ShouldBe(0, _service.Errors);
    }

    private static async Task ExpectDataAsync(WireClient client, string data)
    {
        JsonElement message = await client.ReceiveAsync();
        message.TypeOf().ShouldBe("MESSAGE");
        message.GetProperty("data").ShouldBeJson(data);
    }
}
