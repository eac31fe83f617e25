using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Actors.Rooms;
using Concierge.Actors.Services;
using Concierge.Protocol;

namespace Concierge.Actors.Sessions;

// What an identified client asks for, and how it is answered (protocol, section "From the client").
public sealed partial class SessionActor
{
    private const int LargestAnswersKept = 64 * 1024;

    /// <summary>A uuid in a list: 36 characters, quotes and a comma.</summary>
    private const int UuidBytes = 39;

    // Lent to a session for one turn.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _threadAnswers;

    private ArrayBufferWriter<byte>? _answers;
    private SequenceCounter _counter;
    private long _seq;
    private int _answerCount;
    private bool _flushOwn;

    private void OnText(ReadOnlyMemory<byte> text)
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
    private void OnFault(Exception fault)
    {
        Log.Error(fault, "A frame of client {0} failed", _self!.Info.Uuid);
        ReplyFailed(Outcome.Failed);
    }

    // The answer, or null where it comes later or has been written already.
    private ServerPayload? Handle(ClientPayload payload)
    {
        DirectoryView view = _context.View;
        switch (payload)
        {
            case ClientPayload.Message(var target, var data):
                if (Pass(target, data.Utf8.Span) is { } refusal) return refusal;
                return new ServerPayload.Ok();

            case ClientPayload.SelfSubscribe(var name):
                if (!view.TryGetService(name, out ServiceEntry? service)) return new ServerPayload.InvalidService(name);
                if (_self!.Subscriptions.Count >= _context.Settings.SubscriptionsPerClient && !service.Subscribers.Contains(_self)) return new ServerPayload.Bad();
                AskService(new ServiceActor.Subscribe(service, _self));
                return null;

            case ClientPayload.SelfUnsubscribe(var name):
                if (!view.TryGetService(name, out ServiceEntry? subscribed)) return new ServerPayload.InvalidService(name);
                AskService(new ServiceActor.Unsubscribe(subscribed, _self!));
                return null;

            case ClientPayload.SelfFetch:
                return Listing(_self!.Subscriptions, services => new ServerPayload.SelfFetchResult(_self.Info, services));

            case ClientPayload.SelfSetSeq(var seq):
                _counter.Set(seq);
                _seq = seq;
                return new ServerPayload.Ok();

            case ClientPayload.ServiceCreate(var name, var nickname):
                if (view.TryGetService(name, out ServiceEntry? existing)) return new ServerPayload.ServiceCreateResult(false, existing.Describe());
                if (_self!.Services.Count >= _context.Settings.ServicesPerClient) return new ServerPayload.Bad();
                IActorRef actor = Context.ActorOf(ServiceActor.Props(_context.Directory));
                Ask(_context.Directory, new DirectoryActor.CreateService(new ServiceEntry(Guid.NewGuid(), name, nickname, _self, actor)));
                return null;

            case ClientPayload.ServiceDelete(var name):
                if (!view.TryGetService(name, out ServiceEntry? own)) return new ServerPayload.InvalidService(name);
                if (own.Owner != _self) return new ServerPayload.Bad();
                Ask(_context.Directory, new DirectoryActor.DeleteService(own));
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
                Ask(_context.Directory, new DirectoryActor.SetNickname(_self!, nickname));
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

    private void Ask(IActorRef actor, ISessionRequest request)
    {
        _request = request;
        actor.Tell(request);
    }

    // A service may end, with its owner, before it has read the request: then its end is the answer.
    private void AskService(ServiceActor.Request request)
    {
        Context.Watch(request.Service.Actor);
        Ask(request.Service.Actor, request);
    }

    private void OnServiceEnded(IActorRef actor)
    {
        if (_request is ServiceActor.Request request && request.Service.Actor.Equals(actor)) OnAnswer(new Answer(request, Outcome.Gone));
    }

    private void OnAnswer(Answer answer)
    {
        // An answer that is no longer waited for: the service's end came first.
        if (!ReferenceEquals(answer.Request, _request)) return;
        _request = null;
        try
        {
            switch (answer.Request)
            {
                case DirectoryActor.Join: OnJoinAnswered(answer.Outcome); break;
                case DirectoryActor.CreateService create: OnCreateAnswered(create.Service, answer.Outcome); break;
                case DirectoryActor.DeleteService delete: OnDeleteAnswered(delete.Service, answer.Outcome); break;
                case DirectoryActor.SetNickname: OnNicknameAnswered(answer.Outcome); break;
                case ServiceActor.Request request: OnServiceAnswered(request, answer.Outcome); break;
                case RoomActor.Request request: OnRoomAnswered(request, answer.Outcome); break;
                default: throw new UnreachableException($"no such request: {answer.Request}");
            }
        }
        catch (Exception fault) when (answer.Request is not DirectoryActor.Join)
        {
            OnFault(fault);
        }
        Proceed();
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
        bool exists = _context.View.TryGetService(service.Name, out ServiceEntry? existing);
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
        Context.Unwatch(request.Service.Actor);
        if (ReplyFailed(outcome)) return;
        // It may also have ended after it answered; who was told so must not hear afterwards that it is subscribed.
        if (outcome == Outcome.Gone || !_context.View.TryGetService(request.Service.Name, out ServiceEntry? current) || current != request.Service)
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
            if (changed) Reply(new ServerPayload.ServiceClientSubscribed(_self!.Info, request.Service.Info));
        }
        else Reply(new ServerPayload.SelfUnsubscribeResult(changed, service) { Seq = _seq });
    }

    private void OnNicknameAnswered(Outcome outcome)
    {
        if (ReplyFailed(outcome)) return;
        Reply(new ServerPayload.ClientUpdated(_self!.Info));
        Reply(new ServerPayload.Ok { Seq = _seq });
    }

    private bool ReplyFailed(Outcome outcome)
    {
        if (outcome != Outcome.Failed) return false;
        Reply(new ServerPayload.ErrorInternal("the concierge failed on this frame; its log says why") { Seq = _seq });
        return true;
    }

    private void Reply(ServerPayload payload) => PayloadFrame.Append(Answers(), payload);

    private ArrayBufferWriter<byte> Answers()
    {
        _answerCount++;
        if (_answers is not null) return _answers;
        // Taken from the thread, not shared with it: should this session fail, nothing of it is left to the next.
        _answers = _threadAnswers ?? new ArrayBufferWriter<byte>(1024);
        _threadAnswers = null;
        return _answers;
    }

    // What this turn had to say to the client itself, as one chunk.
    private void FlushAnswers()
    {
        if (_answers is not null)
        {
            byte[] chunk = _answers.WrittenSpan.ToArray();
            _context.Metrics.CountSent(_answerCount, chunk.Length);
            _answers.ResetWrittenCount();
            if (_answers.Capacity <= LargestAnswersKept) _threadAnswers = _answers;
            _answers = null;
            _answerCount = 0;
            Outbox.Enqueue(Lane.Own, chunk);
            _flushOwn = true;
        }
        if (!_flushOwn) return;
        _flushOwn = false;
        Outbox.Flush();
    }
}
