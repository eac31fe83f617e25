using System.Text.Json;
using System.Text.RegularExpressions;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Identification;

/// <summary>IDENTIFY, and the HELLO that it gets (protocol, section "Identification").</summary>
public sealed class IdentifyTests(SharedNode shared) : SharedNodeTests(shared)
{
    // A letter beyond the first 65,536 code points: two UTF-16 units, four bytes, one code point.
    private const string Astral = "𝒜";

    [Fact]
    public async Task Hello_IsTheFirstFrame_AndTellsUuidVersionAndFileKey()
    {
        WireClient client = await Node.ConnectAsync();

        JsonElement hello = await client.IdentifyAsync(Unique("newcomer"), null, [], presence: true);

        hello.EnumerateObject().Select(field => field.Name).ShouldBe(["type", "uuid", "version", "file_key"], ignoreOrder: true);
        hello.TypeOf().ShouldBe("HELLO");
        Regex.IsMatch(client.Uuid, "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$").ShouldBeTrue(client.Uuid);
        hello.GetProperty("version").GetString().ShouldBe("0.2.0");
        // 128 bits take 22 characters of base64 at the least.
        client.FileKey.Length.ShouldBeGreaterThanOrEqualTo(22);
    }

    [Fact]
    public async Task Hello_GivesEveryClientItsOwnUuidAndFileKey()
    {
        WireClient one = await Node.JoinAsync(), another = await Node.JoinAsync();

        one.Uuid.ShouldNotBe(another.Uuid);
        one.FileKey.ShouldNotBe(another.FileKey);
    }

    [Fact]
    public async Task Identify_WithAllFields_ShowsThemInTheInformation()
    {
        string name = Unique("Ünïcode_名前");
        WireClient client = await Node.JoinAsync(name, "free text, \"quoted\" 😀", ["service", "chat", ""]);

        JsonElement me = await client.AskAsync("""{"type":"SELF_FETCH"}""");

        me.ShouldBeJson($$"""
            {"type":"SELF_FETCH_RESULT","seq":0,"subscriptions":[],"client":
            {"name":"{{name}}","nickname":"free text, \"quoted\" 😀","uuid":"{{client.Uuid}}","tags":["service","chat",""]} }
            """);
    }

    [Theory]
    [InlineData("""{"type":"IDENTIFY","name":"NAME","version":"0.2.0"}""")]
    [InlineData("""{"type":"IDENTIFY","name":"NAME","nickname":"","version":"0.2.17","secret":null,"tags":[],"presence":false}""")]
    [InlineData("""{"version":"0.2.0","later":{"unknown":["field"]},"name":"NAME","nickname":null,"type":"IDENTIFY"}""")]
    [InlineData("""   { "name" : "NAME" , "secret":"nobody asked", "type":"\u0049DENTIFY","version":"0.2.0" }   """)]
    public async Task Identify_InAnyFormThatIsAllowed_IsAnsweredWithHello(string identify)
    {
        string name = Unique("form");
        WireClient client = await Node.ConnectAsync();

        (await client.AskAsync(identify.Replace("NAME", name))).TypeOf().ShouldBe("HELLO");

        JsonElement me = await client.AskAsync("""{"type":"SELF_FETCH"}""");
        me.GetProperty("client").ShouldBeJson(Payloads.Client(name, null, client.Uuid, []));
    }

    [Fact]
    public async Task Identify_WithNameNicknameAndTagsAtTheirLimits_IsAccepted()
    {
        string name = string.Concat(Enumerable.Repeat(Astral, 64));
        string nickname = string.Concat(Enumerable.Repeat(Astral, 128));
        string[] tags = [.. Enumerable.Repeat(string.Concat(Enumerable.Repeat(Astral, 64)), 32)];
        WireClient client = await Node.JoinAsync(name, nickname, tags);

        JsonElement me = await client.AskAsync("""{"type":"SELF_FETCH"}""");

        me.GetProperty("client").ShouldBeJson(client.Info);
    }

    [Fact]
    public async Task FramesBehindIdentify_SentInTheSameWrite_AreAnsweredInTurn()
    {
        string name = Unique("hasty");
        WireClient client = await Node.ConnectAsync();

        await client.PipelineAsync([Payloads.Identify(name), """{"type":"SELF_FETCH"}""", """{"type":"SELF_FETCH"}"""]);

        (await client.ReceiveAsync()).TypeOf().ShouldBe("HELLO");
        string me = Payloads.Client(name, null, client.Uuid, []);
        await client.ExpectAsync($$"""{"type":"SELF_FETCH_RESULT","seq":0,"client":{{me}},"subscriptions":[]}""");
        await client.ExpectAsync($$"""{"type":"SELF_FETCH_RESULT","seq":1,"client":{{me}},"subscriptions":[]}""");
    }

    [Fact]
    public async Task Identify_Again_IsUnsupported_AndChangesNothing()
    {
        WireClient client = await Node.JoinAsync();

        JsonElement answer = await client.AskAsync(Payloads.Identify(Unique("another"), version: "0.2.1"));

        answer.ShouldBeJson("""{"type":"ERROR_UNSUPPORTED","seq":0}""");
        await client.SendAsync("""{"type":"SELF_FETCH"}""");
        await client.ExpectAsync($$"""{"type":"SELF_FETCH_RESULT","seq":1,"client":{{client.Info}},"subscriptions":[]}""");
    }
}
