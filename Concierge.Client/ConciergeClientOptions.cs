using System.Collections.Immutable;
using System.Net.Security;
using Concierge.Protocol;

namespace Concierge.Client;

/// <summary>Where a client connects, who it is and what it puts up with. Read once, by <c>ConnectAsync</c>.</summary>
public sealed class ConciergeClientOptions
{
    /// <summary>Where a concierge listens that was started on its defaults: <c>ws://127.0.0.1:64209/ws</c>.</summary>
    public static Uri DefaultUri { get; } = new("ws://127.0.0.1:64209/ws");

    /// <summary>The concierge's address, <c>ws://</c> or <c>wss://</c>. Files go over HTTP(S) to the same host and port.</summary>
    public Uri Uri { get; init; } = DefaultUri;

    /// <summary>The client's name: 1–64 letters, digits or <c>_</c>, unique among all clients.</summary>
    public required string Name { get; init; }

    /// <summary>A name for people, up to 128 characters, or null; see <see cref="ConciergeClient.SetNicknameAsync"/>.</summary>
    public string? Nickname { get; init; }

    /// <summary>The secret that the concierge was configured with, or null where it has none. Never logged.</summary>
    public string? Secret { get; init; }

    /// <summary>What the client says of itself: at most 32 tags of at most 64 characters.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>
    /// Whether the client hears of others: who joins and leaves, services that come and go, subscribers, members of rooms, nicknames. Default true; a
    /// client that only sends and receives messages saves itself and the concierge that work with false.
    /// </summary>
    public bool Presence { get; init; } = true;

    /// <summary>
    /// How long connecting, and each request, may take: more than zero, default 10 s. After it the call throws
    /// <see cref="TimeoutException"/>.
    /// </summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What happens when an established connection is lost. Default: reconnect, for as long as it takes.</summary>
    public ReconnectPolicy Reconnect { get; init; } = new();

    /// <summary>
    /// How often the client pings, and how long it waits for the pong: more than zero, default 10 s. A concierge that
    /// vanished without a word is noticed within twice this time. The concierge's own pings are answered in any case.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The largest message taken from the concierge, in bytes: more than zero, default 16 MiB. A larger one closes the
    /// connection with <see cref="CloseCode.TooBig"/>.
    /// </summary>
    public int MaxMessageSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// How many bytes of events may wait for handlers: at least <see cref="MaxMessageSize"/>, default 64 MiB. When
    /// handlers fall further behind, the client closes the connection with <see cref="CloseCode.SlowConsumer"/>.
    /// </summary>
    public long MaxQueuedEvents { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// How many requests may be on their way, sent or about to be, without an answer: more than zero, default 4096. The
    /// next one waits its turn.
    /// </summary>
    public int MaxInFlight { get; init; } = 4096;

    /// <summary>
    /// Decides whether a <c>wss://</c> server's certificate is trusted, for concierges with a certificate of their own
    /// making; null (the default) leaves that to the system. May be called from any thread.
    /// </summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }

    /// <summary>The clock behind time-outs and reconnects; another one than the system's is for tests.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The jitter of reconnects: at least 0, below 1. Not random in tests.</summary>
    internal Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Uri);
        if (!Uri.IsAbsoluteUri || Uri.Scheme is not ("ws" or "wss"))
            throw new ArgumentException($"'{Uri}' is no address of a concierge: expected ws://HOST:PORT/ws or wss://HOST:PORT/ws.", nameof(Uri));

        ArgumentException.ThrowIfNullOrEmpty(Name);
        if (Tags.IsDefault)
            throw new ArgumentException("Expected an empty list where there are no tags.", nameof(Tags));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RequestTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(KeepAlive, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMessageSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxQueuedEvents, MaxMessageSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxInFlight, 1);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentNullException.ThrowIfNull(Reconnect);
        Reconnect.Validate();
    }
}
