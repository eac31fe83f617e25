using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Event;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Actors.Rooms;
using Concierge.Actors.Services;
using Concierge.Protocol;

namespace Concierge.Actors.Sessions;

// What an identified client asks for, and how it is answered (protocol, section "From the client").
internal sealed partial class ProtocolSessionActor
{
    /// <summary>A uuid in a list: 36 characters, quotes and a comma.</summary>
    private const int UuidBytes = 39;

    private SequenceCounter _counter;
    private long _seq;

    private void OnRequest(ReadOnlyMemory<byte> text)
    {
        _seq = _counter.Count();
        try
        {
            ServerPayload? answer;
            if (ClientPayloadReader.TryRead(text, out ClientPayload? payload, out ReadError? error)) answer = Handle(payload);
            else if (error.Kind == ReadErrorKind.UnknownType) answer = new ServerPayload.ErrorUnsupported();
            else answer = new ServerPayload.ErrorProtocol(error.Description);
            if (answer is not null) Reply(answer with { Seq = _seq });
        }
        catch (Exception fault)
        {
            OnFault(fault);
        }
    }

    // One frame must not cost the client its session; what went wrong is for the operator's eyes.
    private protected override void OnFault(Exception fault)
    {
        Log.Error(fault, "A frame of client {0} failed", Client.Info.Uuid);
        ReplyFailed(Outcome.Failed);
    }

    // The answer, or null where it comes later or has been written already.
    private ServerPayload? Handle(ClientPayload payload)
    {
        DirectoryView view = Shared.View;
        switch (payload)
        {
            case ClientPayload.Message(var target, var data):
                if (Pass(target, data.Utf8.Span) is { } refusal) return refusal;
                return new ServerPayload.Ok();

            case ClientPayload.SelfSubscribe(var name):
                if (!view.TryGetService(name, out ServiceEntry? service)) return new ServerPayload.InvalidService(name);
                if (Client.Subscriptions.Count >= Shared.Settings.SubscriptionsPerClient && !service.Subscribers.Contains(Client)) return new ServerPayload.Bad();
                AskService(new ServiceActor.Subscribe(service, Client));
                return null;

            case ClientPayload.SelfUnsubscribe(var name):
                if (!view.TryGetService(name, out ServiceEntry? subscribed)) return new ServerPayload.InvalidService(name);
                AskService(new ServiceActor.Unsubscribe(subscribed, Client));
                return null;

            case ClientPayload.SelfFetch:
                return Listing(Client.Subscriptions, services => new ServerPayload.SelfFetchResult(Client.Info, services));

            case ClientPayload.SelfSetSeq(var seq):
                _counter.Set(seq);
                _seq = seq;
                return new ServerPayload.Ok();

            case ClientPayload.ServiceCreate(var name, var nickname):
                if (view.TryGetService(name, out ServiceEntry? existing)) return new ServerPayload.ServiceCreateResult(false, existing.Describe());
                if (Client.Services.Count >= Shared.Settings.ServicesPerClient) return new ServerPayload.Bad();
                CreateService(name, nickname);
                return null;

            case ClientPayload.ServiceDelete(var name):
                if (!view.TryGetService(name, out ServiceEntry? own)) return new ServerPayload.InvalidService(name);
                if (own.Owner != Client) return new ServerPayload.Bad();
                Ask(Shared.Directory, new DirectoryActor.DeleteService(own));
                return null;

            case ClientPayload.ServiceFetch(var name):
                return view.TryGetService(name, out ServiceEntry? fetched)
                    ? Listing([fetched], services => new ServerPayload.ServiceFetchResult(services[0]))
                    : new ServerPayload.InvalidService(name);

            case ClientPayload.ServiceFetchAll:
                return Listing(view.Services, services => new ServerPayload.ServiceFetchAllResult(services));

            case ClientPayload.ClientFetch(var uuid):
                return view.TryGetClient(uuid, out ClientEntry? client)
                    ? Listing(client.Subscriptions, services => new ServerPayload.ClientFetchResult(client.Info, services))
                    : new ServerPayload.InvalidUuid(uuid);

            case ClientPayload.ClientFetchAll:
                return new ServerPayload.ClientFetchAllResult([.. view.Clients.Snapshot().Select(entry => entry.Info)]);

            case ClientPayload.RoomJoin or ClientPayload.RoomLeave or ClientPayload.RoomFetch or ClientPayload.RoomFetchAll:
                return HandleRoom(payload);

            case ClientPayload.SelfSetNickname(var nickname):
                Ask(Shared.Directory, new DirectoryActor.SetNickname(Client, nickname));
                return null;

            case ClientPayload.Identify:
                return new ServerPayload.ErrorUnsupported();

            default:
                throw new UnreachableException($"no such payload: {payload}");
        }
    }

