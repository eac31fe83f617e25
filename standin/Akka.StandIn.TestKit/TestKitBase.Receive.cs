using System.Runtime.CompilerServices;

namespace Akka.TestKit;

/// <summary>Taking messages from the test actor's queue.</summary>
public abstract partial class TestKitBase
{
    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) => WaitFor(ReceiveOneAsync(max, cancellationToken));

    /// <summary>The next message, or null when none came in time.</summary>
    public async ValueTask<object> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var (success, envelope) = await TryReceiveOneAsync(max, cancellationToken).ConfigureAwait(false);
        return success ? envelope.Message : null;
    }

    public bool TryReceiveOne(out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        (var success, envelope) = WaitFor(TryReceiveOneAsync(max, cancellationToken));
        return success;
    }

    public async ValueTask<(bool success, MessageEnvelope envelope)> TryReceiveOneAsync(TimeSpan? max, CancellationToken cancellationToken = default)
    {
        var success = await WaitToReadAsync(GetTimeoutOrDefault(max), cancellationToken).ConfigureAwait(false);
        _last = success && _queue.Reader.TryRead(out var envelope) ? envelope : MessageEnvelope.None;
        _lastWasReceiveWhile = false;
        return (success, _last);
    }

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        WaitFor(ReceiveAllAsync(numberOfMessages, RemainingOrDefault, cancellationToken));

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        WaitFor(ReceiveAllAsync(numberOfMessages, Dilated(max), cancellationToken));

    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveEachAsync(numberOfMessages, RemainingOrDefault, cancellationToken);

    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        ReceiveEachAsync(numberOfMessages, Dilated(max), cancellationToken);

    public object FishForMessage(
        Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    public T FishForMessage<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        WaitFor(FishForMessageAsync(isMessage, max, hint, cancellationToken));

    public ValueTask<object> FishForMessageAsync(
        Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessageAsync<object>(isMessage, max, hint, cancellationToken);

    /// <summary>The first message that matches; those before it are dropped.</summary>
    public async ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var end = Now + limit;
        while (true)
        {
            var message = await ReceiveOneAsync(Until(end), cancellationToken).ConfigureAwait(false);
            _assertions.AssertTrue(
                message is not null, "Timeout ({0}) during fishForMessage{1}", limit, string.IsNullOrEmpty(hint) ? "" : $", hint: {hint}");
            if (message is T typed && isMessage(typed))
                return typed;
        }
    }

    /// <summary>
    /// Takes messages as long as <paramref name="filter"/> makes something of them, and leaves the first of which it doesn't; for at most
    /// <paramref name="max"/> in all, and <paramref name="idle"/> between two messages.
    /// </summary>
    public IReadOnlyList<T> ReceiveWhile<T>(
        Func<object, T> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class =>
        WaitFor(ReceiveWhileCoreAsync(filter, RemainingOrDilated(max), idle, msgs, cancellationToken));

    private async Task<IReadOnlyList<T>> ReceiveWhileCoreAsync<T>(
        Func<object, T> filter, TimeSpan max, TimeSpan? idle, int atMost, CancellationToken cancellationToken)
    {
        var end = Now + max;
        var received = new List<T>();
        while (received.Count < atMost)
        {
            var wait = Until(end);
            if (!await WaitToReadAsync(idle < wait ? idle.Value : wait, cancellationToken).ConfigureAwait(false)
                || !_queue.Reader.TryPeek(out var envelope)
                || filter(envelope.Message) is not { } result)
                break;
            _queue.Reader.TryRead(out _last);
            received.Add(result);
        }

        _lastWasReceiveWhile = true;
        return received;
    }

    private async Task<IReadOnlyCollection<object>> ReceiveAllAsync(int count, TimeSpan max, CancellationToken cancellationToken)
    {
        var received = new List<object>();
        await foreach (var message in ReceiveEachAsync(count, max, cancellationToken).ConfigureAwait(false))
            received.Add(message);
        return received;
    }

    private async IAsyncEnumerable<object> ReceiveEachAsync(int count, TimeSpan max, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = Now;
        for (var received = 0; received < count; received++)
        {
            var message = await ReceiveOneAsync(Until(start + max), cancellationToken).ConfigureAwait(false);
            _assertions.AssertTrue(
                message is not null, "Timeout ({0}) while expecting {1} messages. Only got {2} after {3}.", max, count, received, Now - start);
            yield return message;
        }
    }

    // Zero takes what is there, and less than that (but for infinity) takes nothing.
    private async ValueTask<bool> WaitToReadAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait < TimeSpan.Zero && wait != Timeout.InfiniteTimeSpan)
            return false;
        if (_queue.Reader.Count > 0 || wait == TimeSpan.Zero)
            return _queue.Reader.Count > 0;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(wait);
        try
        {
            return await _queue.Reader.WaitToReadAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static TimeSpan Until(TimeSpan end) => end - Now is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
