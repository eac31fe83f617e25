using System.Diagnostics;
using Concierge.EndToEnd.Tests.Wire;
using Xunit.Abstractions;

namespace Concierge.EndToEnd.Tests.Cluster;

/// <summary>
/// A node fails: its clients are gone from the others, with every event, once; everyone else goes on talking; names are
/// free again, and the node can come back. How long it took is in the output, and no test depends on it.
/// </summary>
[Collection(nameof(TestCluster))]
public sealed class NodeFailureTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Oldest = 0;

    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync(output);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task SigkillOfAWorker_TakesItsClientsWithIt_AndNobodyElseNotices()
    {
        const int Killed = 1;
        Cast cast = await Cast.JoinAsync(_cluster, Killed);
        var since = Stopwatch.StartNew();
        await _cluster.KillAsync(Killed);

        // The registrar is there: who comes with another name waits no longer than until somebody notices the silence.
        WireClient newcomer = await _cluster[cast.Left].JoinAsync("newcomer");
        Report("a newcomer had its HELLO", since);
        await cast.ExpectLossAsync();
        Report("the others had heard all about it", since);
        WireClient successor = await _cluster[cast.Right].JoinAsync(cast.Lost.Name);
        Report("a lost name was given again", since);

        await ComeBackAsync(Killed, cast, (cast.Left, newcomer), (cast.Right, successor));
    }

    [Fact]
    public async Task SigkillOfTheSeed_ThatIsNotTheOldest_IsLikeAWorkers_AndItJoinsThroughAnother()
    {
        // What came first in the list of seeds comes back as the youngest.
        await _cluster.StopAsync(Oldest);
        await _cluster.StartAsync(Oldest);
        Cast cast = await Cast.JoinAsync(_cluster, Oldest);
        var since = Stopwatch.StartNew();
        await _cluster.KillAsync(Oldest);

        await cast.ExpectLossAsync();
        Report("the others had heard all about it", since);
        WireClient successor = await _cluster[cast.Right].JoinAsync(cast.Lost.Name);

        await ComeBackAsync(Oldest, cast, (cast.Right, successor));
    }

    [Fact]
    public async Task SigkillOfTheRegistrarsNode_HasNewcomersWait_AndNobodyElse()
    {
        Cast cast = await Cast.JoinAsync(_cluster, Oldest);
        var since = Stopwatch.StartNew();
        await _cluster.KillAsync(Oldest);

        WireClient[] newcomers = await Task.WhenAll(_cluster[cast.Left].JoinAsync("newcomer"), _cluster[cast.Right].JoinAsync("another"));
        Report("newcomers had their HELLO", since);
        await cast.ExpectLossAsync();
        WireClient successor = await _cluster[cast.Right].JoinAsync(cast.Lost.Name);

        await ComeBackAsync(Oldest, cast, (cast.Left, newcomers[0]), (cast.Right, newcomers[1]), (cast.Right, successor));
    }

    [Fact]
    public async Task SigtermOfTheRegistrarsNode_HasNewcomersHardlyWait()
    {
        Cast cast = await Cast.JoinAsync(_cluster, Oldest);
        var since = Stopwatch.StartNew();
        _cluster[Oldest].Program.Terminate();

        (await cast.Lost.ReceiveCloseAsync()).ShouldBe(1001);
        Report("its client was closed", since);
        WireClient newcomer = await _cluster[cast.Left].JoinAsync("newcomer");
        Report("a newcomer had its HELLO", since);
        (await _cluster[Oldest].Program.WaitForExitAsync()).ShouldBe(0);
        Report("the node had ended", since);
        await cast.ExpectLossAsync();
        WireClient successor = await _cluster[cast.Right].JoinAsync(cast.Lost.Name);

        await ComeBackAsync(Oldest, cast, (cast.Left, newcomer), (cast.Right, successor));
    }

    [Theory]
    [InlineData(Oldest)]
    [InlineData(2)]
    public async Task SigstopUntilTheOthersHaveGivenItUp_ThenSigcont_HasTheNodeCloseItsClients_AndJoinAfresh(int held)
    {
        Cast cast = await Cast.JoinAsync(_cluster, held);
        var since = Stopwatch.StartNew();
        _cluster[held].Program.Suspend();

        await cast.ExpectLossAsync();
        Report("the others had heard all about it", since);
        WireClient successor = await _cluster[cast.Right].JoinAsync(cast.Lost.Name);
        Report("a lost name was given again", since);
        since.Restart();
        _cluster[held].Program.Resume();

        (await cast.Lost.ReceiveCloseAsync()).ShouldBe(1001);
        Report("its client was closed", since);
        await _cluster.ExpectReadyAgainAsync(held);
        Report("it was ready again", since);
        await ExpectAgreementAsync(held, cast, (cast.Right, successor));
    }

    [Fact]
    public async Task SigstopForAMoment_IsNoticedByNobody()
    {
        Cast cast = await Cast.JoinAsync(_cluster, 1);
        _cluster[1].Program.Suspend();
        // Half a second; and nobody waits for a node that is silent.
        foreach (Conversation talk in cast.Talks) await talk.ContinueAsync(messages: 50);
        _cluster[1].Program.Resume();

        await cast.Lost.SucceedAsync("""{"type":"ROOM_JOIN","room":"another"}""");
        await cast.EndAsync();
        await cast.ExpectHeardAsync(Cast.Coming);
        await _cluster.ShouldAgreeAsync([(1, cast.Lost), .. cast.Present]);
        _cluster.ShouldHaveLoggedNoFault();
    }

    private async Task ComeBackAsync(int index, Cast cast, params (int Node, WireClient Client)[] others)
    {
        var since = Stopwatch.StartNew();
        await _cluster.StartAsync(index);
        Report("started again, it was ready", since);
        await ExpectAgreementAsync(index, cast, others);
    }

    private async Task ExpectAgreementAsync(int index, Cast cast, params (int Node, WireClient Client)[] others)
    {
        WireClient back = await _cluster[index].JoinAsync("back_again");
        int said = await cast.EndAsync();
        await cast.ExpectHeardAsync();
        output.WriteLine($"{said} messages; none waited for its OK longer than {cast.Talks.Max(talk => talk.LongestWait).TotalMilliseconds:0} ms");
        await _cluster.ShouldAgreeAsync([(index, back), .. cast.Present, .. others]);
        _cluster.ShouldHaveLoggedNoFault();
    }

    private void Report(string what, Stopwatch since) => output.WriteLine($"{since.Elapsed.TotalSeconds:0.0} s: {what}");
}
