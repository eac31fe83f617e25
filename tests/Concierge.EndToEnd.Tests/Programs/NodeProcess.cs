using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Programs;

/// <summary>One concierge: the real program on a free port, and the clients that a test has connected to it.</summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private static int _names;

    private readonly ConcurrentBag<WireClient> _clients = [];
    private NodeProcess[] _nodes;
    private int _dialled;

    private NodeProcess(RunningProgram program, Uri url, X509Certificate2? certificate)
    {
        _nodes = [this];
        Program = program;
        Url = url;
        Certificate = certificate;
        Http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.Equals(certificate) == true },
        })
        {
            BaseAddress = new UriBuilder(url) { Scheme = url.Scheme == "wss" ? "https" : "http", Path = "/" }.Uri,
            Timeout = Patience.Limit,
        };
    }

    public RunningProgram Program { get; }

    /// <summary>What the program said that it listens on.</summary>
    public Uri Url { get; }

    /// <summary>Where robots connect; for a node that listens for them.</summary>
    public Uri RobotChat { get; private set; } = null!;

    /// <summary>Where the chatroom's clients connect; for a node that listens for them.</summary>
    public Uri Chatroom { get; private set; } = null!;

    /// <summary>What it has to present where it speaks TLS.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>For its HTTP side.</summary>
    public HttpClient Http { get; }

    public static Task<NodeProcess> StartAsync(params string[] settings) => StartAsync(null, settings);

    /// <summary>Starts one and waits until it says that it is ready.</summary>
    /// <param name="certificate">What it has to present where <paramref name="settings"/> turn TLS on.</param>
    /// <param name="settings"><c>key=value</c>, below <c>concierge.</c></param>
    public static async Task<NodeProcess> StartAsync(X509Certificate2? certificate, params string[] settings)
    {
        string[] options = [.. settings.SelectMany(setting => new[] { "--set", "concierge." + setting })];
        return await WhenReadyAsync(RunningProgram.StartBuilt("Concierge.Node", ["--port", "0", .. options]), certificate);
    }

    /// <summary>Waits until a node says that it is ready.</summary>
    /// <param name="program">The node, which is disposed of where it isn't going to be.</param>
    /// <param name="certificate">What it has to present where it speaks TLS.</param>
    public static async Task<NodeProcess> WhenReadyAsync(RunningProgram program, X509Certificate2? certificate = null)
    {
        string? ready = await program.ReadLineAsync();
        if (ready?.StartsWith("ready ", StringComparison.Ordinal) == true)
            return new NodeProcess(program, new Uri(ready["ready ".Length..]), certificate);

        await program.DisposeAsync();
        throw new InvalidOperationException($"The node said '{ready}' instead of being ready. Its standard error:\n{program.Errors}");
    }

    /// <summary>Starts one that also listens for the older formats, on free ports.</summary>
    public static async Task<NodeProcess> StartWithDialectsAsync(params string[] settings)
    {
        NodeProcess node = await StartAsync(["dialects.robot-chat.port=0", "dialects.chatroom.port=0", .. settings]);
        node.RobotChat = await node.ReadUrlAsync("robot-chat");
        node.Chatroom = await node.ReadUrlAsync("chatroom");
        return node;
    }

    /// <summary>A name that no other test uses.</summary>
    public static string Unique(string stem) => $"{stem}_{Interlocked.Increment(ref _names)}";

    /// <summary>Opens a WebSocket that has not said anything yet.</summary>
    public async Task<WireClient> ConnectAsync(params string[] subprotocols)
    {
        WireSocket socket = await DialAsync();
        UpgradeResponse response = await socket.UpgradeAsync(subprotocols);
        response.Status.ShouldBe(101, response.Text);
        return Track(new WireClient(socket, response));
    }

    /// <summary>Opens a TCP connection, with TLS where the node speaks it, that has not sent anything yet.</summary>
    /// <param name="receiveBuffer">How much the kernel takes in for the client that doesn't read; null for what it thinks right.</param>
    public Task<WireSocket> DialAsync(int? receiveBuffer = null)
    {
        NodeProcess node = _nodes[Interlocked.Increment(ref _dialled) % _nodes.Length];
        return WireSocket.DialAsync(node, node.Url, receiveBuffer);
    }

    /// <summary>From now on its clients connect to it and to other nodes of its cluster in turn.</summary>
    public void SpreadClientsOver(params NodeProcess[] others) => _nodes = [this, .. others];

    /// <summary>A client of an older format, whose frames are the test's.</summary>
    public async Task<WireClient> ConnectAsync(Uri dialect, int? receiveBuffer = null)
    {
        WireSocket socket = await WireSocket.DialAsync(this, dialect, receiveBuffer);
        UpgradeResponse response = await socket.UpgradeAsync([]);
        response.Status.ShouldBe(101, response.Text);
        return Track(new WireClient(socket, response));
    }

    /// <summary>
    /// A client that has identified itself, under a name of its own where none is given. It hears of what others do only
    /// where it asks for <paramref name="presence"/>.
    /// </summary>
    public async Task<WireClient> JoinAsync(
        string? name = null, string? nickname = null, string[]? tags = null, bool presence = false, int? receiveBuffer = null)
    {
        WireSocket socket = await DialAsync(receiveBuffer);
        UpgradeResponse response = await socket.UpgradeAsync([]);
        WireClient client = Track(new WireClient(socket, response));
        await client.IdentifyAsync(name ?? Unique("client"), nickname, tags ?? [], presence);
        return client;
    }

    /// <summary>Has all clients gone that were connected here.</summary>
    /// <returns>The uuids of those that were identified.</returns>
    public async Task<IReadOnlyCollection<string>> HangUpAsync()
    {
        HashSet<string> identified = [];
        while (_clients.TryTake(out WireClient? client))
        {
            await client.DisposeAsync();
            if (client.Identity is { } identity) identified.Add(identity.Uuid);
        }

        return identified;
    }

    /// <summary>What <c>/metrics</c> says, by name and labels.</summary>
    public async Task<Dictionary<string, double>> ReadMetricsAsync()
    {
        string text = await Http.GetStringAsync(new Uri("metrics", UriKind.Relative));
        return text.Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .ToDictionary(line => line[..line.LastIndexOf(' ')], line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>How much memory it takes, in bytes.</summary>
    public async Task<double> ReadMemoryAsync() => (await ReadMetricsAsync())["process_resident_memory_bytes"];

    public async ValueTask DisposeAsync()
    {
        await HangUpAsync();
        Http.Dispose();
        await Program.DisposeAsync();
    }

    // The line that says ready is followed by one for each of the older formats.
    private async Task<Uri> ReadUrlAsync(string dialect)
    {
        string? line = await Program.ReadLineAsync();
        line.ShouldNotBeNull().ShouldStartWith($"      {dialect} ws://");
        return new Uri(line.Split(' ')[^1]);
    }

    private WireClient Track(WireClient client)
    {
        _clients.Add(client);
        return client;
    }
}
