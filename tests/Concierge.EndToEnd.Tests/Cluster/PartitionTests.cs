using System.Diagnostics;
using Concierge.EndToEnd.Tests.Wire;
using Xunit.Abstractions;

namespace Concierge.EndToEnd.Tests.Cluster;

/// <summary>The nodes lose sight of each other, while clients reach all of them.</summary>
[Collection(nameof(TestCluster))]
public sealed class PartitionTests(ITestOutputHelper output) : IAsyncLifetime
{
    private SeparateNetwork? _network;
    private TestCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _network = await SeparateNetwork.CreateAsync(places: 3);
        _cluster = await TestCluster.StartAsync(output, _network.Places);
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        if (_network is not null) await _network.DisposeAsync();
    }

    [NetworkFact]
    public async Task TheSmallerSide_GivesUpItsClients_AndComesBackWhenTheNetworkHeals_EvenWhereItHadTheRegistrar()
    {
        const int Alone = 0;
        Cast cast = await Cast.JoinAsync(_cluster, Alone);
        WireClient newcomer = await _cluster[Alone].ConnectAsync();
        var since = Stopwatch.StartNew();
        await _network!.UnplugAsync(Alone);

        // One name on both sides, asked for before anybody has noticed anything.
        await newcomer.SendAsync(Payloads.Identify("newcomer"));
        Task<TimeSpan> gone = CloseAsync(newcomer, since);
        Task<(WireClient Client, TimeSpan At)> come = JoinAsync(cast.Left, "newcomer", since);
        (await cast.Lost.ReceiveCloseAsync()).ShouldBe(1001);
        Report("the smaller side had closed its client", since);
        await cast.ExpectLossAsync();
        Report("the larger side had heard all about it", since);
        WireClient namesake = (await come).Client;
        output.WriteLine($"{(await gone).TotalSeconds:0.0} s: the smaller side had closed its newcomer\n{(await come).At.TotalSeconds:0.0} s: the larger side had taken one of the same name in");
        (await gone).ShouldBeLessThan((await come).At, "one client at a time has a name");
        WireClient successor = await _cluster[cast.Right].JoinAsync(cast.Lost.Name);

        since.Restart();
        await _network.PlugAsync(Alone);
        await _cluster.ExpectReadyAgainAsync(Alone);
        Report("after the network had healed the node was back", since);
        WireClient back = await _cluster[Alone].JoinAsync("back_again");
        output.WriteLine($"{await cast.EndAsync()} messages; none waited for its OK longer than {cast.Talks.Max(talk => talk.LongestWait).TotalMilliseconds:0} ms");
        await cast.ExpectHeardAsync();
        await _cluster.ShouldAgreeAsync([(Alone, back), (cast.Right, successor), (cast.Left, namesake), .. cast.Present]);
        _cluster.ShouldHaveLoggedNoFault();
    }

    private async Task<(WireClient Client, TimeSpan At)> JoinAsync(int node, string name, Stopwatch since)
    {
        WireClient client = await _cluster[node].JoinAsync(name);
        return (client, since.Elapsed);
    }

    private static async Task<TimeSpan> CloseAsync(WireClient client, Stopwatch since)
    {
        (await client.ReceiveCloseAsync()).ShouldBe(1001);
        return since.Elapsed;
    }

    private void Report(string what, Stopwatch since) => output.WriteLine($"{since.Elapsed.TotalSeconds:0.0} s: {what}");
}
