namespace Akka.TestKit;

/// <summary>Time: how long a block may take, and what is left of it for those who wait inside.</summary>
public abstract partial class TestKitBase
{
    private TimeSpan? _end;

    // What ReceiveWhile waits for in vain is not held against the block around it.
    private bool _lastWasReceiveWhile;

    /// <exception cref="InvalidOperationException">Called outside of Within.</exception>
    public TimeSpan Remaining => _end is { } end
        ? Until(end)
        : throw new InvalidOperationException("Remaining may not be called outside of \"within\"");

    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    public TimeSpan RemainingOrDilated(TimeSpan? duration) => duration is { } given ? Dilated(given) : RemainingOrDefault;

    /// <summary>Multiplied by <c>akka.test.timefactor</c>.</summary>
    public TimeSpan Dilated(TimeSpan duration) => duration >= TimeSpan.Zero
        ? duration * TestKitSettings.TestTimeFactor
        : throw new ArgumentException($"The time span is {duration}; it must not be negative.", nameof(duration));

    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => timeout ?? TestKitSettings.SingleExpectDefault;

    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    public void Within(
        TimeSpan min, TimeSpan max, Action action, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(min, max, () => { action(); return true; }, hint, epsilonValue, cancellationToken);

    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public T Within<T>(
        TimeSpan min, TimeSpan max, Func<T> function, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WaitFor(WithinAsync(min, max, () => Task.FromResult(function()), hint, epsilonValue, cancellationToken));

    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    public Task WithinAsync(
        TimeSpan min, TimeSpan max, Func<Task> actionAsync, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        return WithinAsync(min, max, Action, hint, epsilonValue, cancellationToken);

        async Task<bool> Action()
        {
            await actionAsync().ConfigureAwait(false);
            return true;
        }
    }

    public Task<T> WithinAsync<T>(TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <summary>Fails the test when the block ends sooner than <paramref name="min"/>, or later than <paramref name="max"/> and <paramref name="epsilonValue"/>.</summary>
    public async Task<T> WithinAsync<T>(
        TimeSpan min, TimeSpan max, Func<Task<T>> function, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        max = Dilated(max);
        var start = Now;
        var outerEnd = _end;
        if (outerEnd - start < max)
            max = Until(outerEnd.Value);
        _assertions.AssertTrue(max >= min || outerEnd is null, "Required min time {0} not possible, only {1} left. {2}", min, max, hint);
        _lastWasReceiveWhile = false;
        _end = start + max;

        T result = default;
        try
        {
            result = await WaitAtMostAsync(function(), max, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _end = outerEnd;
        }

        var elapsed = Now - start;
        if (elapsed < min)
            _assertions.Fail("Failed: Block took {0}, should have at least been {1}. {2}", elapsed, min, hint);
        if (elapsed > max + epsilonValue.GetValueOrDefault() && !_lastWasReceiveWhile)
            _assertions.Fail("Failed: Block took {0}, exceeding {1}. {2}", elapsed, max, hint);
        return result;
    }

    private TimeSpan RemainingOr(TimeSpan duration) => _end is { } end ? Until(end) : duration;

    // A little longer than the limit, so that what waits for exactly as long inside reports first.
    private static async Task<T> WaitAtMostAsync<T>(Task<T> task, TimeSpan max, CancellationToken cancellationToken)
    {
        try
        {
            return await task.WaitAsync(max + TimeSpan.FromMilliseconds(200), cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            return default;
        }
    }
}
