using System.Text;
using System.Threading.Channels;
using Akka.Actor;
using Concierge.Actors.Connections;
using Concierge.Actors.Dialects;
using Concierge.Actors.Sessions;
using Concierge.Actors.Telemetry;
using Concierge.Actors.Tests.Connections;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Tests.Hub;

/// <summary>A client that speaks a dialect, on a wire in memory: texts in, texts out.</summary>
internal sealed class DialectClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly MessageReader _reader = new(Limits.FrameSize);
    private readonly ServerFrameParser _parser = new();
    private readonly Channel<string> _texts = Channel.CreateUnbounded<string>();
    private readonly Channel<Opcode> _controls = Channel.CreateUnbounded<Opcode>();
    private readonly TaskCompletionSource<CloseCode> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Connection _connection;
    private IActorRef _session = ActorRefs.Nobody;
    private Task _reading = Task.CompletedTask;

    private DialectClient(ConciergeMetrics metrics, TimeProvider time)
    {
        Wire.OnTaken = OnTaken;
        _connection = new Connection(Wire, 4 * 1024 * 1024, time, metrics);
    }

    public ScriptedWire Wire { get; } = new();

    /// <summary>The last text that it was sent.</summary>
    public string? Last { get; private set; }

    public static async Task<DialectClient> Connect(IActorRef concierge, DialectKind dialect, ConciergeMetrics metrics, TimeProvider time)
    {
        var client = new DialectClient(metrics, time);
        var session = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        concierge.Tell(new SessionsActor.Accept(client._connection, session, dialect));
        client._session = await session.Task;
        return client;
    }

    /// <summary>Sends texts, all in one read.</summary>
    /// <returns>Completes when the session is done with them.</returns>
    public Task Send(params string[] texts) => Send([.. texts.Select(ClientFrames.Text)]);

    /// <summary>Sends frames, all in one read.</summary>
    public Task Send(params byte[][] frames) => _reading = SendAfterAsync(_reading, [.. frames.SelectMany(frame => frame)]);

    /// <summary>The socket ends, without a word.</summary>
    public void Disconnect() => _session.Tell(SessionActor.Disconnected.Instance);

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
        _reader.Read(chunk, messages);
        await _connection.DeliverAsync(_session, messages).ConfigureAwait(false);
        // A read buffer goes back to its pool now; nobody may look at it any more.
        chunk.AsSpan().Fill(0xEE);
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
