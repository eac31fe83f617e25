using System.Collections.Immutable;
using Concierge.Protocol;

namespace Concierge.Client;

/// <content>A connection after the other: made, kept, lost, and made again with all that the client had.</content>
public sealed partial class ConciergeClient
{
    /// <summary>The connection, for one request.</summary>
    /// <exception cref="ConciergeClosedException">There is none.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed of.</exception>
    private Link Connection
    {
        get
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            if (_link is { } link)
                return link;

            throw _end is { } end
                ? new ConciergeClosedException($"The client is closed: {end.Message}", end.Code, end)
                : new ConciergeClosedException($"The connection to {_options.Uri} is lost and being made again; nothing was sent. Try again after {nameof(Reconnected)}.");
        }
    }

    private async Task KeepAsync(Link link)
    {
        var backoff = new Backoff(_options.Reconnect, _options.Jitter);
        while (true)
        {
            var since = _options.TimeProvider.GetTimestamp();
            ConciergeClosedException reason;
            try
            {
                reason = await link.Ended.WaitAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                await link.CloseAsync().ConfigureAwait(false);
                return;
            }

            var retries = _options.Reconnect.Enabled && !reason.IsFinal;
            Lose(retries ? null : reason);
            _dispatcher.Add(new Disconnection(reason, retries));
            if (!retries)
                return;

            // A connection that is made and lost again at once is another failed attempt, not a reason to hurry.
            if (_options.TimeProvider.GetElapsedTime(since) > _options.Reconnect.MaxDelay)
                backoff.Reset();
            if (await ReconnectAsync(backoff).ConfigureAwait(false) is not { } next)
                return;

            link = next;
        }
    }

    /// <returns>The new connection; null where the client is at its end.</returns>
    private async Task<Link?> ReconnectAsync(Backoff backoff)
    {
        while (true)
        {
            try
            {
                await Task.Delay(backoff.Next(), _options.TimeProvider, _stopping.Token).ConfigureAwait(false);
                var link = await OpenAsync(_stopping.Token).ConfigureAwait(false);
                _dispatcher.Add(await RestoreAsync(link).ConfigureAwait(false));
                return link;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return null;
            }
            catch (ConciergeClosedException e) when (e.IsFinal)
            {
                Lose(e);
                _dispatcher.Add(new Disconnection(e, WillRetry: false));
                return null;
            }
            catch (Exception e)
            {
                Lose(null);
                _dispatcher.Add(new ClientFault(ClientFaultKind.Reconnect, e));
            }
        }
    }

    /// <summary>Connects and identifies; from then on requests go to the new link.</summary>
    private async Task<Link> OpenAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(_options.RequestTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var transport = await _dial(either.Token).ConfigureAwait(false);
            var link = await Link.OpenAsync(transport, _options, _registrations.Nickname, _dispatcher, either.Token).ConfigureAwait(false);
            Adopt(link);
            return link;
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{_options.Uri} did not take this client in within {_options.RequestTimeout}.", e);
        }
    }

    /// <summary>
    /// Makes what the client had: services first, as it may be subscribed to its own. What is given up meanwhile is asked about before each of them, and
    /// after: so it stays given up, whichever request was the first to be sent.
    /// </summary>
    private async Task<Reconnection> RestoreAsync(Link link)
    {
        var lostServices = ImmutableArray.CreateBuilder<string>();
        var lostSubscriptions = ImmutableArray.CreateBuilder<string>();
        var lostRooms = ImmutableArray.CreateBuilder<string>();
        try
        {
            foreach (var (service, nickname) in _registrations.Services)
            {
                if (!_registrations.HasService(service))
                    continue;

                var answer = await link.AskAsync<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate(service, nickname), _stopping.Token).ConfigureAwait(false);
                if (answer.Service.OwnerUuid != link.Hello.Uuid)
                {
                    _registrations.Lost(service);
                    lostServices.Add(service);
                }
                else if (!_registrations.HasService(service))
                {
                    await UndoAsync<ServerPayload.ServiceDeleteResult>(link, new ClientPayload.ServiceDelete(service)).ConfigureAwait(false);
                }
            }

            foreach (var service in _registrations.Subscriptions)
            {
                if (!_registrations.HasSubscription(service))
                    continue;

                // Before the attempt: the service may appear between its failure and our noting it.
                _registrations.Interrupted(service);
                if (!await TryResubscribeAsync(link, service).ConfigureAwait(false))
                    lostSubscriptions.Add(service);
                else if (!_registrations.HasSubscription(service))
                    await UndoAsync<ServerPayload.SelfUnsubscribeResult>(link, new ClientPayload.SelfUnsubscribe(service)).ConfigureAwait(false);
            }

            foreach (var room in _registrations.Rooms)
            {
                if (!_registrations.HasRoom(room))
                    continue;

                if (!await TryRejoinAsync(link, room).ConfigureAwait(false))
                    lostRooms.Add(room);
                else if (!_registrations.HasRoom(room))
                    await UndoAsync<ServerPayload.RoomLeaveResult>(link, new ClientPayload.RoomLeave(room)).ConfigureAwait(false);
            }
        }
        catch
        {
            link.Abort();
            await link.Ended.ConfigureAwait(false);
            throw;
        }

        return new Reconnection(link.Hello.Uuid, lostServices.ToImmutable(), lostSubscriptions.ToImmutable(), lostRooms.ToImmutable());
    }

    private async Task<bool> TryResubscribeAsync(Link link, string service)
    {
        try
        {
            await link.AskAsync<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe(service), _stopping.Token).ConfigureAwait(false);
            _registrations.Resubscribed(service);
            return true;
        }
        catch (RequestRefusedException e) when (e.Reason == RefusalReason.UnknownService)
        {
            return false;
        }
    }

    private async Task<bool> TryRejoinAsync(Link link, string room)
    {
        try
        {
            await link.AskAsync<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin(room), _stopping.Token).ConfigureAwait(false);
            return true;
        }
        catch (RequestRefusedException)
        {
            // By a concierge with lower limits than before, or an older one. It would refuse the next time too.
            _registrations.Left(room);
            return false;
        }
    }

    private async Task UndoAsync<TAnswer>(Link link, ClientPayload request)
        where TAnswer : ServerPayload
    {
        try
        {
            await link.AskAsync<TAnswer>(request, _stopping.Token).ConfigureAwait(false);
        }
        catch (RequestRefusedException)
        {
            // Who gave it up was the later of the two after all: it is gone.
        }
    }

    private void Adopt(Link link)
    {
        lock (_gate)
        {
            _hello = link.Hello;
            _link = link;
        }
    }

    private void Lose(ConciergeClosedException? end)
    {
        lock (_gate)
        {
            _link = null;
            _end = end;
        }

        if (end is null)
            return;

        _completion.TrySetException(end);
        _ = _completion.Task.Exception; // Seen: nobody is obliged to wait for it.
    }
}
