using System.Text.Json;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Services;

/// <summary>SELF_SUBSCRIBE and SELF_UNSUBSCRIBE, and who is told.</summary>
public class SubscriptionTests(SharedNode shared) : SharedNodeTests(shared)
{
    [Fact]
    public async Task Subscribe_IsAnsweredWithTheSubscribers_ThenToldByTheEventWithout()
    {
        WireClient owner = await Node.JoinAsync(), reader = await Node.JoinAsync();
        string name = Unique("service");
        await owner.CreateServiceAsync(name);

        await reader.SendAsync($$"""{"type":"SELF_SUBSCRIBE","service":"{{name}}"}""");

        await reader.ExpectAsync($$"""{"type":"SELF_SUBSCRIBE_RESULT","seq":0,"successful":true,"service":{{Payloads.Service(name, owner, reader)}}}""");
        await reader.ExpectAsync($$"""{"type":"SERVICE_CLIENT_SUBSCRIBED","client":{{reader.Info}},"service":{{Payloads.Service(name, owner)}}}""");
    }

    [Fact]
    public async Task Subscribe_WhenAlreadySubscribed_ReportsNoChange()
    {
        WireClient owner = await Node.JoinAsync(), reader = await Node.JoinAsync();
        string name = Unique("service");
        await owner.CreateServiceAsync(name);
        await reader.SubscribeAsync(name);

        await reader.SendAsync($$"""{"type":"SELF_SUBSCRIBE","service":"{{name}}"}""");

        await reader.ExpectAsync($$"""{"type":"SELF_SUBSCRIBE_RESULT","seq":1,"successful":false,"service":{{Payloads.Service(name, owner, reader)}}}""");
        await reader.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task Unsubscribe_IsAnsweredWithThoseWhoStay_AndToldByNoEvent()
    {
        WireClient owner = await Node.JoinAsync(), reader = await Node.JoinAsync(presence: true), other = await Node.JoinAsync();
        string name = Unique("service");
        await reader.ReceiveAsync(); // CLIENT_JOINED of the other
        await owner.CreateServiceAsync(name);
        await reader.ReceiveAsync(); // SERVICE_CREATE_RESULT
        await other.SubscribeAsync(name);
        await reader.SubscribeAsync(name);

        await reader.SendAsync($$"""{"type":"SELF_UNSUBSCRIBE","service":"{{name}}"}""");

        await reader.ExpectAsync($$"""{"type":"SELF_UNSUBSCRIBE_RESULT","seq":1,"successful":true,"service":{{Payloads.Service(name, owner, other)}}}""");
        await reader.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task Unsubscribe_WhenNotSubscribed_ReportsNoChange()
    {
        WireClient owner = await Node.JoinAsync(), reader = await Node.JoinAsync();
        string name = Unique("service");
        await owner.CreateServiceAsync(name);

        await reader.SendAsync($$"""{"type":"SELF_UNSUBSCRIBE","service":"{{name}}"}""");

        await reader.ExpectAsync($$"""{"type":"SELF_UNSUBSCRIBE_RESULT","seq":0,"successful":false,"service":{{Payloads.Service(name, owner)}}}""");
    }

    [Fact]
    public async Task SubscribersHearOfEachOther_TheOwnerOnlyWhereItSubscribed()
    {
        WireClient reader = await Node.JoinAsync(), silentOwner = await Node.JoinAsync(presence: true), owner = await Node.JoinAsync(presence: true);
        string watched = Unique("watched"), unwatched = Unique("unwatched");
        await silentOwner.ReceiveAsync(); // CLIENT_JOINED of the owner
        await owner.CreateServiceAsync(watched);
        await silentOwner.ReceiveAsync(); // SERVICE_CREATE_RESULT
        await silentOwner.CreateServiceAsync(unwatched);
        await owner.ReceiveAsync(); // SERVICE_CREATE_RESULT
        await owner.SubscribeAsync(watched);

        await reader.SubscribeAsync(unwatched);
        await reader.SubscribeAsync(watched);
        await reader.AskAsync($$"""{"type":"SELF_UNSUBSCRIBE","service":"{{unwatched}}"}""");
        await reader.AskAsync($$"""{"type":"SELF_UNSUBSCRIBE","service":"{{watched}}"}""");

        string service = Payloads.Service(watched, owner);
        await owner.ExpectAsync($$"""{"type":"SERVICE_CLIENT_SUBSCRIBED","client":{{reader.Info}},"service":{{service}}}""");
        await owner.ExpectAsync($$"""{"type":"SERVICE_CLIENT_UNSUBSCRIBED","client":{{reader.Info}},"service":{{service}}}""");
        await silentOwner.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task SubscriberLists_AreCompleteInAnswers_ButAbove256OnlyWhereTheyWereAskedFor()
    {
        WireClient owner = await Node.JoinAsync();
        string name = Unique("crowded");
        await owner.CreateServiceAsync(name);
        List<WireClient> crowd = [];
        for (int i = 0; i < 256; i++) crowd.Add(await JoinAndSubscribeAsync(name, i + 1));

        WireClient last = await Node.JoinAsync();
        JsonElement result = await last.AskAsync($$"""{"type":"SELF_SUBSCRIBE","service":"{{name}}"}""");
        JsonElement asked = await owner.AskAsync($$"""{"type":"SERVICE_FETCH","service":"{{name}}"}""");
        JsonElement leaving = await crowd[0].AskAsync($$"""{"type":"SELF_UNSUBSCRIBE","service":"{{name}}"}""");

        result.ShouldBeJson($$"""{"type":"SELF_SUBSCRIBE_RESULT","seq":0,"successful":true,"service":{{Payloads.Service(name, owner)}}}""");
        Subscribers(asked).ShouldBe([.. crowd.Select(it => it.Uuid), last.Uuid], ignoreOrder: true);
        Subscribers(leaving).ShouldBe([.. crowd.Skip(1).Select(it => it.Uuid), last.Uuid], ignoreOrder: true);
    }

    private async Task<WireClient> JoinAndSubscribeAsync(string service, int expected)
    {
        WireClient client = await Node.JoinAsync();
        JsonElement result = await client.AskAsync($$"""{"type":"SELF_SUBSCRIBE","service":"{{service}}"}""");
        Subscribers(result).Count.ShouldBe(expected);
        (await client.ReceiveAsync()).TypeOf().ShouldBe("SERVICE_CLIENT_SUBSCRIBED");
        return client;
    }

    private static List<string?> Subscribers(JsonElement payload) =>
        [.. payload.GetProperty("service").GetProperty("subscribers").EnumerateArray().Select(it => it.GetString())];
}
