using System.Text.Json;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Clients;

/// <summary>SELF_FETCH, CLIENT_FETCH and CLIENT_FETCH_ALL.</summary>
public sealed class ClientFetchTests(SharedNode shared) : SharedNodeTests(shared)
{
    [Fact]
    public async Task SelfFetch_ListsSubscriptions_WithTheirSubscribers()
    {
        WireClient owner = await Node.JoinAsync(), reader = await Node.JoinAsync(nickname: "Reader", tags: ["a", "b"]), other = await Node.JoinAsync();
        string first = Unique("first"), second = Unique("second");
        await owner.CreateServiceAsync(first);
        await owner.CreateServiceAsync(second);
        await reader.SubscribeAsync(first);
        await reader.SubscribeAsync(second);
        await other.SubscribeAsync(second);

        JsonElement me = await reader.AskAsync("""{"type":"SELF_FETCH"}""");

        AssertDescribes(me, "SELF_FETCH_RESULT", 2, reader);
        JsonElement[] subscriptions = [.. me.GetProperty("subscriptions").EnumerateArray().OrderBy(it => it.GetProperty("name").GetString())];
        subscriptions.Length.ShouldBe(2);
        subscriptions[0].ShouldBeJson(Payloads.Service(first, owner, reader));
        subscriptions[1].GetProperty("subscribers").EnumerateArray().Select(it => it.GetString()).ShouldBe([reader.Uuid, other.Uuid], ignoreOrder: true);
    }

    [Fact]
    public async Task ClientFetch_TellsOfAnotherWhatItTellsOfItself()
    {
        WireClient owner = await Node.JoinAsync(nickname: "The owner", tags: ["service"]), asker = await Node.JoinAsync();
        string service = Unique("service");
        await owner.CreateServiceAsync(service);
        await owner.SubscribeAsync(service);

        JsonElement found = await asker.AskAsync($$"""{"type":"CLIENT_FETCH","uuid":"{{owner.Uuid}}"}""");

        AssertDescribes(found, "CLIENT_FETCH_RESULT", 0, owner);
        found.GetProperty("subscriptions").ShouldBeJson($"[{Payloads.Service(service, owner, owner)}]");
    }

    [Fact]
    public async Task ClientFetch_OfNobody_IsInvalidUuid()
    {
        WireClient asker = await Node.JoinAsync();

        JsonElement answer = await asker.AskAsync("""{"type":"CLIENT_FETCH","uuid":"00000000-0000-4000-8000-000000000000"}""");

        answer.ShouldBeJson("""{"type":"INVALID_UUID","seq":0,"uuid":"00000000-0000-4000-8000-000000000000"}""");
    }

    [Theory]
    [InlineData("\"no uuid\"")]
    [InlineData("\"\"")]
    [InlineData("5")]
    [InlineData("null")]
    public async Task ClientFetch_OfWhatIsNoUuid_IsAnErrorOfTheProtocol(string uuid)
    {
        WireClient asker = await Node.JoinAsync();

        JsonElement answer = await asker.AskAsync($$"""{"type":"CLIENT_FETCH","uuid":{{uuid}}}""");

        answer.TypeOf().ShouldBe("ERROR_PROTOCOL");
        answer.GetProperty("desc").GetString()!.ShouldContain("uuid");
    }

    [Fact]
    public async Task ClientFetchAll_ListsEverybody()
    {
        WireClient one = await Node.JoinAsync(nickname: "One"), two = await Node.JoinAsync(tags: ["two"]);

        JsonElement all = await one.AskAsync("""{"type":"CLIENT_FETCH_ALL"}""");

        all.EnumerateObject().Select(field => field.Name).ShouldBe(["type", "seq", "clients"], ignoreOrder: true);
        all.TypeOf().ShouldBe("CLIENT_FETCH_ALL_RESULT");
        all.GetProperty("seq").GetInt64().ShouldBe(0);
        JsonElement[] clients = [.. all.GetProperty("clients").EnumerateArray()];
        clients.Length.ShouldBe(3);
        foreach (WireClient present in new[] { one, two, Witness })
            clients.Single(it => it.GetProperty("uuid").GetString() == present.Uuid).ShouldBeJson(present.Info);
    }

    private static void AssertDescribes(JsonElement answer, string type, long seq, WireClient client)
    {
        answer.EnumerateObject().Select(field => field.Name).ShouldBe(["type", "seq", "client", "subscriptions"], ignoreOrder: true);
        answer.TypeOf().ShouldBe(type);
        answer.GetProperty("seq").GetInt64().ShouldBe(seq);
        answer.GetProperty("client").ShouldBeJson(client.Info);
    }
}
