using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Concierge.Protocol;

namespace Concierge.Client;

/// <summary>
/// One identified connection, from HELLO to its end: numbers what it sends, gives each request the answer that carries its
/// number (protocol, section "Sequence numbers"), and hands events on. It does not come back; a reconnect is a new link.
/// </summary>
/// <remarks>
/// Two loops: one writes what is queued, one reads. The reading loop never waits for anybody's code, so answers arrive, and
/// pings are answered, whatever the event handlers are doing; and it alone decides why the link ended.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Neither the window nor the cancellation holds anything but memory, and both are used after the end.")]
internal sealed class Link
{
    /// <summary>How long the last frames, and the concierge's side of the close, may take.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, Request> _unanswered = [];
    private readonly Channel<Request> _outgoing;
    private readonly TaskCompletionSource<ConciergeClosedException> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _window;
    private readonly CancellationTokenSource _reading;
    private readonly ITransport _transport;
    private readonly ConciergeClientOptions _options;
    private readonly Dispatcher _events;
    private Task _writing = Task.CompletedTask;
    private ConciergeClosedException? _end;

    private Link(ITransport transport, ServerPayload.Hello hello, ConciergeClientOptions options, Dispatcher events)
    {
        _transport = transport;
        _options = options;
        _events = events;
        _outgoing = Channel.CreateBounded<Request>(new BoundedChannelOptions(options.MaxInFlight) { SingleReader = true });
        _window = new SemaphoreSlim(options.MaxInFlight);
        _reading = new CancellationTokenSource(Timeout.InfiniteTimeSpan, options.TimeProvider);
        Hello = hello;
    }

    /// <summary>What the concierge said first.</summary>
    public ServerPayload.Hello Hello { get; }

    /// <summary>Completes, and never fails, when the link has ended and the last event was handed on.</summary>
    public Task<ConciergeClosedException> Ended => _ended.Task;

