using System.Text.Json.Serialization.Metadata;
using Concierge.Protocol;

namespace Concierge.Client;

/// <summary>
/// A service, hosted by a client: derive from it, say what happens when somebody subscribes, leaves or says something, and
/// <see cref="StartAsync"/> it. It survives reconnects.
/// </summary>
/// <remarks>
/// The <c>On…</c> methods are called as event handlers of the client are: one at a time, in order, apart from the
/// caller's thread; what they throw goes to <see cref="ConciergeClient.Faulted"/>. After a reconnect the service stands
/// again, but without subscribers: those that come back are announced by <see cref="OnSubscribedAsync"/> like any other.
/// </remarks>
/// <param name="client">The client that owns the service; with <see cref="ConciergeClientOptions.Presence"/>, or nobody tells of subscribers. Not disposed of.</param>
/// <param name="name">The service's name: 1–128 letters, digits or any of <c>_ - . / :</c>, unique among all services.</param>
/// <param name="nickname">A name for people, up to 128 characters, or null.</param>
public abstract class ServiceHost(ConciergeClient client, string name, string? nickname = null) : IAsyncDisposable
{
    /// <summary>Who was announced and has not left. Only handlers use it, and they run one at a time.</summary>
    private readonly HashSet<Guid> _subscribers = [];

    private bool _isAttached;

    /// <summary>The service's name.</summary>
    public string Name => name;

    /// <summary>The client that owns the service.</summary>
    public ConciergeClient Client => client;

