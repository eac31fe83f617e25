using System.Runtime.CompilerServices;

namespace Akka.TestKit;

/// <summary>Several messages, one of several, or none.</summary>
public abstract partial class TestKitBase
{
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => WaitFor(ExpectNoMsgAsync(cancellationToken).AsTask());

    /// <summary>Waits for all of the time that is left of Within, or else for <c>akka.test.single-expect-default</c>.</summary>
    public ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) => ExpectNothingAsync(RemainingOrDefault, cancellationToken);

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) =>
        WaitFor(ExpectNoMsgAsync(duration, cancellationToken).AsTask());

    public ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) =>
        ExpectNothingAsync(Dilated(duration), cancellationToken);

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        WaitFor(ExpectNoMsgAsync(milliseconds, cancellationToken).AsTask());

    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNothingAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        WaitFor(ExpectMsgAnyOfAsync(messages, cancellationToken));

    public async ValueTask<T> ExpectMsgAnyOfAsync<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDefault;
        var expected = messages.ToList();
        var message = await ReceiveOneAsync(limit, cancellationToken).ConfigureAwait(false);
        _assertions.AssertTrue(
            message is not null, "Timeout {0} during waiting for ExpectMsgAnyOf waiting for ({1})", limit, string.Join(",", expected));
        _assertions.AssertTrue(message is T typed && expected.Contains(typed), "ExpectMsgAnyOf found unexpected {0}", message);
        return (T)message;
    }

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => ExpectMsgAllOf((IReadOnlyCollection<T>)messages);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        WaitFor(ExpectAllAsync(RemainingOrDefault, messages, cancellationToken));

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) => ExpectMsgAllOf(max, (IReadOnlyCollection<T>)messages);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        WaitFor(ExpectAllAsync(Dilated(max), messages, cancellationToken));

    public async IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(
        IReadOnlyCollection<T> messages, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var message in await ExpectAllAsync(RemainingOrDefault, messages, cancellationToken).ConfigureAwait(false))
            yield return message;
    }

    private async ValueTask ExpectNothingAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var start = Now;
        var (success, envelope) = await TryReceiveOneAsync(duration, cancellationToken).ConfigureAwait(false);
        if (success)
            _assertions.Fail("Failed: Expected no messages during {0}, instead we received {1} after {2}", duration, envelope, Now - start);
    }

    // As many messages as expected, in any order, each of them once.
    private async Task<IReadOnlyCollection<T>> ExpectAllAsync<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken)
    {
        var missing = messages.ToList();
        var unexpected = new List<object>();
        var received = await ReceiveAllAsync(missing.Count, max, cancellationToken).ConfigureAwait(false);
        foreach (var message in received)
        {
            if (message is not T typed || !missing.Remove(typed))
                unexpected.Add(message);
        }

        if (missing.Count + unexpected.Count > 0)
            _assertions.Fail("not found [{0}] found unexpected [{1}]", string.Join(", ", missing), string.Join(", ", unexpected));
        return [.. received.Cast<T>()];
    }
}
