using Akka.Actor;

namespace Akka.TestKit;

internal sealed class EventFilterApplier(TestKitBase testKit, ActorSystem system, IReadOnlyList<EventFilter> filters) : IEventFilterApplier
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public EventFilterFactory And => new(testKit, system, filters);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, action, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) => Expect(1, timeout, action, cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) => Expect(1, func, cancellationToken);

    public T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Intercept(() => Task.FromResult(func()), 1, timeout, cancellationToken).GetAwaiter().GetResult();

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) => ExpectAsync(1, actionAsync, cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, timeout, action, cancellationToken);

    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) => ExpectAsync(1, func, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Intercept(Returning(action), expectedCount, null, cancellationToken).GetAwaiter().GetResult();

    public void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Intercept(Returning(action), expectedCount, timeout, cancellationToken).GetAwaiter().GetResult();

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        Intercept(() => Task.FromResult(func()), expectedCount, null, cancellationToken).GetAwaiter().GetResult();

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Intercept(Returning(actionAsync), expectedCount, null, cancellationToken);

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        Intercept(Returning(action), expectedCount, timeout, cancellationToken);

    public Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(func, expectedCount, null, cancellationToken);

    public void Mute(Action action, CancellationToken cancellationToken = default) =>
        Intercept(Returning(action), null, null, cancellationToken).GetAwaiter().GetResult();

    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default) =>
        Intercept(() => Task.FromResult(func()), null, null, cancellationToken).GetAwaiter().GetResult();

    public Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default) => Intercept(Returning(action), null, null, cancellationToken);

    public IUnmutableFilter Mute()
    {
        TestEventListener.For(system)?.Mute(filters);
        return new Unmutable(system, filters);
    }

    private async Task<T> Intercept<T>(Func<Task<T>> block, int? expected, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var limit = timeout is { } given ? testKit.Dilated(given) : testKit.TestKitSettings.TestEventFilterLeeway;
        var count = 0;
        foreach (var filter in filters)
            filter.Matched += Count;
        using var muted = Mute();
        try
        {
            var result = await block().ConfigureAwait(true);
            await AwaitCount(expected, () => Volatile.Read(ref count), limit, cancellationToken).ConfigureAwait(true);
            return result;
        }
        finally
        {
            foreach (var filter in filters)
                filter.Matched -= Count;
        }

        void Count() => Interlocked.Increment(ref count);
    }

    // Where none is expected, all of the time has to pass without one.
    private async Task AwaitCount(int? expected, Func<int> count, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (expected is not { } wanted)
            return;
        await testKit.AwaitConditionNoThrowAsync(() => count() >= Math.Max(wanted, 1), limit, Interval, cancellationToken).ConfigureAwait(true);
        var actual = count();
        if (actual < wanted)
        {
            testKit.Fail($"Timeout ({limit}) while waiting for messages. Only received {actual}/{wanted} messages that matched filter [{string.Join(",", filters)}]");
        }
        else if (actual > wanted)
        {
            testKit.Fail($"Received {actual - wanted} too many messages. Expected {wanted} but received {actual} that matched filter [{string.Join(",", filters)}]");
        }
    }

    private static Func<Task<bool>> Returning(Action action) => () =>
    {
        action();
        return Task.FromResult(true);
    };

    private static Func<Task<bool>> Returning(Func<Task> action) => async () =>
    {
        await action().ConfigureAwait(true);
        return true;
    };

    private sealed class Unmutable(ActorSystem system, IReadOnlyList<EventFilter> filters) : IUnmutableFilter
    {
        public void Unmute() => TestEventListener.For(system)?.Unmute(filters);

        public void Dispose() => Unmute();
    }
}
