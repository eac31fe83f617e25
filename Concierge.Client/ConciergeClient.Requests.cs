using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Concierge.Protocol;

namespace Concierge.Client;

/// <content>What the client may say and ask. Every call takes one frame there and one back.</content>
public sealed partial class ConciergeClient
{
    /// <summary>Sends a message, and waits until the concierge has passed it on.</summary>
    /// <remarks>Messages to the same receiver arrive in the order in which the calls were made, whatever their targets.</remarks>
    /// <param name="target">Whom it is for; <see cref="Target.Everyone"/> includes this client.</param>
    /// <param name="data">One JSON value, passed on byte for byte; see <see cref="Json"/>. It is copied before this returns.</param>
    /// <param name="cancellationToken">Stops waiting; the message may have been sent.</param>
    /// <exception cref="RequestRefusedException">There is no such receiver, or the client may not reach it: see its reason.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the concierge confirmed.</exception>
    /// <exception cref="TimeoutException">Not confirmed within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    /// <exception cref="ArgumentException">The data is not one JSON value.</exception>
    public async Task SendAsync(Target target, RawJson data, CancellationToken cancellationToken = default)
    {
        Json.Check(data);
        await Connection.AskAsync<ServerPayload.Ok>(Message(target, data), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a value as a message, and waits until the concierge has passed it on.</summary>
    /// <remarks>Messages to the same receiver arrive in the order in which the calls were made, whatever their targets.</remarks>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="target">Whom it is for; <see cref="Target.Everyone"/> includes this client.</param>
    /// <param name="value">What it says.</param>
    /// <param name="type">How that is written as JSON.</param>
    /// <param name="cancellationToken">Stops waiting; the message may have been sent.</param>
    /// <exception cref="RequestRefusedException">There is no such receiver, or the client may not reach it: see its reason.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the concierge confirmed.</exception>
    /// <exception cref="TimeoutException">Not confirmed within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async Task SendAsync<T>(Target target, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        await Connection.AskAsync<ServerPayload.Ok>(Message(target, Json.Of(value, type)), cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Sends a message without waiting for the concierge: for many in a row. A refusal becomes <see cref="Faulted"/>; of
    /// what was posted but not confirmed when a connection was lost, nobody can say whether it arrived.
    /// </summary>
    /// <param name="target">Whom it is for; <see cref="Target.Everyone"/> includes this client.</param>
    /// <param name="data">One JSON value, passed on byte for byte; see <see cref="Json"/>. It is copied before this returns.</param>
    /// <param name="cancellationToken">Stops waiting for its turn; the message is not sent then.</param>
    /// <returns>Completes when it is queued: at once, unless <see cref="ConciergeClientOptions.MaxInFlight"/> requests are on their way.</returns>
    /// <exception cref="ConciergeClosedException">There is no connection.</exception>
    /// <exception cref="TimeoutException">Its turn did not come within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    /// <exception cref="ArgumentException">The data is not one JSON value.</exception>
    public async ValueTask PostAsync(Target target, RawJson data, CancellationToken cancellationToken = default)
    {
        Json.Check(data);
        await Connection.PostAsync(Message(target, data), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a value as a message without waiting for the concierge; see the other overload.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="target">Whom it is for; <see cref="Target.Everyone"/> includes this client.</param>
    /// <param name="value">What it says.</param>
    /// <param name="type">How that is written as JSON.</param>
    /// <param name="cancellationToken">Stops waiting for its turn; the message is not sent then.</param>
    /// <returns>Completes when it is queued: at once, unless <see cref="ConciergeClientOptions.MaxInFlight"/> requests are on their way.</returns>
    /// <exception cref="ConciergeClosedException">There is no connection.</exception>
    /// <exception cref="TimeoutException">Its turn did not come within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async ValueTask PostAsync<T>(Target target, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        await Connection.PostAsync(Message(target, Json.Of(value, type)), cancellationToken).ConfigureAwait(false);

    /// <summary>Subscribes to a service: its owner's broadcasts come in from then on, until <see cref="UnsubscribeAsync"/>.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="cancellationToken">Stops waiting; the client may be subscribed.</param>
    /// <returns>Whether that changed anything, and the service as it is now, with up to 256 of its subscribers.</returns>
    /// <exception cref="RequestRefusedException">There is no such service.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async Task<ServiceOutcome> SubscribeAsync(string service, CancellationToken cancellationToken = default)
    {
        var answer = await Connection.AskAsync<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe(service), cancellationToken).ConfigureAwait(false);
        _registrations.Subscribed(service);
        return new ServiceOutcome(answer.Successful, answer.Service);
    }

    /// <summary>Ends a subscription. Also where this fails, it is not made again after a reconnect.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="cancellationToken">Stops waiting; the subscription may have ended.</param>
    /// <returns>Whether that changed anything, and the service as it is now, with up to 256 of its subscribers.</returns>
    /// <exception cref="RequestRefusedException">There is no such service.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async Task<ServiceOutcome> UnsubscribeAsync(string service, CancellationToken cancellationToken = default)
    {
        _registrations.Unsubscribed(service);
        var answer = await Connection.AskAsync<ServerPayload.SelfUnsubscribeResult>(new ClientPayload.SelfUnsubscribe(service), cancellationToken).ConfigureAwait(false);
        return new ServiceOutcome(answer.Successful, answer.Service);
    }

    /// <summary>Creates a service that this client owns; see <see cref="ServiceHost"/> for an easier way.</summary>
    /// <param name="service">Its name: 1–128 letters, digits or any of <c>_ - . / :</c>, unique among all services.</param>
    /// <param name="nickname">A name for people, up to 128 characters, or null.</param>
    /// <param name="cancellationToken">Stops waiting; the service may have been created.</param>
    /// <returns>
    /// The service as it is now, and whether it was created: where not, it exists, and
    /// <see cref="ServiceInfo.OwnerUuid"/> says whose it is.
    /// </returns>
    /// <exception cref="RequestRefusedException">The name or nickname breaks the rules.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async Task<ServiceOutcome> CreateServiceAsync(string service, string? nickname = null, CancellationToken cancellationToken = default)
    {
        var link = Connection;
        var answer = await link.AskAsync<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate(service, nickname), cancellationToken).ConfigureAwait(false);
        if (answer.Service.OwnerUuid == link.Hello.Uuid)
            _registrations.Created(service, answer.Service.Nickname);
        return new ServiceOutcome(answer.Successful, answer.Service);
    }

    /// <summary>
    /// Deletes a service of this client's, and all subscriptions to it. Also where this fails, it is not created again after
    /// a reconnect.
    /// </summary>
    /// <param name="service">The service's name.</param>
    /// <param name="cancellationToken">Stops waiting; the service may have been deleted.</param>
    /// <returns>The service as it was.</returns>
    /// <exception cref="RequestRefusedException">There is no such service, or it is another client's.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async Task<ServiceInfo> DeleteServiceAsync(string service, CancellationToken cancellationToken = default)
    {
        _registrations.Deleted(service);
        var answer = await Connection.AskAsync<ServerPayload.ServiceDeleteResult>(new ClientPayload.ServiceDelete(service), cancellationToken).ConfigureAwait(false);
        return answer.Service;
    }

    /// <summary>
    /// Changes the name for people that this client gave, or did not give, when it connected. It is kept after a reconnect.
    /// </summary>
    /// <param name="nickname">Up to 128 characters; null or empty for none.</param>
    /// <param name="cancellationToken">Stops waiting; the nickname may have been changed.</param>
    /// <exception cref="RequestRefusedException">The nickname is too long, or the concierge too old.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async Task SetNicknameAsync(string? nickname, CancellationToken cancellationToken = default)
    {
        var attempt = _registrations.Renaming();
        await Connection.AskAsync<ServerPayload.Ok>(new ClientPayload.SelfSetNickname(nickname), cancellationToken).ConfigureAwait(false);
        _registrations.Renamed(nickname, attempt);
    }

    /// <summary>Asks for this client's own information and subscriptions.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async Task<ClientDetails> FetchSelfAsync(CancellationToken cancellationToken = default)
    {
        var answer = await Connection.AskAsync<ServerPayload.SelfFetchResult>(new ClientPayload.SelfFetch(), cancellationToken).ConfigureAwait(false);
        return new ClientDetails(answer.Client, answer.Subscriptions);
    }

    /// <summary>Asks for a client's information and subscriptions.</summary>
    /// <param name="uuid">The client's uuid.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="RequestRefusedException">There is no such client.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async Task<ClientDetails> FetchClientAsync(Guid uuid, CancellationToken cancellationToken = default)
    {
        var answer = await Connection.AskAsync<ServerPayload.ClientFetchResult>(new ClientPayload.ClientFetch(uuid), cancellationToken).ConfigureAwait(false);
        return new ClientDetails(answer.Client, answer.Subscriptions);
    }

    /// <summary>Asks for all clients, this one included.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async Task<ImmutableArray<ClientInfo>> FetchClientsAsync(CancellationToken cancellationToken = default)
    {
        var answer = await Connection.AskAsync<ServerPayload.ClientFetchAllResult>(new ClientPayload.ClientFetchAll(), cancellationToken).ConfigureAwait(false);
        return answer.Clients;
    }

    /// <summary>Asks for a service and all its subscribers.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="RequestRefusedException">There is no such service.</exception>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async Task<ServiceInfo> FetchServiceAsync(string service, CancellationToken cancellationToken = default)
    {
        var answer = await Connection.AskAsync<ServerPayload.ServiceFetchResult>(new ClientPayload.ServiceFetch(service), cancellationToken).ConfigureAwait(false);
        return answer.Service;
    }

    /// <summary>Asks for all services and all their subscribers.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ConciergeClosedException">There is no connection, or it was lost before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ConciergeClientOptions.RequestTimeout"/>.</exception>
    public async Task<ImmutableArray<ServiceInfo>> FetchServicesAsync(CancellationToken cancellationToken = default)
    {
        var answer = await Connection.AskAsync<ServerPayload.ServiceFetchAllResult>(new ClientPayload.ServiceFetchAll(), cancellationToken).ConfigureAwait(false);
        return answer.Services;
    }

    private static ClientPayload.Message Message(Target target, RawJson data)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new ClientPayload.Message(target, data);
    }
}

/// <summary>What became of a request about a service.</summary>
/// <param name="Changed">False where everything was as asked for already.</param>
/// <param name="Service">The service as it is now.</param>
public sealed record ServiceOutcome(bool Changed, ServiceInfo Service);

/// <summary>A client, and what it is subscribed to.</summary>
/// <param name="Client">The client.</param>
/// <param name="Subscriptions">The services, with their subscribers.</param>
public sealed record ClientDetails(ClientInfo Client, ImmutableArray<ServiceInfo> Subscriptions);
