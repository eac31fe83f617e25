using Concierge.Protocol;

namespace Concierge.Client;

/// <content>What the client tells, and how it reaches the handlers.</content>
public sealed partial class ConciergeClient
{
    /// <summary>A message came in: to this client, to a service of its or that it is subscribed to, to a room that it is in, or to everyone.</summary>
    public event ConciergeHandler<IncomingMessage>? MessageReceived;

    /// <summary>Another client was identified.</summary>
    public event ConciergeHandler<ClientInfo>? ClientJoined;

    /// <summary>Another client left.</summary>
    public event ConciergeHandler<ClientInfo>? ClientLeft;

    /// <summary>A service was created, by this client or another. Without the list of its subscribers.</summary>
    public event ConciergeHandler<ServiceInfo>? ServiceCreated;

    /// <summary>A service was deleted, by this client or another, or because its owner left. Without the list of its subscribers.</summary>
    public event ConciergeHandler<ServiceInfo>? ServiceDeleted;

    /// <summary>A client, this one included, subscribed to a service that this client is subscribed to.</summary>
    public event ConciergeHandler<SubscriberChange>? SubscriberJoined;

    /// <summary>Another client ended, or lost, its subscription to a service that this client is subscribed to.</summary>
    public event ConciergeHandler<SubscriberChange>? SubscriberLeft;

    /// <summary>Another client joined a room that this client is in.</summary>
    public event ConciergeHandler<RoomMemberChange>? RoomMemberJoined;

    /// <summary>Another client left a room that this client is in, or left the concierge.</summary>
    public event ConciergeHandler<RoomMemberChange>? RoomMemberLeft;

    /// <summary>A client, this one included, has another nickname. As it is now.</summary>
    public event ConciergeHandler<ClientInfo>? ClientUpdated;

    /// <summary>The connection is lost; what it brought before has been told by now.</summary>
    public event ConciergeHandler<Disconnection>? Disconnected;

    /// <summary>
    /// The connection, the services, the subscriptions and the rooms stand again. Messages and events that the new connection brought
    /// in the meantime may have been told before this.
    /// </summary>
    public event ConciergeHandler<Reconnection>? Reconnected;

    /// <summary>
    /// Something failed that no call is waiting for: for the log. A failing handler of this event itself is ignored.
    /// </summary>
    public event ConciergeHandler<ClientFault>? Faulted;

    private async ValueTask RaiseAsync(object occurrence)
    {
        switch (occurrence)
        {
            case ServerPayload.Message it:
                await RaiseAsync(MessageReceived, new IncomingMessage(it.Origin, it.Target, it.Data)).ConfigureAwait(false);
                break;
            case ServerPayload.ClientJoined it:
                await RaiseAsync(ClientJoined, it.Client).ConfigureAwait(false);
                break;
            case ServerPayload.ClientLeft it:
                await RaiseAsync(ClientLeft, it.Client).ConfigureAwait(false);
                break;
            case ServerPayload.ServiceCreateResult it:
                await ResubscribeAsync(it.Service).ConfigureAwait(false);
                await RaiseAsync(ServiceCreated, it.Service).ConfigureAwait(false);
                break;
            case ServerPayload.ServiceDeleteResult it:
                _registrations.Interrupted(it.Service.Name);
                await RaiseAsync(ServiceDeleted, it.Service).ConfigureAwait(false);
                break;
            case ServerPayload.ServiceClientSubscribed it:
                await RaiseAsync(SubscriberJoined, new SubscriberChange(it.Client, it.Service)).ConfigureAwait(false);
                break;
            case ServerPayload.ServiceClientUnsubscribed it:
                await RaiseAsync(SubscriberLeft, new SubscriberChange(it.Client, it.Service)).ConfigureAwait(false);
                break;
            case ServerPayload.RoomClientJoined it:
                await RaiseAsync(RoomMemberJoined, new RoomMemberChange(it.Client, it.Room)).ConfigureAwait(false);
                break;
            case ServerPayload.RoomClientLeft it:
                await RaiseAsync(RoomMemberLeft, new RoomMemberChange(it.Client, it.Room)).ConfigureAwait(false);
                break;
            case ServerPayload.ClientUpdated it:
                await RaiseAsync(ClientUpdated, it.Client).ConfigureAwait(false);
                break;
            case ServerPayload.ErrorProtocol it:
                await RaiseAsync(Faulted, new ClientFault(ClientFaultKind.Frame, new ConciergeException(it.Desc))).ConfigureAwait(false);
                break;
            case Disconnection it:
                await RaiseAsync(Disconnected, it).ConfigureAwait(false);
                break;
            case Reconnection it:
                await RaiseAsync(Reconnected, it).ConfigureAwait(false);
                break;
            case ClientFault it:
                await RaiseAsync(Faulted, it).ConfigureAwait(false);
                break;
        }
    }

    private async ValueTask RaiseAsync<T>(ConciergeHandler<T>? handlers, T occurrence)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                await handler(occurrence, _stopping.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                // It was asked to stop, and did.
            }
            catch (Exception e) when (occurrence is not ClientFault)
            {
                await RaiseAsync(Faulted, new ClientFault(ClientFaultKind.Handler, e)).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // There is nobody left to tell.
            }
        }
    }

    /// <summary>Subscribes again to a service that was gone and is back.</summary>
    private async ValueTask ResubscribeAsync(ServiceInfo service)
    {
        if (!_registrations.AwaitsSubscription(service.Name) || _link is not { } link)
            return;

        try
        {
            await TryResubscribeAsync(link, service.Name).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client is being disposed of.
        }
        catch (Exception e)
        {
            await RaiseAsync(Faulted, new ClientFault(ClientFaultKind.Reconnect, e)).ConfigureAwait(false);
        }
    }
}
