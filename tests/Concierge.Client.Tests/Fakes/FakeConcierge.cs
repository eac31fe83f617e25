using System.Threading.Channels;

namespace Concierge.Client.Tests;

/// <summary>A concierge without a network: the test plays its part.</summary>
internal sealed class FakeConcierge
{
    private readonly Channel<FakeConnection> _connections = Channel.CreateUnbounded<FakeConnection>();

    public ManualTimeProvider Clock { get; } = new();

    /// <summary>Options under which every reconnect waits for a second, and all else that waits waits longer.</summary>
    public ConciergeClientOptions Options => new()
    {
        Name = "alice",
        TimeProvider = Clock,
        Jitter = () => 1,
        Reconnect = new ReconnectPolicy { InitialDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(1) },
    };

    public ValueTask<ITransport> DialAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = new FakeConnection();
        _connections.Writer.TryWrite(connection);
        return new ValueTask<ITransport>(connection);
    }

    public Task<ConciergeClient> BeginConnectAsync(
        ConciergeClientOptions? options = null, Action<ConciergeClient>? attach = null, CancellationToken cancellationToken = default) =>
        ConciergeClient.ConnectAsync(options ?? Options, DialAsync, attach ?? (_ => { }), cancellationToken);

    /// <summary>Waits for a client's next connection.</summary>
    public Task<FakeConnection> AcceptAsync() => _connections.Reader.ReadAsync().InTime();

    public async Task<(ConciergeClient Client, FakeConnection Connection)> ConnectAsync(
        ConciergeClientOptions? options = null, Action<ConciergeClient>? attach = null)
    {
        var connecting = BeginConnectAsync(options, attach);
        var connection = await AcceptAsync();
        await connection.WelcomeAsync();
        return (await connecting.InTime(), connection);
    }

    /// <summary>Lets the wait before a reconnect pass, and takes the client in.</summary>
    public async Task<FakeConnection> ReconnectAsync()
    {
        await LetRetryAsync();
        var connection = await AcceptAsync();
        await connection.WelcomeAsync();
        return connection;
    }

    public async Task LetRetryAsync()
    {
        await Clock.TimerAsync(TimeSpan.FromSeconds(1));
        Clock.Advance(TimeSpan.FromSeconds(1));
    }
}
