using System.Buffers;
using System.Diagnostics;
using Concierge.Actors.Connections;
using Concierge.Actors.Dialects;
using Concierge.Actors.Directory;
using Concierge.Actors.Nodes;
using Concierge.Protocol;

namespace Concierge.Actors.Sessions;

// What a session sends: to its own client, as one chunk a turn, and for its client to others.
public abstract partial class SessionActor
{
    private const int LargestAnswersKept = 64 * 1024;

    // Lent to a session for one turn.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _threadAnswers;

    private ArrayBufferWriter<byte>? _answers;
    private int _answerCount;
    private bool _flushOwn;
    private ClientEntry? _client;
    private Fanout? _fanout;
    private long _broadcastAt;
    private Target? _prefixTarget;
    private ServiceEntry? _prefixService;
    private ClientInfo? _prefixClient;
    private byte[] _prefix = [];

    /// <summary>The dialect in whose words, too, the client's broadcasts are given; null where there is none.</summary>
    private protected virtual Dialect? NativeDialect => null;

    private Fanout Fanout => _fanout ??= new Fanout(Shared.Metrics, NativeDialect);

    /// <summary>Whether the client has said who it is.</summary>
    private protected bool HasClient => _client is not null;

    /// <summary>The client, once it has said who it is.</summary>
    private protected ClientEntry Client
    {
        get => _client!;
        set => _client = value;
    }

    /// <summary>Where a frame for the client itself is appended; it is sent at the end of the turn.</summary>
    private protected ArrayBufferWriter<byte> Answers()
    {
        _answerCount++;
        if (_answers is not null) return _answers;
        // Taken from the thread, not shared with it: should this session fail, nothing of it is left to the next.
        _answers = _threadAnswers ?? new ArrayBufferWriter<byte>(1024);
        _threadAnswers = null;
        return _answers;
    }

    /// <summary>What was queued for the client itself is sent at the end of the turn.</summary>
    private protected void FlushOwn() => _flushOwn = true;

    /// <summary>Sends a message to many, but not to the client itself.</summary>
    private protected void Broadcast(Roster receivers, Destination destination, Target target, ServiceEntry? service, ReadOnlySpan<byte> data)
    {
        if (_broadcastAt == 0) _broadcastAt = Stopwatch.GetTimestamp();
        Fanout.Send(receivers.Audience, destination, Client, Prefix(target, service), data);
    }

    /// <summary>Sends a message to the other members of a room.</summary>
    /// <param name="room">The room.</param>
    /// <param name="target">The same, as the message's target.</param>
    /// <param name="data">The message's data.</param>
    /// <param name="native">The frame's text as members get it that speak the client's dialect, where it speaks one.</param>
    private protected void Broadcast(RoomEntry room, Target.ToRoom target, ReadOnlySpan<byte> data, ReadOnlySpan<byte> native = default)
    {
        if (_broadcastAt == 0) _broadcastAt = Stopwatch.GetTimestamp();
        Fanout.Send(room.Members.Audience, new Destination.ToMembers(room.Name), Client, Prefix(target, null), data, native);
    }

    /// <summary>Sends a message to one client, which may be the client itself.</summary>
    private protected void Send(ClientEntry receiver, Target target, ServiceEntry? service, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> prefix = Prefix(target, service);
        if (receiver == _client) PayloadFrame.AppendMessage(Answers(), prefix, data);
        else Fanout.Send(receiver, prefix, data);
    }

    // Publishers stay with their target: what comes before the data is the same for message after message, as long as
    // the client keeps its nickname.
    private ReadOnlySpan<byte> Prefix(Target target, ServiceEntry? service)
    {
        ClientInfo client = Client.Info;
        if (service != _prefixService || !ReferenceEquals(client, _prefixClient) || !target.Equals(_prefixTarget))
        {
            var buffer = new ArrayBufferWriter<byte>(512);
            ServerPayloadWriter.WriteMessagePrefix(buffer, new Origin(client, service?.Info), target);
            _prefix = buffer.WrittenSpan.ToArray();
            _prefixTarget = target;
            _prefixService = service;
            _prefixClient = client;
        }
        return _prefix;
    }

    // What this turn had to say to the client itself, as one chunk.
    private void FlushAnswers()
    {
        if (_answers is not null)
        {
            byte[] chunk = _answers.WrittenSpan.ToArray();
            Shared.Metrics.CountSent(_answerCount, chunk.Length);
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
