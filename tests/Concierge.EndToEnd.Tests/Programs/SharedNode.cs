using System.Text.Json;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Programs;

/// <summary>
/// A node that the tests of one class use one after the other. A witness is connected all the while: after each test it
/// has to have seen everybody leave, so that the next test hears nothing of this one, and still be served.
/// </summary>
public class SharedNode : IAsyncLifetime
{
    // No heartbeat gets between the frames that a test counts.
    protected static readonly string[] Settings = ["heartbeat.interval=10m", "heartbeat.timeout=20m", "name=shared"];

    private readonly List<WireClient> _witnesses = [];
    private long _asked;

    public NodeProcess Node { get; private set; } = null!;

    public WireClient Witness => _witnesses[0];

    // Started by the first test that wants it.
    public Task InitializeAsync() => Task.CompletedTask;

    public async Task StartAsync()
    {
        if (Node is not null) return;
        (Node, int nodes) = await StartNodeAsync();
        for (int i = 0; i < nodes; i++)
        {
            WireSocket socket = await Node.DialAsync();
            _witnesses.Add(new WireClient(socket, await socket.UpgradeAsync([])));
            await _witnesses[i].IdentifyAsync(i == 0 ? "witness" : $"witness_{i}", null, [], presence: true);
        }
    }

    public async Task SettleAsync()
    {
        IReadOnlyCollection<string> present = await Node.HangUpAsync();
        foreach (WireClient witness in _witnesses)
        {
            HashSet<string> leaving = [.. present];
            while (leaving.Count > 0)
            {
                JsonElement seen = await witness.ReceiveAsync();
                if (seen.TypeOf() == "CLIENT_LEFT") leaving.Remove(seen.GetProperty("client").GetProperty("uuid").GetString()!);
            }

            (await witness.FetchAsync("SELF_FETCH"))
                .ShouldBeJson($$"""{"type":"SELF_FETCH_RESULT","seq":{{_asked}},"client":{{witness.Info}},"subscriptions":[]}""");
        }

        _asked++;
    }

    public virtual async Task DisposeAsync()
    {
        foreach (WireClient witness in _witnesses) await witness.DisposeAsync();
        if (Node is not null) await Node.DisposeAsync();
    }

    /// <summary>Starts it.</summary>
    /// <returns>The node that tests use, and how many there are behind it.</returns>
    protected virtual async Task<(NodeProcess Node, int Nodes)> StartNodeAsync() => (await NodeProcess.StartAsync(Settings), 1);
}

/// <summary>Tests that share a node and leave it as they found it.</summary>
public abstract class SharedNodeTests(SharedNode shared) : IClassFixture<SharedNode>, IAsyncLifetime
{
    protected NodeProcess Node => shared.Node;

    protected WireClient Witness => shared.Witness;

    public Task InitializeAsync() => shared.StartAsync();

    public Task DisposeAsync() => shared.SettleAsync();

    protected static string Unique(string stem) => NodeProcess.Unique(stem);
}