    /// <summary>Creates the service and subscribes its owner to it, which is how it hears of subscribers. Once; not from several threads.</summary>
    /// <param name="cancellationToken">Gives up; the service may stand for a moment then.</param>
    /// <exception cref="ConciergeException">Another client owns a service of that name.</exception>
    /// <exception cref="RequestRefusedException">The name or nickname breaks the rules.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost on the way.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        Attach();
        try
        {
            var (created, service) = await client.CreateServiceAsync(name, nickname, cancellationToken).ConfigureAwait(false);
            if (!created)
                throw new ConciergeException($"There is a service named '{name}' already, of the client {service.OwnerUuid}: choose another name, or end that one.");

            await client.SubscribeAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Detach();
            throw;
        }
    }

    /// <summary>Sends a message to all subscribers, and waits until the concierge has passed it on.</summary>
    /// <param name="data">One JSON value; see <see cref="Json"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the message may have been sent.</param>
    /// <exception cref="RequestRefusedException">The service is not there, or not this client's any more.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the concierge confirmed.</exception>
    /// <exception cref="TimeoutException">Not confirmed within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public Task BroadcastAsync(RawJson data, CancellationToken cancellationToken = default) =>
        client.SendAsync(new Target.ToService(name), data, cancellationToken);

    /// <inheritdoc cref="BroadcastAsync(RawJson, CancellationToken)"/>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">What to say.</param>
    /// <param name="type">How that is written as JSON.</param>
    /// <param name="cancellationToken">Stops waiting; the message may have been sent.</param>
    public Task BroadcastAsync<T>(T value, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        client.SendAsync(new Target.ToService(name), value, type, cancellationToken);

    /// <summary>Sends a message to one client, subscribed or not, and waits until the concierge has passed it on.</summary>
    /// <param name="uuid">The client's uuid.</param>
    /// <param name="data">One JSON value; see <see cref="Json"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the message may have been sent.</param>
    /// <exception cref="RequestRefusedException">The client has left, or the service is not this client's any more.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the concierge confirmed.</exception>
    /// <exception cref="TimeoutException">Not confirmed within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public Task SendToAsync(Guid uuid, RawJson data, CancellationToken cancellationToken = default) =>
        client.SendAsync(new Target.ToServiceClient(name, uuid), data, cancellationToken);

    /// <inheritdoc cref="SendToAsync(Guid, RawJson, CancellationToken)"/>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="uuid">The client's uuid.</param>
    /// <param name="value">What to say.</param>
    /// <param name="type">How that is written as JSON.</param>
    /// <param name="cancellationToken">Stops waiting; the message may have been sent.</param>
    public Task SendToAsync<T>(Guid uuid, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        client.SendAsync(new Target.ToServiceClient(name, uuid), value, type, cancellationToken);

    /// <summary>Deletes the service, where there is a connection; nothing more is called afterwards, but for what is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Detach())
        {
            try
            {
                await client.DeleteServiceAsync(name).ConfigureAwait(false);
            }
            catch (Exception e) when (e is ConciergeException or TimeoutException or ObjectDisposedException)
            {
                // Without its owner's connection the service is gone anyway.
            }
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A client subscribed.</summary>
    /// <param name="subscriber">Who.</param>
    /// <param name="cancellationToken">Cancelled when the client is disposed of.</param>
    protected virtual ValueTask OnSubscribedAsync(ClientInfo subscriber, CancellationToken cancellationToken) => default;

    /// <summary>A subscriber ended its subscription, or left.</summary>
    /// <param name="subscriber">Who.</param>
    /// <param name="cancellationToken">Cancelled when the client is disposed of.</param>
    protected virtual ValueTask OnUnsubscribedAsync(ClientInfo subscriber, CancellationToken cancellationToken) => default;

    /// <summary>A subscriber said something to the service.</summary>
    /// <param name="origin">Who.</param>
    /// <param name="data">What: any JSON value, so expect what you do not expect.</param>
    /// <param name="cancellationToken">Cancelled when the client is disposed of.</param>
    protected virtual ValueTask OnMessageAsync(Origin origin, RawJson data, CancellationToken cancellationToken) => default;

    private void Attach()
    {
        if (_isAttached)
            throw new InvalidOperationException($"The service '{name}' was started before.");

        _isAttached = true;
        client.Disconnected += WhenDisconnected;
        client.SubscriberJoined += WhenSubscriberJoined;
        client.SubscriberLeft += WhenSubscriberLeft;
        client.MessageReceived += WhenMessageReceived;
    }

    private bool Detach()
    {
        client.Disconnected -= WhenDisconnected;
        client.SubscriberJoined -= WhenSubscriberJoined;
        client.SubscriberLeft -= WhenSubscriberLeft;
        client.MessageReceived -= WhenMessageReceived;
        var wasAttached = _isAttached;
        _isAttached = false;
        return wasAttached;
    }

    private ValueTask WhenSubscriberJoined(SubscriberChange change, CancellationToken cancellationToken)
    {
        if (change.Service.Name != name)
            return default;

        return change.Client.Uuid == change.Service.OwnerUuid
            ? CatchUpAsync(cancellationToken)
            : AnnounceAsync(change.Client, cancellationToken);
    }

    /// <summary>
    /// Announces those who subscribed between the service's creation and its owner's own subscription, of whom nobody was
    /// told. It runs as the owner's subscription is told, so whoever comes or leaves from then on is told after it.
    /// </summary>
    private async ValueTask CatchUpAsync(CancellationToken cancellationToken)
    {
        var service = await client.FetchServiceAsync(name, cancellationToken).ConfigureAwait(false);
        var missed = service.Subscribers.Where(uuid => uuid != service.OwnerUuid && !_subscribers.Contains(uuid)).ToHashSet();
        if (missed.Count == 0)
            return;

        foreach (var subscriber in await client.FetchClientsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (missed.Contains(subscriber.Uuid))
                await AnnounceAsync(subscriber, cancellationToken).ConfigureAwait(false);
        }
    }

    private ValueTask AnnounceAsync(ClientInfo subscriber, CancellationToken cancellationToken) =>
        _subscribers.Add(subscriber.Uuid) ? OnSubscribedAsync(subscriber, cancellationToken) : default;

    private ValueTask WhenSubscriberLeft(SubscriberChange change, CancellationToken cancellationToken) =>
        change.Service.Name == name && _subscribers.Remove(change.Client.Uuid)
            ? OnUnsubscribedAsync(change.Client, cancellationToken)
            : default;

    private ValueTask WhenDisconnected(Disconnection disconnection, CancellationToken cancellationToken)
    {
        _subscribers.Clear();
        return default;
    }

    private ValueTask WhenMessageReceived(IncomingMessage message, CancellationToken cancellationToken) =>
        message.Target is Target.ToService target && target.Service == name
            ? OnMessageAsync(message.Origin, message.Data, cancellationToken)
            : default;
}
