using System.Text.Json;

namespace Concierge.EndToEnd.Tests.Wire;

/// <summary>
/// A client that isn't ours: WebSocket frames by hand over <see cref="WireSocket"/>. It answers pings while it waits for
/// something, unless it is told not to.
/// </summary>
public sealed class WireClient(WireSocket socket, UpgradeResponse handshake) : IAsyncDisposable
{
    private string? _name;

    public WireSocket Socket { get; } = socket;

    /// <summary>How its wish for a WebSocket was answered.</summary>
    public UpgradeResponse Handshake { get; } = handshake;

    public bool AnswersPings { get; set; } = true;

    /// <summary>Who it is; null before HELLO.</summary>
    public Identity? Identity { get; private set; }

    public string Name => Identity!.Name;

    public string Uuid => Identity!.Uuid;

    public string FileKey => Identity!.FileKey;

    /// <summary>The information object that others see of it.</summary>
    public string Info { get; private set; } = "";

    /// <summary>Sends one text frame.</summary>
    public Task SendAsync(string payload) => Socket.SendAsync(Frame.Masked(payload));

    /// <summary>Sends one frame.</summary>
    public Task SendAsync(Opcode opcode, ReadOnlySpan<byte> payload, bool isFinal = true) =>
        Socket.SendAsync(Frame.Masked(opcode, payload, isFinal));

    /// <summary>Sends many text frames in one write.</summary>
    public Task PipelineAsync(IEnumerable<string> payloads) => Socket.SendAsync(payloads.SelectMany(Frame.Masked).ToArray());

    /// <summary>Identifies, and takes the HELLO.</summary>
    public async Task<JsonElement> IdentifyAsync(string name, string? nickname, string[] tags, bool presence)
    {
        await SendAsync(Payloads.Identify(name, nickname, tags, presence));
        _name = name;
        JsonElement hello = await ReceiveAsync();
        Info = Payloads.Client(name, nickname, Uuid, tags);
        return hello;
    }

    /// <summary>Identifies, and takes the HELLO or the close frame.</summary>
    /// <returns>The code of the close frame; null where the client was taken in.</returns>
    public async Task<int?> TryIdentifyAsync(string name)
    {
        try
        {
            await IdentifyAsync(name, null, [], presence: false);
            return null;
        }
        catch (ConnectionClosedException e)
        {
            return e.Code;
        }
    }

    /// <summary>Sends a frame and takes the next one as its answer.</summary>
    public async Task<JsonElement> AskAsync(string payload)
    {
        await SendAsync(payload);
        return await ReceiveAsync();
    }

    /// <summary>Sends a frame whose answer has to say that it changed something; whatever comes before that is passed over.</summary>
    /// <returns>The answer.</returns>
    public async Task<JsonElement> SucceedAsync(string payload)
    {
        await SendAsync(payload);
        JsonElement answer = await ReceiveAnswerAsync();
        answer.TryGetProperty("successful", out JsonElement successful).ShouldBeTrue(answer.GetRawText());
        successful.GetBoolean().ShouldBeTrue(answer.GetRawText());
        return answer;
    }

    /// <summary>Asks what takes no more than its type, and takes the answer; whatever comes before that is passed over.</summary>
    public async Task<JsonElement> FetchAsync(string type)
    {
        await SendAsync($$"""{"type":"{{type}}"}""");
        return await ReceiveAnswerAsync();
    }

    /// <summary>Creates a service, and takes both results.</summary>
    public async Task CreateServiceAsync(string service)
    {
        await SendAsync($$"""{"type":"SERVICE_CREATE","service":"{{service}}"}""");
        (await ReceiveAsync()).TypeOf().ShouldBe("SERVICE_CREATE_RESULT");
        (await ReceiveAsync()).GetProperty("seq").GetInt64().ShouldBeGreaterThanOrEqualTo(0);
    }

    /// <summary>Subscribes to a service, and takes the result and the event.</summary>
    public async Task SubscribeAsync(string service)
    {
        JsonElement result = await AskAsync($$"""{"type":"SELF_SUBSCRIBE","service":"{{service}}"}""");
        result.TypeOf().ShouldBe("SELF_SUBSCRIBE_RESULT");
        (await ReceiveAsync()).TypeOf().ShouldBe("SERVICE_CLIENT_SUBSCRIBED");
    }

