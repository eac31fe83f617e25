using System.Text;
using System.Threading.Channels;
using Concierge.Protocol;

namespace Concierge.Client.Tests;

/// <summary>One connection to a <see cref="FakeConcierge"/>: a transport to the client, a conversation to the test.</summary>
internal sealed class FakeConnection : ITransport
{
    private readonly Channel<byte[]> _fromClient = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<byte[]> _toClient = Channel.CreateUnbounded<byte[]>();
    private readonly TaskCompletionSource<CloseCode> _closed = new();

    /// <summary>The uuid that the client was given.</summary>
    public Guid Uuid { get; } = Guid.NewGuid();

    /// <summary>Completes with the code of the client's close frame.</summary>
    public Task<CloseCode> ClosedByClient => _closed.Task;

    /// <summary>Lets a client send nothing until it completes.</summary>
    public Task Congestion { get; set; } = Task.CompletedTask;

    public async Task<T> ReadAsync<T>()
        where T : ClientPayload
    {
        var frame = await _fromClient.Reader.ReadAsync().InTime();
        ClientPayloadReader.TryRead(frame, out var payload, out var error).ShouldBeTrue(error?.Description);
        return payload.ShouldBeOfType<T>();
    }

    public async Task<ClientPayload.Identify> WelcomeAsync()
    {
        var identify = await ReadAsync<ClientPayload.Identify>();
        Say(new ServerPayload.Hello(Uuid, "0.2.0", "key"));
        return identify;
    }

    public void Say(ServerPayload payload)
    {
        using var frame = new FrameBuffer();
        ServerPayloadWriter.Write(frame, payload);
        _toClient.Writer.TryWrite(frame.Written.ToArray());
    }

    public void Say(string frame) => _toClient.Writer.TryWrite(Encoding.UTF8.GetBytes(frame));

    public void Close(CloseCode code) => _toClient.Writer.TryComplete(ConciergeClosedException.From(code, null, "alice"));

    public bool HasNothingMore => !_fromClient.Reader.TryPeek(out _);

    async ValueTask ITransport.SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        await Congestion.WaitAsync(cancellationToken);
        if (!_fromClient.Writer.TryWrite(message.ToArray()))
            throw new ConciergeClosedException("The connection broke.");
    }

    async ValueTask<ReadOnlyMemory<byte>> ITransport.ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _toClient.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException e) when (e.InnerException is ConciergeClosedException reason)
        {
            throw reason;
        }
    }

    ValueTask ITransport.CloseAsync(CloseCode code, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _closed.TrySetResult(code);
        Close(code);
        return default;
    }

    void IDisposable.Dispose()
    {
        _fromClient.Writer.TryComplete();
        _toClient.Writer.TryComplete(new ConciergeClosedException("The connection broke."));
    }
}
