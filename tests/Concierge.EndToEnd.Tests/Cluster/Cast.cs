using System.Text.Json;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Cluster;

/// <summary>
/// Who is there when a node fails: on that node a client with a service, subscriptions and a room; on each of the others
/// a watcher who shares these, and two who talk to each other across the nodes all the while.
/// </summary>
internal sealed class Cast
{
    /// <summary>What watchers have heard of the client when it has come.</summary>
    public static readonly string[] Coming = ["CLIENT_JOINED", "SERVICE_CREATE_RESULT", "SERVICE_CLIENT_SUBSCRIBED", "ROOM_CLIENT_JOINED"];
    private static readonly string[] Leaving = ["SERVICE_DELETE_RESULT", "SERVICE_CLIENT_UNSUBSCRIBED", "ROOM_CLIENT_LEFT", "CLIENT_LEFT"];

    private readonly TestCluster _cluster;
    private readonly List<(int, WireClient)> _present = [];
    private readonly List<WireClient> _watchers = [];
    private readonly List<Conversation> _talks = [];

    private Cast(TestCluster cluster, int failing)
    {
        _cluster = cluster;
        (Left, Right) = ((failing + 1) % 3, (failing + 2) % 3);
    }

    /// <summary>A node that stays.</summary>
    public int Left { get; }

    /// <summary>The other node that stays.</summary>
    public int Right { get; }

    /// <summary>The client on the node that fails.</summary>
    public WireClient Lost { get; private set; } = null!;

    /// <summary>All clients on the nodes that stay.</summary>
    public (int Node, WireClient Client)[] Present => [.. _present];

    /// <summary>Those who talk.</summary>
    public IReadOnlyList<Conversation> Talks => _talks;

    public static async Task<Cast> JoinAsync(TestCluster cluster, int failing)
    {
        var cast = new Cast(cluster, failing);
        await cast.LetTalkAsync(cast.Left, "ann", cast.Right, "bob");
        await cast.LetTalkAsync(cast.Right, "cid", cast.Left, "dan");
        await cast.LetWatchAsync(cast.Left);
        await cast.LetWatchAsync(cast.Right);

        cast.Lost = await cluster[failing].JoinAsync("lost");
        await cast.Lost.SucceedAsync("""{"type":"SERVICE_CREATE","service":"lost"}""");
        await cast.Lost.SucceedAsync($$"""{"type":"SELF_SUBSCRIBE","service":"news_{{cast.Left}}"}""");
        await cast.Lost.SucceedAsync($$"""{"type":"SELF_SUBSCRIBE","service":"news_{{cast.Right}}"}""");
        await cast.Lost.SucceedAsync("""{"type":"ROOM_JOIN","room":"lobby"}""");
        return cast;
    }

    /// <summary>
    /// Each watcher hears of all that was the lost client's, once and in its order (protocol, section "Events").
    /// </summary>
    public async Task ExpectLossAsync()
    {
        foreach (WireClient watcher in _watchers)
        {
            List<JsonElement> heard = await watcher.ReceiveUntilAsync(payload => payload.TypeOf() == "CLIENT_LEFT" && IsAboutLost(payload));
            heard.Where(IsAboutLost).Select(Json.TypeOf).ShouldBe([.. Coming, .. Leaving]);
        }
    }

    /// <summary>The watchers have heard of the client what is <paramref name="expected"/> since they were asked last, and no more.</summary>
    public async Task ExpectHeardAsync(params string[] expected)
    {
        foreach (WireClient watcher in _watchers)
        {
            await watcher.SendAsync("""{"type":"SELF_FETCH"}""");
            List<JsonElement> heard = await watcher.ReceiveUntilAsync(payload => payload.TypeOf() == "SELF_FETCH_RESULT");
            heard.Where(IsAboutLost).Select(Json.TypeOf).ShouldBe(expected);
        }
    }

    /// <summary>The talks end, and nobody has missed a message.</summary>
    /// <returns>How many messages it was.</returns>
    public async Task<int> EndAsync()
    {
        int said = 0;
        foreach (Conversation talk in _talks) said += await talk.EndAsync();
        return said;
    }

    private async Task LetTalkAsync(int node, string speaker, int otherNode, string listener)
    {
        _talks.Add(await Conversation.BeginAsync(await JoinAsync(node, speaker), await JoinAsync(otherNode, listener)));
    }

    private async Task LetWatchAsync(int node)
    {
        WireClient watcher = await JoinAsync(node, $"watcher_{node}", presence: true);
        await watcher.SucceedAsync($$"""{"type":"SERVICE_CREATE","service":"news_{{node}}"}""");
        await watcher.SucceedAsync($$"""{"type":"SELF_SUBSCRIBE","service":"news_{{node}}"}""");
        await watcher.SucceedAsync("""{"type":"ROOM_JOIN","room":"lobby"}""");
        _watchers.Add(watcher);
    }

    private async Task<WireClient> JoinAsync(int node, string name, bool presence = false)
    {
        WireClient client = await _cluster[node].JoinAsync(name, presence: presence);
        _present.Add((node, client));
        return client;
    }

    private bool IsAboutLost(JsonElement payload) =>
        payload.TypeOf() != "MESSAGE"
        && ((payload.TryGetProperty("client", out JsonElement client) && client.GetProperty("uuid").GetString() == Lost.Uuid)
            || (payload.TryGetProperty("service", out JsonElement service) && service.GetProperty("owner_uuid").GetString() == Lost.Uuid));
}
