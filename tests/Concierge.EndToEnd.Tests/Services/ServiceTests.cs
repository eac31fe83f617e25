using System.Text.Json;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Services;

/// <summary>Creating, deleting and looking up services.</summary>
public class ServiceTests(SharedNode shared) : SharedNodeTests(shared)
{
    [Fact]
    public async Task Create_TellsTheCreatorTwice_FirstAsEventThenAsAnswer()
    {
        WireClient owner = await Node.JoinAsync();
        string name = Unique("service"), service = Payloads.Service(name, "Chat & more", owner);

        await owner.SendAsync($$"""{"type":"SERVICE_CREATE","service":"{{name}}","nickname":"Chat & more"}""");

        await owner.ExpectAsync($$"""{"type":"SERVICE_CREATE_RESULT","successful":true,"service":{{service}}}""");
        await owner.ExpectAsync($$"""{"type":"SERVICE_CREATE_RESULT","seq":0,"successful":true,"service":{{service}}}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","nickname":null""")]
    [InlineData(""","nickname":"" """)]
    public async Task Create_WithoutNickname_HasNone(string nickname)
    {
        WireClient owner = await Node.JoinAsync();
        string name = Unique("plain");

        await owner.SendAsync($$"""{"type":"SERVICE_CREATE","service":"{{name}}"{{nickname}}}""");

        await owner.ExpectAsync($$"""{"type":"SERVICE_CREATE_RESULT","successful":true,"service":{{Payloads.Service(name, owner)}}}""");
    }

    [Fact]
    public async Task Create_WhenItExists_ReportsWhatIsThere()
    {
        WireClient owner = await Node.JoinAsync(), reader = await Node.JoinAsync(), late = await Node.JoinAsync();
        string name = Unique("taken");
        await owner.CreateServiceAsync(name);
        await reader.SubscribeAsync(name);

        JsonElement answer = await late.AskAsync($$"""{"type":"SERVICE_CREATE","service":"{{name}}","nickname":"Mine"}""");

        answer.ShouldBeJson($$"""{"type":"SERVICE_CREATE_RESULT","seq":0,"successful":false,"service":{{Payloads.Service(name, owner, reader)}}}""");
    }

