using Concierge.Node;

namespace Concierge.Client.Tests.Node;

/// <summary>A real node in this process, on a free port of the loopback interface.</summary>
public sealed class NodeFixture : IAsyncLifetime
{
    private ConciergeNode? _node;
    private int _names;

    /// <summary>Where clients connect.</summary>
    public Uri Url => Started.Url;

    private ConciergeNode Started => _node ?? throw new InvalidOperationException("The node is not running.");

    public async Task InitializeAsync() => _node = await StartAsync(port: 0);

    public async Task DisposeAsync() => await StopAsync();

    /// <summary>Stops the node, and starts another one in its place.</summary>
    public async Task RestartAsync()
    {
        var port = Started.Port;
        await StopAsync();
        _node = await StartAsync(port);
    }

    /// <summary>Connects a client under a name that no other test uses.</summary>
    public Task<ConciergeClient> ConnectAsync(string name, Action<ConciergeClient>? attach = null, string? nickname = null) =>
        ConciergeClient.ConnectAsync(
            new ConciergeClientOptions
            {
                Uri = Url,
                Name = Unique(name),
                Nickname = nickname,
                Reconnect = new ReconnectPolicy { InitialDelay = TimeSpan.FromMilliseconds(10), MaxDelay = TimeSpan.FromMilliseconds(100) },
            },
            attach ?? (_ => { }));

    /// <summary>A name that no other test uses.</summary>
    public string Unique(string name) => $"{name}_{Interlocked.Increment(ref _names)}";

    private static Task<ConciergeNode> StartAsync(int port) => ConciergeNode.StartAsync(["--host", "127.0.0.1", "--port", $"{port}"]);

    private async Task StopAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
        _node = null;
    }
}