    private ServerPayload Listing(IEnumerable<ServiceEntry> services, Func<ImmutableArray<ServiceInfo>, ServerPayload> answer) =>
        TooLong(services.Select(service => service.Subscribers)) ?? answer([.. services.Select(service => service.Describe())]);

    // Answers list everybody in all the lists. One that could not be queued anyhow is not made in the first place.
    private ServerPayload.ErrorInternal? TooLong(IEnumerable<Roster> lists)
    {
        const int ListBytes = 128;
        long bytes = 0;
        foreach (Roster list in lists)
        {
            bytes += ListBytes + (long)UuidBytes * list.Count;
            if (bytes > Outbox.Limit)
                return new ServerPayload.ErrorInternal($"the list is longer than the {Outbox.Limit} bytes that may wait for a client; ask for less");
        }
        return null;
    }

    private protected override void OnAnswered(ISessionRequest request, Outcome outcome)
    {
        switch (request)
        {
            case DirectoryActor.Join: OnJoinAnswered(outcome); break;
            case DirectoryActor.CreateService create: OnCreateAnswered(create.Service, outcome); break;
            case DirectoryActor.DeleteService delete: OnDeleteAnswered(delete.Service, outcome); break;
            case DirectoryActor.SetNickname: OnNicknameAnswered(outcome); break;
            case ServiceActor.Request subscription: OnServiceAnswered(subscription, outcome); break;
            case RoomActor.Request membership: OnRoomAnswered(membership, outcome); break;
            default: throw new UnreachableException($"no such request: {request}");
        }
    }

    private void OnCreateAnswered(ServiceEntry service, Outcome outcome)
    {
        if (outcome == Outcome.Done)
        {
            var created = new ServerPayload.ServiceCreateResult(true, service.Info);
            Reply(created);
            Reply(created with { Seq = _seq });
            return;
        }
        Context.Stop(service.Actor);
        if (ReplyFailed(outcome)) return;
        // Another client was quicker; should its service have ended since, the client is told what was in its way.
        bool exists = Shared.View.TryGetService(service.Name, out ServiceEntry? existing);
        Reply(new ServerPayload.ServiceCreateResult(false, exists ? existing!.Describe() : service.Info) { Seq = _seq });
    }

    private void OnDeleteAnswered(ServiceEntry service, Outcome outcome)
    {
        if (ReplyFailed(outcome)) return;
        if (outcome == Outcome.Gone)
        {
            Reply(new ServerPayload.InvalidService(service.Name) { Seq = _seq });
            return;
        }
        Context.Stop(service.Actor);
        Reply(new ServerPayload.ServiceDeleteResult(service.Info));
        Reply(new ServerPayload.ServiceDeleteResult(service.Describe()) { Seq = _seq });
    }

    private void OnServiceAnswered(ServiceActor.Request request, Outcome outcome)
    {
        if (ReplyFailed(outcome)) return;
        // It may also have ended after it answered; who was told so must not hear afterwards that it is subscribed.
        if (outcome == Outcome.Gone || !Shared.View.TryGetService(request.Service.Name, out ServiceEntry? current) || current != request.Service)
        {
            Reply(new ServerPayload.InvalidService(request.Service.Name) { Seq = _seq });
            return;
        }
        bool changed = outcome == Outcome.Done;
        ServiceInfo service = request.Service.Describe(Limits.SubscribersInResult);
        if (request is ServiceActor.Subscribe)
        {
            Reply(new ServerPayload.SelfSubscribeResult(changed, service) { Seq = _seq });
            // By now it is a subscriber, and hears what subscribers hear.
            if (changed) Reply(new ServerPayload.ServiceClientSubscribed(Client.Info, request.Service.Info));
        }
        else Reply(new ServerPayload.SelfUnsubscribeResult(changed, service) { Seq = _seq });
    }

    private void OnNicknameAnswered(Outcome outcome)
    {
        if (ReplyFailed(outcome)) return;
        Reply(new ServerPayload.ClientUpdated(Client.Info));
        Reply(new ServerPayload.Ok { Seq = _seq });
    }

    private bool ReplyFailed(Outcome outcome)
    {
        if (outcome != Outcome.Failed) return false;
        Reply(new ServerPayload.ErrorInternal("the concierge failed on this frame; its log says why") { Seq = _seq });
        return true;
    }

    private void Reply(ServerPayload payload) => PayloadFrame.Append(Answers(), payload);
}