    [Fact]
    public async Task Create_ByManyAtOnce_SucceedsForOne()
    {
        string name = Unique("contested");
        WireClient[] clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Node.JoinAsync()));

        await Task.WhenAll(clients.Select(client => client.SendAsync($$"""{"type":"SERVICE_CREATE","service":"{{name}}"}""")));

        JsonElement[] answers = await Task.WhenAll(clients.Select(client => client.ReceiveAnswerAsync()));
        JsonElement won = answers.Single(it => it.GetProperty("successful").GetBoolean());
        foreach (JsonElement answer in answers) answer.GetProperty("service").ShouldBeJson(won.GetProperty("service").GetRawText());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("with-dash.dot/slash:colon_underscore")]
    [InlineData("../up")]
    [InlineData("Überraschung")]
    public async Task Create_UnderAnyAllowedName_Works(string stem)
    {
        WireClient owner = await Node.JoinAsync();

        await owner.CreateServiceAsync(Unique(stem));

        await owner.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task Create_WithANameOfTheGreatestLength_Works()
    {
        WireClient owner = await Node.JoinAsync();
        string name = string.Concat(Enumerable.Repeat("𝒜", 128));

        await owner.CreateServiceAsync(name);

        JsonElement found = await owner.AskAsync($$"""{"type":"SERVICE_FETCH","service":"{{name}}"}""");
        found.GetProperty("service").ShouldBeJson(Payloads.Service(name, owner));
    }

    public static TheoryData<string> NamesThatAreNone => new("\"\"", "\"two words\"", "\"😀\"", "\"back\\\\slash\"", "5", "null", $"\"{new string('x', 129)}\"");

    [Theory]
    [MemberData(nameof(NamesThatAreNone))]
    public async Task NameThatIsNone_IsAnErrorOfTheProtocol_WhereverItIsGiven(string name)
    {
        WireClient client = await Node.JoinAsync();
        string[] types = ["SERVICE_CREATE", "SERVICE_DELETE", "SERVICE_FETCH", "SELF_SUBSCRIBE", "SELF_UNSUBSCRIBE"];

        await client.PipelineAsync(types.Select(type => $$"""{"type":"{{type}}","service":{{name}}}"""));

        for (int seq = 0; seq < types.Length; seq++)
        {
            JsonElement answer = await client.ReceiveAsync();
            answer.TypeOf().ShouldBe("ERROR_PROTOCOL");
            answer.GetProperty("seq").GetInt64().ShouldBe(seq);
            answer.GetProperty("desc").GetString()!.ShouldContain("service");
        }
    }

    [Fact]
    public async Task ServiceThatIsNotThere_IsInvalidService_WhereverItIsNamed()
    {
        WireClient client = await Node.JoinAsync();
        string name = Unique("nowhere");
        string[] types = ["SERVICE_DELETE", "SERVICE_FETCH", "SELF_SUBSCRIBE", "SELF_UNSUBSCRIBE"];

        await client.PipelineAsync(types.Select(type => $$"""{"type":"{{type}}","service":"{{name}}"}"""));

        for (int seq = 0; seq < types.Length; seq++)
            await client.ExpectAsync($$"""{"type":"INVALID_SERVICE","seq":{{seq}},"service":"{{name}}"}""");
    }

    [Fact]
    public async Task Delete_TellsTheOwnerTwice_AndTheServiceIsGone()
    {
        WireClient owner = await Node.JoinAsync(), reader = await Node.JoinAsync();
        string name = Unique("short_lived"), service = Payloads.Service(name, owner);
        await owner.CreateServiceAsync(name);
        await reader.SubscribeAsync(name);

        await owner.SendAsync($$"""{"type":"SERVICE_DELETE","service":"{{name}}"}""");

        await owner.ExpectAsync($$"""{"type":"SERVICE_DELETE_RESULT","service":{{service}}}""");
        JsonElement answer = await owner.ReceiveAsync();
        answer.GetProperty("seq").GetInt64().ShouldBe(1);
        answer.TypeOf().ShouldBe("SERVICE_DELETE_RESULT");
        answer.GetProperty("service").GetProperty("name").GetString().ShouldBe(name);
        (await owner.AskAsync($$"""{"type":"SERVICE_FETCH","service":"{{name}}"}""")).TypeOf().ShouldBe("INVALID_SERVICE");
        await reader.SendAsync("""{"type":"SELF_FETCH"}""");
        await reader.ExpectAsync($$"""{"type":"SELF_FETCH_RESULT","seq":1,"client":{{reader.Info}},"subscriptions":[]}""");
    }

    [Fact]
    public async Task Delete_ThenCreateAgain_StartsWithoutSubscribers()
    {
        WireClient owner = await Node.JoinAsync(), reader = await Node.JoinAsync(), heir = await Node.JoinAsync();
        string name = Unique("phoenix");
        await owner.CreateServiceAsync(name);
        await reader.SubscribeAsync(name);
        await owner.SendAsync($$"""{"type":"SERVICE_DELETE","service":"{{name}}"}""");
        await owner.ReceiveAnswerAsync();

        await heir.CreateServiceAsync(name);

        JsonElement found = await reader.AskAsync($$"""{"type":"SERVICE_FETCH","service":"{{name}}"}""");
        found.GetProperty("service").ShouldBeJson(Payloads.Service(name, heir));
    }

    [Fact]
    public async Task Delete_ByAnother_IsBad_AndTheServiceStays()
    {
        WireClient owner = await Node.JoinAsync(), other = await Node.JoinAsync();
        string name = Unique("guarded");
        await owner.CreateServiceAsync(name);
        await other.SubscribeAsync(name);

        await other.SendAsync($$"""{"type":"SERVICE_DELETE","service":"{{name}}"}""");

        await other.ExpectAsync(Payloads.Bad(1));
        await other.SendAsync($$"""{"type":"SERVICE_FETCH","service":"{{name}}"}""");
        await other.ExpectAsync($$"""{"type":"SERVICE_FETCH_RESULT","seq":2,"service":{{Payloads.Service(name, owner, other)}}}""");
    }

    [Fact]
    public async Task FetchAll_ListsAllServices_WithTheirSubscribers()
    {
        WireClient owner = await Node.JoinAsync(), reader = await Node.JoinAsync();
        string busy = Unique("busy"), idle = Unique("idle");
        await owner.CreateServiceAsync(busy);
        await reader.CreateServiceAsync(idle);
        await reader.SubscribeAsync(busy);

        JsonElement all = await owner.AskAsync("""{"type":"SERVICE_FETCH_ALL"}""");

        all.EnumerateObject().Select(field => field.Name).ShouldBe(["type", "seq", "services"], ignoreOrder: true);
        all.TypeOf().ShouldBe("SERVICE_FETCH_ALL_RESULT");
        all.GetProperty("seq").GetInt64().ShouldBe(1);
        JsonElement[] services = [.. all.GetProperty("services").EnumerateArray().OrderBy(it => it.GetProperty("name").GetString(), StringComparer.Ordinal)];
        services.Length.ShouldBe(2);
        services[0].ShouldBeJson(Payloads.Service(busy, owner, reader));
        services[1].ShouldBeJson(Payloads.Service(idle, reader));
    }

    [Fact]
    public async Task CreateSubscribeAndSay_WithoutWaitingInBetween_Works()
    {
        WireClient owner = await Node.JoinAsync();
        string name = Unique("impatient");

        await owner.PipelineAsync(
        [
            $$"""{"type":"SERVICE_CREATE","service":"{{name}}"}""",
            $$"""{"type":"SELF_SUBSCRIBE","service":"{{name}}"}""",
            Payloads.Message(Payloads.ToService(name), "\"anybody here?\""),
            $$"""{"type":"SERVICE_DELETE","service":"{{name}}"}""",
        ]);

        List<string> heard = [];
        for (int i = 0; i < 7; i++)
        {
            JsonElement payload = await owner.ReceiveAsync();
            heard.Add(payload.TypeOf() + (payload.TryGetProperty("seq", out JsonElement seq) ? $" {seq}" : ""));
        }

        heard.ShouldBe(
        [
            "SERVICE_CREATE_RESULT", "SERVICE_CREATE_RESULT 0", "SELF_SUBSCRIBE_RESULT 1", "SERVICE_CLIENT_SUBSCRIBED",
            "OK 2", "SERVICE_DELETE_RESULT", "SERVICE_DELETE_RESULT 3",
        ]);
    }
}
