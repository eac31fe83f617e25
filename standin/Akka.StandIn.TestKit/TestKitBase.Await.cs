namespace Akka.TestKit;

/// <summary>
/// Trying again until something holds. Each attempt runs where the caller's awaits go on, so that the test actor stays the sender of
/// what it tells.
/// </summary>
public abstract partial class TestKitBase
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(100);

    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        WaitFor(AwaitAssertAsync(assertion, duration, interval, cancellationToken));

    public Task AwaitAssertAsync(
        Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        return AwaitAssertAsync(Assertion, duration, interval, cancellationToken);

        Task Assertion()
        {
            assertion();
            return Task.CompletedTask;
        }
    }

    /// <summary>Throws what the last attempt threw, once there is no time for another one.</summary>
    public async Task AwaitAssertAsync(
        Func<Task> assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        var end = Now + RemainingOrDilated(duration);
        while (true)
        {
            var pause = Shorter(Until(end), interval ?? DefaultInterval);
            try
            {
                await assertion().ConfigureAwait(true);
                return;
            }
            catch (Exception) when (Now + pause < end)
            {
                await Task.Delay(pause, cancellationToken).ConfigureAwait(true);
            }
        }
    }

    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        WaitFor(AwaitConditionAsync(conditionIsFulfilled, cancellationToken));

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        WaitFor(AwaitConditionAsync(Async(conditionIsFulfilled), max, cancellationToken));

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, string message, CancellationToken cancellationToken = default) =>
        WaitFor(AwaitConditionAsync(conditionIsFulfilled, max, message, cancellationToken));

    public void AwaitCondition(
        Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string message = null, CancellationToken cancellationToken = default) =>
        WaitFor(AwaitConditionAsync(conditionIsFulfilled, max, interval, message, cancellationToken));

    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(Async(conditionIsFulfilled), cancellationToken);

    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, null, cancellationToken);

    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, cancellationToken);

    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max, string message, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(Async(conditionIsFulfilled), max, message, cancellationToken);

    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, string message, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, RemainingOrDilated(max) / 10, message, cancellationToken);

    public Task AwaitConditionAsync(
        Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string message = null, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(Async(conditionIsFulfilled), max, interval, message, cancellationToken);

    public async Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string message = null, CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        if (!await AwaitConditionNoThrowAsync(conditionIsFulfilled, limit, interval ?? limit, cancellationToken).ConfigureAwait(true))
            _assertions.Fail("Timeout {0} expired while waiting for condition.{1}", limit, message);
    }

    public bool AwaitConditionNoThrow(
        Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        WaitFor(AwaitConditionNoThrowAsync(conditionIsFulfilled, max, interval, cancellationToken));

    public Task<bool> AwaitConditionNoThrowAsync(
        Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        AwaitConditionNoThrowAsync(Async(conditionIsFulfilled), max, interval, cancellationToken);

    public async Task<bool> AwaitConditionNoThrowAsync(
        Func<Task<bool>> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        var end = Now + max;
        while (!await conditionIsFulfilled().ConfigureAwait(true))
        {
            if (Now > end)
                return false;
            await Task.Delay(Shorter(Until(end), interval ?? DefaultInterval), cancellationToken).ConfigureAwait(true);
        }

        return true;
    }

    private static Func<Task<bool>> Async(Func<bool> condition) => () => Task.FromResult(condition());

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
