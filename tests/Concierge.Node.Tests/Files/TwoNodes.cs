using System.Net;
using System.Net.Sockets;
using Concierge.Node.Tests.Hosting;

namespace Concierge.Node.Tests.Files;

/// <summary>A cluster of two nodes: the clients are on the one, and their files are used through both.</summary>
public sealed class TwoNodes : IAsyncLifetime, IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _homeOptions;

    public TwoNodes()
        : this([])
    {
    }

    private TwoNodes(string[] homeOptions) => _homeOptions = homeOptions;

    public ConciergeNode HomeNode { get; private set; } = null!;

    public ConciergeNode OtherNode { get; private set; } = null!;

    /// <summary>The node that the clients are connected to.</summary>
    public HttpClient Home { get; private set; } = null!;

    /// <summary>The other.</summary>
    public HttpClient Other { get; private set; } = null!;

    public static async Task<TwoNodes> StartAsync(params string[] homeOptions)
    {
        var nodes = new TwoNodes(homeOptions);
        await nodes.InitializeAsync();
        return nodes;
    }

    public async Task InitializeAsync()
    {
        var seed = $"127.0.0.1:{FreePort()}";
        (HomeNode, Home) = await StartNodeAsync("home", ["--cluster", seed, "--seed", seed, .. _homeOptions]);
        (OtherNode, Other) = await StartNodeAsync("other", ["--cluster", $"127.0.0.1:{FreePort()}", "--seed", seed]);
    }

    /// <summary>A client of the home node.</summary>
    internal Task<IdentifiedClient> JoinAsync() => IdentifiedClient.ConnectAsync(HomeNode.Url);

    /// <summary>All files that a node has on disk, finished or not.</summary>
    public IEnumerable<string> OnDisk(string node) =>
        Directory.EnumerateFiles(_folder.Path(node), "*", new EnumerationOptions { RecurseSubdirectories = true }).Where(file => Path.GetFileName(file) != "lock");

    public async ValueTask DisposeAsync()
    {
        Home.Dispose();
        Other.Dispose();
        await OtherNode.DisposeAsync();
        await HomeNode.DisposeAsync();
        _folder.Dispose();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    private async Task<(ConciergeNode Node, HttpClient Http)> StartNodeAsync(string name, string[] options)
    {
        var node = await ConciergeNode.StartAsync(
            ["--port", "0", "--name", name, "--set", $"concierge.files.directory={_folder.Path(name)}", .. options]);
        return (node, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{node.Port}") });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