    /// <summary>Identifies the client, and starts the loops. Takes the transport over, whatever happens.</summary>
    public static async Task<Link> OpenAsync(
        ITransport transport, ConciergeClientOptions options, string? nickname, Dispatcher events, CancellationToken cancellationToken)
    {
        try
        {
            using (var frame = new FrameBuffer())
            {
                ClientPayloadWriter.Write(frame, new ClientPayload.Identify(
                    options.Name, nickname, ProtocolVersion.Current, options.Secret, options.Tags, options.Presence));
                await transport.SendAsync(frame.Written, cancellationToken).ConfigureAwait(false);
            }

            var first = await transport.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            if (!ServerPayloadReader.TryRead(first, out var payload, out var error) || payload is not ServerPayload.Hello hello)
            {
                throw new ConciergeClosedException(
                    $"{options.Uri} is no concierge: expected HELLO as its first frame, got {payload?.GetType().Name ?? error?.Description}.");
            }

            var link = new Link(transport, hello, options, events);
            link._writing = Task.Run(link.WriteAsync, CancellationToken.None);
            _ = Task.Run(link.ReadAsync, CancellationToken.None);
            return link;
        }
        catch
        {
            transport.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="RequestRefusedException">The answer was another than <typeparamref name="TAnswer"/>.</exception>
    /// <exception cref="ConciergeClosedException">The link ended before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    public async Task<TAnswer> AskAsync<TAnswer>(ClientPayload payload, CancellationToken cancellationToken)
        where TAnswer : ServerPayload
    {
        var request = await EnqueueAsync(payload, awaited: true, cancellationToken).ConfigureAwait(false);
        try
        {
            var answer = await request.Answered.WaitAsync(_options.RequestTimeout, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
            return answer as TAnswer ?? throw RequestRefusedException.From(answer, request);
        }
        catch (TimeoutException)
        {
            Abandon(request);
            throw new TimeoutException($"{request} was not answered within {_options.RequestTimeout}. It may have been carried out nevertheless.");
        }
        catch (OperationCanceledException)
        {
            Abandon(request);
            throw;
        }
    }

    /// <summary>Queues a message; a refusal becomes a fault.</summary>
    /// <exception cref="ConciergeClosedException">The link has ended.</exception>
    /// <exception cref="TimeoutException">Too many requests wait for their answers, and none was answered in time.</exception>
    public async ValueTask PostAsync(ClientPayload.Message message, CancellationToken cancellationToken) =>
        await EnqueueAsync(message, awaited: false, cancellationToken).ConfigureAwait(false);

    /// <summary>Sends what is queued, says goodbye, and waits for the end; cuts the link off where that takes too long.</summary>
    public async Task CloseAsync()
    {
        _outgoing.Writer.TryComplete();
        _reading.CancelAfter(Farewell);
        await _writing.ConfigureAwait(false);
        await SayGoodbyeAsync(CloseCode.Normal).ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
    }

    /// <summary>Ends the link at once.</summary>
    public void Abort() => _reading.Cancel();

    private async ValueTask<Request> EnqueueAsync(ClientPayload payload, bool awaited, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var frame = new FrameBuffer();
        try
        {
            // Written here, not by the writing loop: by the time of the first await the caller's data is no longer needed.
            ClientPayloadWriter.Write(frame, payload);
            var request = new Request(payload is ClientPayload.Message message ? message.Target : payload, frame, awaited);
            if (!_outgoing.Writer.TryWrite(request))
                await WriteWhenThereIsRoomAsync(request, cancellationToken).ConfigureAwait(false);
            return request;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    /// <remarks>The channel takes those who wait in the order in which they came, and nobody before them: frames keep the order of the calls.</remarks>
    private async ValueTask WriteWhenThereIsRoomAsync(Request request, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(_options.RequestTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await _outgoing.Writer.WriteAsync(request, either.Token).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ConciergeClosedException($"{request} was not sent: {_end?.Message ?? "The client is closing."}", _end?.Code, _end);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"{request} was not sent: too many requests were waiting for their answers ({nameof(ConciergeClientOptions.MaxInFlight)} is {_options.MaxInFlight}), and none came within {_options.RequestTimeout}.");
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            var seq = 0L;
            await foreach (var request in _outgoing.Reader.ReadAllAsync(_reading.Token).ConfigureAwait(false))
            {
                using (request.Frame)
                {
                    await _window.WaitAsync(_reading.Token).ConfigureAwait(false);
                    if (!Number(request, seq))
                        continue;

                    seq++;
                    await _transport.SendAsync(request.Frame.Written, _reading.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception)
        {
            // Why the link broke may be on its way in, in a close frame: the reading loop, which will say, gets a moment to find it.
            _outgoing.Writer.TryComplete();
            _reading.CancelAfter(Farewell);
        }
    }

    private async Task ReadAsync()
    {
        ConciergeClosedException reason;
        try
        {
            while (true)
            {
                var frame = await _transport.ReceiveAsync(_reading.Token).ConfigureAwait(false);
                if (ServerPayloadReader.TryRead(frame, out var payload, out var error))
                    Receive(payload, frame.Length);
                else if (error.Kind != ReadErrorKind.UnknownType) // A newer concierge may have more to say than we know of.
                    Tell(new ClientFault(ClientFaultKind.Frame, new ConciergeException(error.Description)), frame.Length);
            }
        }
        catch (ConciergeClosedException e)
        {
            reason = e;
        }
        catch (OperationCanceledException)
        {
            reason = new ConciergeClosedException("The connection was given up.");
        }
        catch (Exception e)
        {
            reason = new ConciergeClosedException($"The client failed while it read from the concierge: {e.Message}", innerException: e);
        }

        await EndAsync(reason).ConfigureAwait(false);
    }

    private void Receive(ServerPayload payload, int size)
    {
        if (payload.Seq is not { } seq)
        {
            Tell(payload, size);
            return;
        }

        Request? request;
        lock (_gate)
        {
            // Nobody's where the request was given up before its answer came.
            if (!_unanswered.Remove(seq, out request))
                return;

            _window.Release();
        }

        request.Answer(payload);
        if (!request.IsAwaited && payload is not ServerPayload.Ok)
            Tell(new ClientFault(ClientFaultKind.Post, RequestRefusedException.From(payload, request)), size);
    }

    private void Tell(object occurrence, int size)
    {
        if (!_events.TryAdd(occurrence, size))
        {
            throw new ConciergeClosedException(
                $"More than {_options.MaxQueuedEvents} bytes of events were waiting for their handlers: make the handlers faster, or subscribe to less.",
                CloseCode.SlowConsumer);
        }
    }

    private async Task EndAsync(ConciergeClosedException reason)
    {
        _end = reason;
        _outgoing.Writer.TryComplete();
        if (reason.Code is CloseCode.TooBig or CloseCode.SlowConsumer)
        {
            _reading.CancelAfter(Farewell);
            await SayGoodbyeAsync(reason.Code.Value).ConfigureAwait(false);
        }

        // From here on nothing is sent, so nothing more waits for an answer than what is found below.
        await _reading.CancelAsync().ConfigureAwait(false);
        _transport.Dispose();
        await _writing.ConfigureAwait(false);
        while (_outgoing.Reader.TryRead(out var unsent))
        {
            unsent.Frame.Dispose();
            unsent.Fail(reason);
        }

        lock (_gate)
        {
            foreach (var request in _unanswered.Values)
                request.Fail(reason);
            _unanswered.Clear();
        }

        _ended.TrySetResult(reason);
    }

    /// <summary>Sends a close frame, unless one was sent before.</summary>
    private async Task SayGoodbyeAsync(CloseCode code)
    {
        try
        {
            await _transport.CloseAsync(code, _reading.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The peer takes no bytes any more; it is cut off.
        }
    }

    /// <summary>Gives a request its number, unless it was given up: the concierge counts the frames that arrive.</summary>
    private bool Number(Request request, long seq)
    {
        lock (_gate)
        {
            if (request.IsAbandoned)
            {
                _window.Release();
                return false;
            }

            request.Seq = seq;
            _unanswered.Add(seq, request);
            return true;
        }
    }

    private void Abandon(Request request)
    {
        lock (_gate)
        {
            if (request.Seq is { } seq && _unanswered.Remove(seq))
                _window.Release();
            request.IsAbandoned = true;
        }
    }
}
