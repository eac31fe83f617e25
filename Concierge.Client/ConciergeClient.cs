using Concierge.Protocol;

namespace Concierge.Client;

/// <summary>
/// A client of the concierge: connected, identified, and kept so. It sends messages, asks, and tells by events what
/// happens; <see cref="ServiceHost"/> makes a service of it.
/// </summary>
/// <remarks>
/// <para>
/// <b>Threads.</b> All members may be used from any thread at any time. Requests are pipelined: many may be under way, and
/// they reach the concierge in the order in which the calls were made.
/// </para>
/// <para>
/// <b>Events.</b> Handlers run on threads of the pool, one at a time, in the order in which things happened; the next event
/// waits until the handlers of the one before have completed. Answers do not wait: a handler may send and ask as it likes,
/// and what a call returns may be known before the handler of an earlier event has run. Events wait in memory, up to
/// <see cref="ConciergeClientOptions.MaxQueuedEvents"/>; a client that falls further behind is disconnected. What a handler
/// throws goes to <see cref="Faulted"/>.
/// </para>
/// <para>
/// <b>Lost connections.</b> While there is none, every call fails at once with <see cref="ConciergeClosedException"/>; what
/// was under way fails with it too, and nothing is ever sent again by itself, as it may have arrived. Meanwhile the client
/// reconnects as its <see cref="ReconnectPolicy"/> says, identifies itself by its present nickname, creates the services
/// again that it had created, makes its subscriptions again and joins its rooms again; then <see cref="Reconnected"/> tells. It has another <see cref="Uuid"/> from then on,
/// its services start without subscribers, and its files are gone. A secret, name or version that the concierge refuses
/// ends the client; a name that is taken does not, as the concierge may not have noticed yet that the old connection broke.
/// </para>
/// <para>
/// A subscription is kept until <see cref="UnsubscribeAsync"/>: it is also made again when its service is deleted and later
/// created anew, as happens when its owner restarts.
/// </para>
/// </remarks>
public sealed partial class ConciergeClient : IAsyncDisposable
{
    private readonly ConciergeClientOptions _options;
    private readonly Dial _dial;
    private readonly Dispatcher _dispatcher;
    private readonly Registrations _registrations;
    private readonly HttpMessageInvoker _http;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private volatile Link? _link;
    private volatile ServerPayload.Hello _hello = null!; // ConnectAsync gives nobody a client without it.
    private volatile ConciergeClosedException? _end;
    private Task _keeping = Task.CompletedTask;
    private Task _dispatching = Task.CompletedTask;
    private Task? _stopped;

    private ConciergeClient(ConciergeClientOptions options, Dial? dial)
    {
        options.Validate();
        _options = options;
        _registrations = new Registrations(options.Nickname);
        _http = FileStore.CreateHttp(options);
        _dial = dial ?? (cancellationToken => WebSocketTransport.DialAsync(options, _http, cancellationToken));
        _dispatcher = new Dispatcher(RaiseAsync, options.MaxQueuedEvents);
        Files = new FileStore(options, _http, () => _hello);
    }

    /// <summary>The client's uuid: another one after every reconnect.</summary>
    public Guid Uuid => _hello.Uuid;

    /// <summary>The client's name.</summary>
    public string Name => _options.Name;

    /// <summary>The version of the protocol that the concierge speaks, such as <c>0.2.0</c>.</summary>
    public string ServerVersion => _hello.Version;

    /// <summary>Whether there is a connection at this moment; by the time it is looked at it may be different.</summary>
    public ConnectionState State =>
        _end is not null || _stopping.IsCancellationRequested ? ConnectionState.Closed
        : _link is null ? ConnectionState.Reconnecting
        : ConnectionState.Connected;

    /// <summary>
    /// Completes when the client is at its end: after <see cref="DisposeAsync"/>, or, failed with
    /// <see cref="ConciergeClosedException"/>, when the connection is lost and not made again.
    /// </summary>
    public Task Completion => _completion.Task;

    /// <summary>The files that clients put at the concierge.</summary>
    public FileStore Files { get; }

    /// <summary>The clock behind all that waits.</summary>
    internal TimeProvider TimeProvider => _options.TimeProvider;

    /// <summary>How long an answer may take.</summary>
    internal TimeSpan RequestTimeout => _options.RequestTimeout;

    /// <summary>Connects and identifies a client.</summary>
    /// <param name="options">Where to, and as whom.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The client, which the caller disposes of.</returns>
    /// <exception cref="ConciergeClosedException">Nobody listens there, or the concierge refuses this client: see its code.</exception>
    /// <exception cref="TimeoutException">Not done within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Task<ConciergeClient> ConnectAsync(ConciergeClientOptions options, CancellationToken cancellationToken = default) =>
        ConnectAsync(options, static _ => { }, cancellationToken);

    /// <summary>Connects and identifies a client whose event handlers miss nothing.</summary>
    /// <param name="options">Where to, and as whom.</param>
    /// <param name="attach">
    /// Called with the new client before it connects, to attach handlers to it; nothing else may be done with it then.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The client, which the caller disposes of.</returns>
    /// <exception cref="ConciergeClosedException">Nobody listens there, or the concierge refuses this client: see its code.</exception>
    /// <exception cref="TimeoutException">Not done within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Task<ConciergeClient> ConnectAsync(
        ConciergeClientOptions options, Action<ConciergeClient> attach, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(attach);
        return ConnectAsync(options, dial: null, attach, cancellationToken);
    }

    /// <summary>
    /// Sends what was posted, closes the connection and waits until the handlers have dealt with what came before, unless it
    /// is a handler that calls this. The client's services end with it, its subscriptions and files, and it leaves its rooms. A concierge that does not
    /// answer is waited for no longer than 2 s.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _stopped ??= Task.Run(StopAsync);
        await _stopped.ConfigureAwait(false);
        if (!_dispatcher.IsHandler)
            await _dispatching.ConfigureAwait(false);
    }

    internal static async Task<ConciergeClient> ConnectAsync(
        ConciergeClientOptions options, Dial? dial, Action<ConciergeClient> attach, CancellationToken cancellationToken)
    {
        var client = new ConciergeClient(options, dial);
        try
        {
            attach(client);
            var link = await client.OpenAsync(cancellationToken).ConfigureAwait(false);
            client._dispatching = Task.Run(client._dispatcher.RunAsync, CancellationToken.None);
            client._keeping = Task.Run(() => client.KeepAsync(link), CancellationToken.None);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(false);
        _dispatcher.Complete();
        _http.Dispose();
        _completion.TrySetResult();
    }
}

/// <summary>How a client stands with the concierge.</summary>
public enum ConnectionState
{
    /// <summary>Connected and identified.</summary>
    Connected,

    /// <summary>The connection is lost and is being made again.</summary>
    Reconnecting,

    /// <summary>Disposed of, or lost for good.</summary>
    Closed,
}
