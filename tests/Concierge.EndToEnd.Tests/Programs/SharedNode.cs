using System.Text.Json;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Programs;

/// <summary>
/// A node that the tests of one class use one after the other. A witness is connected all the while: after each test it
/// has to have seen everybody leave, so that the next test hears nothing of this one, and still be served.
/// </summary>
public sealed class SharedNode : IAsyncLifetime
{
    private long _asked;

    public NodeProcess Node { get; private set; } = null!;

    public WireClient Witness { get; private set; } = null!;

    // No heartbeat gets between the frames that a test counts.
    public async Task InitializeAsync()
    {
        Node = await NodeProcess.StartAsync("heartbeat.interval=10m", "heartbeat.timeout=20m", "name=shared");
        WireSocket socket = await Node.DialAsync();
        Witness = new WireClient(socket, await socket.UpgradeAsync([]));
        await Witness.IdentifyAsync("witness", null, [], presence: true);
    }

    public async Task SettleAsync()
    {
        HashSet<string> leaving = [.. await Node.HangUpAsync()];
        while (leaving.Count > 0)
        {
            JsonElement seen = await Witness.ReceiveAsync();
            if (seen.TypeOf() == "CLIENT_LEFT") leaving.Remove(seen.GetProperty("client").GetProperty("uuid").GetString()!);
        }

        await Witness.SendAsync("""{"type":"SELF_FETCH"}""");
        JsonElement answer = await Witness.ReceiveAnswerAsync();
        answer.ShouldBeJson($$"""{"type":"SELF_FETCH_RESULT","seq":{{_asked++}},"client":{{Witness.Info}},"subscriptions":[]}""");
    }

    public async Task DisposeAsync()
    {
        if (Witness is not null) await Witness.DisposeAsync();
        if (Node is not null) await Node.DisposeAsync();
    }
}

/// <summary>Tests that share a node and leave it as they found it.</summary>
public abstract class SharedNodeTests(SharedNode shared) : IClassFixture<SharedNode>, IAsyncLifetime
{
    protected NodeProcess Node => shared.Node;

    protected WireClient Witness => shared.Witness;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => shared.SettleAsync();

    protected static string Unique(string stem) => NodeProcess.Unique(stem);
}
