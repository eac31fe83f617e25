using System.Text.Json;
using Concierge.EndToEnd.Tests.Wire;
using Xunit.Abstractions;

namespace Concierge.EndToEnd.Tests.Cluster;

/// <summary>What holds for several nodes as it does for one, and can't be seen on one.</summary>
[Collection(nameof(TestCluster))]
public sealed class OneConciergeTests(ITestOutputHelper output) : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync(output);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task TwoWhoRaceForAName_OnTwoNodes_ThousandTimes_OneWinsEachTime()
    {
        const int Rounds = 1000;
        WireClient watcher = await _cluster[0].JoinAsync("watcher", presence: true);
        int[] wins = new int[3];
        for (int round = 0; round < Rounds; round++)
        {
            // Every pair of nodes in turn, the registrar's and others. The name is the same: it was free again a moment ago.
            int one = round % 3, other = (round + 1 + (round / 3 % 2)) % 3;
            WireClient[] rivals = [await _cluster[one].ConnectAsync(), await _cluster[other].ConnectAsync()];
            int?[] closes = await Task.WhenAll(rivals.Select(rival => rival.TryIdentifyAsync("coveted")));

            closes.ShouldBe([null, 4005], ignoreOrder: true, $"in round {round}");
            int won = Array.IndexOf(closes, null);
            wins[won == 0 ? one : other]++;
            (await watcher.ReceiveAsync()).ShouldBeJson($$"""{"type":"CLIENT_JOINED","client":{{rivals[won].Info}}}""");
            await rivals[won].LeaveAsync();
            (await watcher.ReceiveAsync()).ShouldBeJson($$"""{"type":"CLIENT_LEFT","client":{{rivals[won].Info}}}""");
            foreach (WireClient rival in rivals) await rival.DisposeAsync();
        }

        output.WriteLine($"won on the nodes: {string.Join(", ", wins)}");
        wins.ShouldAllBe(count => count > 0, "no node loses every race");
        await _cluster.ShouldAgreeAsync((0, watcher), (1, await _cluster[1].JoinAsync()), (2, await _cluster[2].JoinAsync()));
        _cluster.ShouldHaveLoggedNoFault();
    }

    [Fact]
    public async Task ABroadcast_CrossesToAnotherNodeOnce_HoweverManyReceiversAreThere()
    {
        const int Subscribers = 20;
        WireClient owner = await _cluster[0].JoinAsync("owner");
        await owner.SucceedAsync("""{"type":"SERVICE_CREATE","service":"news"}""");
        // The first in each place, and those on node 3 in the room alone.
        List<WireClient> near = await JoinAsync(0), far = await JoinAsync(1), farther = await JoinAsync(2);
        foreach (WireClient client in (WireClient[])[.. near, .. far]) await client.SucceedAsync("""{"type":"SELF_SUBSCRIBE","service":"news"}""");
        foreach (WireClient client in (WireClient[])[owner, .. near, .. far, .. farther]) await client.SucceedAsync("""{"type":"ROOM_JOIN","room":"lobby"}""");

        (await CrossingsAsync(Payloads.ToAll, [.. near, .. far, .. farther])).ShouldBe(2);
        (await CrossingsAsync(Payloads.ToRoom("lobby"), [.. near, .. far, .. farther])).ShouldBe(2);
        (await CrossingsAsync(Payloads.ToService("news"), [.. near, .. far])).ShouldBe(1, "nobody on the third node is subscribed");
        (await CrossingsAsync(Payloads.ToUuid(farther[0].Uuid), farther[0])).ShouldBe(1);
        (await CrossingsAsync(Payloads.ToName(near[0].Name), near[0])).ShouldBe(0);

        async Task<List<WireClient>> JoinAsync(int node) => [.. await Task.WhenAll(Enumerable.Range(0, Subscribers).Select(_ => _cluster[node].JoinAsync()))];

        // That all have it says that it has crossed.
        async Task<double> CrossingsAsync(string target, params WireClient[] receivers)
        {
            double before = (await _cluster[0].ReadMetricsAsync())["concierge_node_messages_sent_total"];
            string data = $"\"{Guid.NewGuid()}\"";
            await owner.SendAsync(Payloads.Message(target, data));
            (await owner.ReceiveAnswerAsync()).TypeOf().ShouldBe("OK");
            foreach (WireClient receiver in receivers)
                (await receiver.ReceiveUntilAsync(it => it.TypeOf() == "MESSAGE"))[^1].GetProperty("data").GetRawText().ShouldBe(data);
            return (await _cluster[0].ReadMetricsAsync())["concierge_node_messages_sent_total"] - before;
        }
    }

    [Fact]
    public async Task MetricsAndReadyz_SpeakOfTheCluster()
    {
        await _cluster[0].JoinAsync();
        for (int node = 0; node < 3; node++)
        {
            Dictionary<string, double> metrics = await _cluster[node].ReadMetricsAsync();
            metrics["concierge_cluster_members{status=\"up\"}"].ShouldBe(3);
            metrics["concierge_cluster_members{status=\"unreachable\"}"].ShouldBe(0);
            metrics["concierge_directory_version_total"].ShouldBe(node == 0 ? 1 : 0);
            metrics["concierge_node_connects_total"].ShouldBeGreaterThanOrEqualTo(2);
            metrics.ShouldContainKey("concierge_node_resends_total");
            metrics.ShouldContainKey("concierge_node_messages_received_total");
            (await _cluster[node].Http.GetStringAsync(new Uri("readyz", UriKind.Relative))).ShouldBe("ready: 3 nodes\n");
        }
    }

    [Fact]
    public async Task ClusterReport_HasTheFiguresOfAllNodes_WhicheverIsAsked()
    {
        await _cluster[0].JoinAsync();
        await _cluster[0].JoinAsync();
        await _cluster[2].JoinAsync();
        for (int node = 0; node < 3; node++)
        {
            string text = await _cluster[node].Http.GetStringAsync(new Uri("cluster", UriKind.Relative));
            JsonElement[] nodes = [.. Json.Parse(text).GetProperty("nodes").EnumerateArray()];

            nodes.Length.ShouldBe(3);
            nodes.ShouldAllBe(it => it.GetProperty("status").GetString() == "up");
            nodes.Select(it => it.GetProperty("clients").GetInt32()).ShouldBe([2, 0, 1], ignoreOrder: true);
            nodes.Count(it => it.GetProperty("self").GetBoolean()).ShouldBe(1);
            nodes.Select(it => it.GetProperty("id").GetString()).Distinct().Count().ShouldBe(3);
            foreach (Place place in _cluster.Places) text.ShouldNotContain(place.ClusterAddress);
        }
    }
}
