using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Akka.Actor;
using Concierge.Actors.Connections;
using Concierge.Actors.Sessions;
using Concierge.Actors.Telemetry;
using Concierge.Actors.Tests.Connections;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Tests.Hub;

/// <summary>
/// A client on a wire in memory: what it sends goes through the real frame reader to its real session, and what it is
/// sent is taken apart into answers, events and control frames, each in the order in which they came.
/// </summary>
internal sealed class TestClient
{
    /// <summary>How long to wait for what is certain to come; it only passes where a test fails.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly MessageReader _reader = new(Limits.FrameSize);
    private readonly ServerFrameParser _parser = new();
    private readonly Channel<ServerPayload> _answers = Channel.CreateUnbounded<ServerPayload>();
    private readonly Channel<ServerPayload> _events = Channel.CreateUnbounded<ServerPayload>();
    private readonly Channel<Opcode> _controls = Channel.CreateUnbounded<Opcode>();
    private readonly TaskCompletionSource<CloseCode> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<ServerPayload> _history = new();
    private Task _reading = Task.CompletedTask;
    private long _seq = -1;

    public TestClient(ConciergeMetrics metrics, TimeProvider time, int outgoingLimit)
    {
        Wire.OnTaken = OnTaken;
        Connection = new Connection(Wire, outgoingLimit, time, metrics);
    }

    public ScriptedWire Wire { get; } = new();

    public Connection Connection { get; }

    public IActorRef Session { get; set; } = ActorRefs.Nobody;

    public ClientInfo Info { get; private set; } = null!;

    public string FileKey { get; private set; } = "";

    public Guid Uuid => Info.Uuid;

    /// <summary>All that was said to it, answers and events, in order.</summary>
    public IReadOnlyCollection<ServerPayload> History => _history;

    /// <summary>The code of the close frame, once there is one.</summary>
    public Task<CloseCode> Closed() => Patiently(_closed.Task, "a close frame");

    public bool IsClosed => _closed.Task.IsCompleted;

    public async Task<ServerPayload.Hello> Identify(string name, string? nickname = null, bool presence = true, string? secret = null)
    {
        _ = Send(new ClientPayload.Identify(name, nickname, ProtocolVersion.Current, secret, [], presence));
        return await Identified(name, nickname);
    }

    /// <summary>HELLO, for an IDENTIFY that was sent.</summary>
    public async Task<ServerPayload.Hello> Identified(string name, string? nickname = null)
    {
        var hello = await Hear<ServerPayload.Hello>();
        Info = new ClientInfo(name, nickname, hello.Uuid, []);
        FileKey = hello.FileKey!;
        return hello;
    }

    /// <summary>Sends payloads, all in one read.</summary>
    /// <returns>Completes when the session is done with them.</returns>
    public Task Send(params ClientPayload[] payloads)
    {
        _seq += payloads.Length - payloads.OfType<ClientPayload.Identify>().Count();
        return Send([.. payloads.Select(ClientFrames.Text)]);
    }

    /// <summary>Sends texts, all in one read.</summary>
    public Task Send(params string[] texts)
    {
        _seq += texts.Length;
        return Send([.. texts.Select(ClientFrames.Text)]);
    }

    /// <summary>Sends frames, all in one read. They are not counted for <see cref="Ask"/>.</summary>
    public Task Send(params byte[][] frames) => _reading = SendAfterAsync(_reading, [.. frames.SelectMany(frame => frame)]);

    /// <summary>The socket ends.</summary>
    public void Disconnect() => Session.Tell(SessionActor.Disconnected.Instance);

    /// <summary>Sends a payload and takes the next answer, which has to be the one to it.</summary>
    public async Task<T> Ask<T>(ClientPayload payload, [CallerArgumentExpression(nameof(payload))] string? asked = null)
        where T : ServerPayload
    {
        _ = Send(payload);
        var answer = await Answered<T>(asked);
        answer.Seq.ShouldBe(_seq);
        return answer;
    }