    /// <summary>The next text frame has to be this payload, with every field and no other.</summary>
    public async Task ExpectAsync(string payload) => (await ReceiveAsync()).ShouldBeJson(payload);

    /// <summary>The next text frame.</summary>
    public async Task<JsonElement> ReceiveAsync()
    {
        JsonElement payload = Json.Parse(await ReceiveTextAsync());
        if (Identity is null && payload.TypeOf() == "HELLO")
            Identity = new Identity(_name ?? "", payload.GetProperty("uuid").GetString()!, payload.GetProperty("file_key").GetString()!);
        return payload;
    }

    /// <summary>The next text frame that answers something, whatever comes before it.</summary>
    public async Task<JsonElement> ReceiveAnswerAsync()
    {
        JsonElement payload;
        do payload = await ReceiveAsync();
        while (!payload.TryGetProperty("seq", out _));
        return payload;
    }

    /// <summary>The text frames up to one that is awaited, which is the last of them.</summary>
    public async Task<List<JsonElement>> ReceiveUntilAsync(Func<JsonElement, bool> isAwaited)
    {
        List<JsonElement> received = [];
        do received.Add(await ReceiveAsync());
        while (!isAwaited(received[^1]));
        return received;
    }

    public async Task<string> ReceiveTextAsync()
    {
        Frame frame = await ReceiveFrameAsync() ?? throw new EndOfStreamException("The connection ended, and a text frame was expected.");
        if (frame.Opcode == Opcode.Close) throw new ConnectionClosedException(frame.CloseCode);
        frame.Opcode.ShouldBe(Opcode.Text);
        frame.IsFinal.ShouldBeTrue();
        return frame.Text;
    }

    /// <summary>Waits for the close frame past all else, and answers it.</summary>
    /// <returns>Its code.</returns>
    public async Task<int> ReceiveCloseAsync()
    {
        while (true)
        {
            Frame frame = await ReceiveFrameAsync() ?? throw new EndOfStreamException("The connection ended without a close frame.");
            if (frame.Opcode != Opcode.Close) continue;
            await Socket.SendAsync(Frame.Masked(Opcode.Close, frame.Payload.AsSpan(0, Math.Min(2, frame.Payload.Length))));
            return frame.CloseCode;
        }
    }

    /// <summary>Waits for a ping; it is for the test to answer it.</summary>
    public async Task<Frame> ReceivePingAsync()
    {
        Frame? frame = await Socket.ReadFrameAsync();
        frame.ShouldNotBeNull().Opcode.ShouldBe(Opcode.Ping);
        return frame;
    }

    /// <summary>Leaves with a closing handshake.</summary>
    public async Task LeaveAsync()
    {
        await Socket.SendAsync(Frame.MaskedClose(1000));
        (await ReceiveFrameAsync()).ShouldNotBeNull().CloseCode.ShouldBe(1000);
        await Socket.ReadEndAsync();
    }

    /// <summary>Whether the concierge still serves it as if nothing had happened: what it sends itself arrives, and is answered.</summary>
    public async Task ShouldBeUndisturbedAsync()
    {
        string mark = $"\"{Guid.NewGuid()}\"";
        await SendAsync(Payloads.Message(Payloads.ToUuid(Uuid), mark));
        await ExpectAsync(Payloads.Received(this, Payloads.ToUuid(Uuid), mark));
        (await ReceiveAsync()).TypeOf().ShouldBe("OK");
    }

    public ValueTask DisposeAsync() => Socket.DisposeAsync();

    // One patience for all of it: a node whose pings keep coming must not keep a test waiting for what never does.
    private Task<Frame?> ReceiveFrameAsync() => Socket.AwaitAsync(ReadPastPingsAsync(), "a frame that is no ping");

    private async Task<Frame?> ReadPastPingsAsync()
    {
        while (true)
        {
            Frame? frame = await Socket.ReadFrameAsync();
            if (frame?.Opcode == Opcode.Ping && AnswersPings) await SendAsync(Opcode.Pong, frame.Payload);
            else if (frame?.Opcode is not (Opcode.Ping or Opcode.Pong)) return frame;
        }
    }
}
