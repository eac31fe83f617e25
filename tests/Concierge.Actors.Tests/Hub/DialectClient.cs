using System.Text;
using System.Threading.Channels;
using Akka.Actor;
using Concierge.Actors.Connections;
using Concierge.Actors.Dialects;
using Concierge.Actors.Sessions;
using Concierge.Actors.Telemetry;
using Concierge.Actors.Tests.Connections;
using Concierge.Protocol;
using Concierge.Protocol.JsonStreams;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Tests.Hub;

/// <summary>A client that speaks a dialect, on a wire in memory: texts in, texts out.</summary>
internal sealed class DialectClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly MessageReader _reader = new(Limits.FrameSize);
    private readonly ObjectReader _objects = new(Limits.FrameSize), _heard = new(int.MaxValue);
    private readonly bool _isPlain;
    private readonly ServerFrameParser _parser = new();
    private readonly Channel<string> _texts = Channel.CreateUnbounded<string>();
    private readonly Channel<Opcode> _controls = Channel.CreateUnbounded<Opcode>();
    private readonly TaskCompletionSource<CloseCode> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Connection _connection;
    private IActorRef _session = ActorRefs.Nobody;
    private Task _reading = Task.CompletedTask;

    private DialectClient(ConciergeMetrics metrics, TimeProvider time, bool isPlain)
    {
        _isPlain = isPlain;
        Wire.OnTaken = isPlain ? OnObjectsTaken : OnTaken;
        _connection = new Connection(Wire, 4 * 1024 * 1024, time, metrics, isPlain);
    }

    public ScriptedWire Wire { get; } = new();

    /// <summary>The last text that it was sent.</summary>
    public string? Last { get; private set; }

    public static async Task<DialectClient> Connect(IActorRef concierge, DialectKind dialect, ConciergeMetrics metrics, TimeProvider time)
    {
        var client = new DialectClient(metrics, time, isPlain: dialect is DialectKind.IotRobot);
        var session = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        concierge.Tell(new SessionsActor.Accept(client._connection, session, dialect));
        client._session = await session.Task;
        return client;
    }

    /// <summary>Sends texts, all in one read.</summary>
    /// <returns>Completes when the session is done with them.</returns>
    public Task Send(params string[] texts) => Send([.. texts.Select(text => _isPlain ? Encoding.UTF8.GetBytes(text) : ClientFrames.Text(text))]);

    /// <summary>Sends frames, all in one read.</summary>
    public Task Send(params byte[][] frames) => _reading = SendAfterAsync(_reading, [.. frames.SelectMany(frame => frame)]);

    /// <summary>The socket ends, without a word.</summary>
    public void Disconnect() => _session.Tell(SessionActor.Disconnected.Instance);

    /// <summary>Completes when nothing more is sent to it: without frames there is no close frame.</summary>
    public Task Ended() => _connection.Outbox.Finished.WaitAsync(Patience);

    /// <summary>The next text.</summary>
    public async Task<string> Hear()
    {
        try
        {
            return await _texts.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Nothing came; the last was '{Last}'");
        }
    }

    /// <summary>All texts up to this one.</summary>
    public async Task<List<string>> HearUntil(string text)
    {
        var heard = new List<string>();
        while (await Hear() is var next && next != text) heard.Add(next);
        return heard;
    }

    /// <summary>The next texts have to be these.</summary>
    public async Task Expect(params string[] texts)
    {
        foreach (string text in texts) (await Hear()).ShouldBe(text);
    }

    /// <summary>The next ping, pong or close.</summary>
    public async Task<Opcode> HearControl() => await _controls.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>The code of the close frame, once there is one.</summary>
    public Task<CloseCode> Closed() => _closed.Task.WaitAsync(Patience);

    private async Task SendAfterAsync(Task before, byte[] chunk)
    {
        await before.ConfigureAwait(false);
        var messages = new List<InboundMessage>();
        if (_isPlain) _objects.Read(chunk, messages);
        else _reader.Read(chunk, messages);
        await _connection.DeliverAsync(_session, messages).ConfigureAwait(false);
        // A read buffer goes back to its pool now; nobody may look at it any more.
        chunk.AsSpan().Fill(0xEE);
    }

    private void OnObjectsTaken(byte[] bytes)
    {
        var objects = new List<InboundMessage>();
        _heard.Read(bytes, objects);
        foreach (InboundMessage it in objects) _texts.Writer.TryWrite(Last = Encoding.UTF8.GetString(it.Payload.Span));
    }

    private void OnTaken(byte[] bytes)
    {
        foreach ((Opcode opcode, byte[] payload) in _parser.Parse(bytes))
        {
            if (opcode == Opcode.Text) _texts.Writer.TryWrite(Last = Encoding.UTF8.GetString(payload));
            else
            {
                if (opcode == Opcode.Close) _closed.TrySetResult((CloseCode)(payload[0] << 8 | payload[1]));
                _controls.Writer.TryWrite(opcode);
            }
        }
    }
}