    /// <summary>The next frame with a seq.</summary>
    public Task<T> Answered<T>(long seq)
        where T : ServerPayload => Answered<T>(seq, null);

    /// <summary>The next frame with a seq, whatever it is.</summary>
    public Task<ServerPayload> Answered() => Take(_answers, "any answer");

    /// <summary>The next frame without a seq.</summary>
    public async Task<T> Hear<T>()
        where T : ServerPayload =>
        (await Take(_events, typeof(T).Name)).ShouldBeOfType<T>();

    /// <summary>The next frame without a seq, whatever it is.</summary>
    public Task<ServerPayload> Hear() => Take(_events, "anything");

    /// <summary>The data of the next frame without a seq, which has to be a MESSAGE.</summary>
    public async Task<string> HearMessage() => (await Hear<ServerPayload.Message>()).Data.ToString();

    /// <summary>The next ping, pong or close.</summary>
    public async Task<Opcode> HearControl() => await Take(_controls, "a control frame");

    /// <summary>All frames without a seq up to the MESSAGE with this data.</summary>
    public async Task<List<ServerPayload>> HearUntil(string data)
    {
        var heard = new List<ServerPayload>();
        while (true)
        {
            ServerPayload next = await Take(_events, $"a MESSAGE {data}");
            if (next is ServerPayload.Message message && message.Data.ToString() == data) return heard;
            heard.Add(next);
        }
    }

    /// <summary>
    /// Nothing that <paramref name="other"/> had an answer to, or had caused before, is still on its way: what comes
    /// next is the message that it now sends.
    /// </summary>
    public async Task HearsNothingElseFrom(TestClient other)
    {
        await other.Ask<ServerPayload.Ok>(new ClientPayload.Message(new Target.ToUuid(Uuid), RawJson.From("\"nothing else\"")));
        (await HearMessage()).ShouldBe("\"nothing else\"");
    }

    /// <summary>Waits until the session has dealt with all that it was told so far; to the session nothing has come in.</summary>
    public async Task Settled() => await Session.Ask<ActorIdentity>(new Identify(null)).WaitAsync(Patience);

    private async Task<T> Answered<T>(string? asked)
        where T : ServerPayload =>
        (await Take(_answers, $"the answer to {asked}")).ShouldBeOfType<T>(asked);

    private async Task<T> Answered<T>(long seq, string? asked)
        where T : ServerPayload
    {
        var answer = await Answered<T>(asked ?? $"frame {seq}");
        answer.Seq.ShouldBe(seq);
        return answer;
    }

    private async Task SendAfterAsync(Task before, byte[] chunk)
    {
        await before.ConfigureAwait(false);
        var messages = new List<InboundMessage>();
        _reader.Read(chunk, messages);
        await Connection.DeliverAsync(Session, messages).ConfigureAwait(false);
        // A read buffer goes back to its pool now; nobody may look at it any more.
        chunk.AsSpan().Fill(0xEE);
    }

    private void OnTaken(byte[] bytes)
    {
        foreach ((Opcode opcode, byte[] payload) in _parser.Parse(bytes))
        {
            if (opcode == Opcode.Text) OnText(payload);
            else
            {
                if (opcode == Opcode.Close) _closed.TrySetResult((CloseCode)(payload[0] << 8 | payload[1]));
                _controls.Writer.TryWrite(opcode);
            }
        }
    }

    private void OnText(byte[] text)
    {
        ServerPayloadReader.TryRead(text, out ServerPayload? payload, out ReadError? error).ShouldBeTrue(error?.Description);
        _history.Enqueue(payload!);
        (payload!.Seq is null ? _events : _answers).Writer.TryWrite(payload);
    }

    private Task<T> Take<T>(Channel<T> from, string expected) => Patiently(from.Reader.ReadAsync().AsTask(), expected);

    private async Task<T> Patiently<T>(Task<T> task, string expected)
    {
        try
        {
            return await task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            string last = string.Join(", ", _history.TakeLast(5));
            throw new TimeoutException($"{Info?.Name} waited for {expected}; the last it heard: {last}");
        }
    }
}
