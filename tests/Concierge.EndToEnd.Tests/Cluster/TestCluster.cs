using System.Collections.Concurrent;
using System.Text.Json;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;
using Xunit.Abstractions;

namespace Concierge.EndToEnd.Tests.Cluster;

/// <summary>
/// Three nodes that are one concierge: real processes at addresses that they keep when they are started again. Every node
/// has every address as a seed. The first is the oldest after the start, so the registrar is there.
/// </summary>
public sealed class TestCluster : IAsyncDisposable
{
    private readonly ITestOutputHelper? _output;
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("concierge-tests-");
    private readonly string[] _settings;
    private readonly NodeProcess?[] _nodes;
    private readonly ConcurrentQueue<(string Name, RunningProgram Program)> _programs = [];

    private TestCluster(ITestOutputHelper? output, IReadOnlyList<Place> places, string[] settings)
    {
        _output = output;
        Places = places;
        _settings = settings;
        _nodes = new NodeProcess?[places.Count];
    }

    /// <summary>Where the nodes are, running or not.</summary>
    public IReadOnlyList<Place> Places { get; }

    /// <summary>A node that is running.</summary>
    public NodeProcess this[int index] => _nodes[index] ?? throw new InvalidOperationException($"{Places[index].Name} is not running.");

    /// <summary>Starts three nodes on this machine, and waits until they are ready.</summary>
    /// <param name="output">Gets the nodes' logs in the end; null for nobody.</param>
    /// <param name="settings">Further settings, <c>key=value</c>.</param>
    public static Task<TestCluster> StartAsync(ITestOutputHelper? output, params string[] settings) =>
        StartAsync(output, [.. Enumerable.Range(1, 3).Select(Place.OnThisMachine)], settings);

    /// <summary>Starts a node at each place, and waits until all are ready.</summary>
    public static async Task<TestCluster> StartAsync(ITestOutputHelper? output, IReadOnlyList<Place> places, params string[] settings)
    {
        var cluster = new TestCluster(output, places, settings);
        try
        {
            // At the same time: the first begins when the others have said that they have nothing to join either.
            await Task.WhenAll(Enumerable.Range(0, places.Count).Select(cluster.StartAsync));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a node, again where it has been running, and waits until it is ready.</summary>
    public async Task StartAsync(int index)
    {
        if (_nodes[index] is { } former) await former.DisposeAsync();
        _nodes[index] = await NodeProcess.WhenReadyAsync(Launch(index));
    }

    /// <summary>Kills a node without a word.</summary>
    public async Task KillAsync(int index)
    {
        this[index].Program.Kill();
        await this[index].Program.WaitForExitAsync();
    }

    /// <summary>Has a node stop in an orderly way.</summary>
    public async Task StopAsync(int index)
    {
        this[index].Program.Terminate();
        (await this[index].Program.WaitForExitAsync()).ShouldBe(0, this[index].Program.Errors);
    }

    /// <summary>A node that went on without stopping says again that it is ready, at the same address.</summary>
    public async Task ExpectReadyAgainAsync(int index)
    {
        string? line;
        do line = await this[index].Program.ReadLineAsync();
        while (line?.StartsWith("  ", StringComparison.Ordinal) == true); // What else it listens for.
        line.ShouldBe($"ready {this[index].Url}", this[index].Program.Errors);
    }

    /// <summary>
    /// Every node is asked what it knows, through a client of its own: all have to know the same clients, services and
    /// rooms, and these clients alone.
    /// </summary>
    /// <param name="present">All clients that are connected and identified; on every node one at least.</param>
    public Task ShouldAgreeAsync(params (int Node, WireClient Client)[] present) => ShouldAgreeAsync(
        [.. Enumerable.Range(0, Places.Count).Select(node => present.First(it => it.Node == node).Client)],
        present.Select(it => it.Client.Uuid));

    /// <param name="witnesses">A client on each node.</param>
    /// <param name="uuids">Of all clients that are connected and identified.</param>
    public static async Task ShouldAgreeAsync(IReadOnlyList<WireClient> witnesses, IEnumerable<string> uuids)
    {
        List<string> answers = [];
        foreach (WireClient witness in witnesses)
        {
            answers.Add(await AskAsync(witness, "CLIENT_FETCH_ALL") + await AskAsync(witness, "SERVICE_FETCH_ALL") + await AskAsync(witness, "ROOM_FETCH_ALL"));
        }

        answers.ShouldAllBe(answer => answer == answers[0], string.Join('\n', answers));
        JsonElement[] clients = [.. (await witnesses[0].FetchAsync("CLIENT_FETCH_ALL")).GetProperty("clients").EnumerateArray()];
        clients.Select(client => client.GetProperty("uuid").GetString()).ShouldBe(uuids, ignoreOrder: true);
    }

    /// <summary>Nothing went wrong in any of the nodes, whatever happened to the others: no error in the log, no exception.</summary>
    public void ShouldHaveLoggedNoFault()
    {
        foreach ((string name, RunningProgram program) in _programs)
        {
            program.Errors.Split('\n').Where(line => line.Contains(" error: ", StringComparison.Ordinal) || line.TrimStart().StartsWith("at ", StringComparison.Ordinal))
                .ShouldBeEmpty($"{name} logged:\n{program.Errors}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (NodeProcess? node in _nodes)
        {
            if (node is not null) await node.DisposeAsync();
        }

        foreach ((string name, RunningProgram program) in _programs)
        {
            await program.DisposeAsync();
            _output?.WriteLine($"{name}:\n{program.Errors}\n");
        }

        _files.Delete(recursive: true);
    }

    private RunningProgram Launch(int index)
    {
        Place place = Places[index];
        // No heartbeat gets between the frames that a test counts, and who is silent for the while of a failure stays.
        string[] settings = [$"concierge.files.directory={_files.FullName}", "concierge.heartbeat.interval=30m", "concierge.heartbeat.timeout=1h", .. _settings];
        RunningProgram program = place.Start(
        [
            "--name", place.Name, "--cluster", place.ClusterAddress,
            .. Places.SelectMany(seed => new[] { "--seed", seed.ClusterAddress }),
            .. settings.SelectMany(setting => new[] { "--set", setting }),
        ]);
        _programs.Enqueue((place.Name, program));
        return program;
    }

    // Lists have no order of their own.
    private static async Task<string> AskAsync(WireClient witness, string question)
    {
        JsonElement list = (await witness.FetchAsync(question)).EnumerateObject().Single(property => property.Value.ValueKind == JsonValueKind.Array).Value;
        return $"{question}:\n{string.Join('\n', list.EnumerateArray().Select(Sorted).Order(StringComparer.Ordinal))}\n";
    }

    private static string Sorted(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(' ', element.EnumerateArray().Select(Sorted).Order(StringComparer.Ordinal))}]",
        JsonValueKind.Object => string.Join(' ', element.EnumerateObject().Select(property => $"{property.Name}={Sorted(property.Value)}").Order(StringComparer.Ordinal)),
        _ => element.GetRawText(),
    };
}
