using Akka.Actor;

namespace Akka.TestKit;

/// <summary>
/// The next message is what it should be, within the given time-out (dilated), or within what is left of <c>Within</c>, or within
/// <c>akka.test.single-expect-default</c>.
/// </summary>
public abstract partial class TestKitBase
{
    public T ExpectMsg<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        WaitFor(ExpectMsgAsync<T>(duration, hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(duration, hint, (_, _) => { }, cancellationToken);

    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        WaitFor(ExpectMsgAsync(message, timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, hint, (received, _) => _assertions.AssertEqual(message, received), cancellationToken);

    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        WaitFor(ExpectMsgAsync(isMessage, timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, hint, (received, _) => AssertMatch(isMessage, received, hint), cancellationToken);

    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        WaitFor(ExpectMsgAsync(assert, timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T> assert, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, hint, (received, _) => assert(received), cancellationToken);

    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        WaitFor(ExpectMsgFromAsync<T>(sender, duration, hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(duration, hint, (_, from) => AssertSender(sender, from, hint), cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        WaitFor(ExpectMsgFromAsync(sender, message, timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default)
    {
        return ExpectAsync<T>(timeout, hint, Check, cancellationToken);

        void Check(T received, IActorRef from)
        {
            AssertSender(sender, from, hint);
            _assertions.AssertEqual(message, received);
        }
    }

    public T ExpectMsgFrom<T>(
        IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        WaitFor(ExpectMsgFromAsync(sender, isMessage, timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default)
    {
        return ExpectAsync<T>(timeout, hint, Check, cancellationToken);

        void Check(T received, IActorRef from)
        {
            AssertSender(sender, from, hint);
            AssertMatch(isMessage, received, hint);
        }
    }

    public Terminated ExpectTerminated(
        IActorRef target, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        WaitFor(ExpectTerminatedAsync(target, timeout, hint, cancellationToken));

    public ValueTask<Terminated> ExpectTerminatedAsync(
        IActorRef target, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default)
    {
        var awaited = $"Terminated {target}. {hint}";
        return ExpectAsync<Terminated>(
            timeout, awaited, (received, _) => _assertions.AssertEqual(target, received.ActorRef, "{0}", awaited), cancellationToken);
    }

    private async ValueTask<T> ExpectAsync<T>(TimeSpan? timeout, string hint, Action<T, IActorRef> check, CancellationToken cancellationToken)
    {
        var limit = RemainingOrDilated(timeout);
        var (success, envelope) = await TryReceiveOneAsync(limit, cancellationToken).ConfigureAwait(false);
        if (!success)
            _assertions.Fail("Failed: Timeout {0} while waiting for a message of type {1} {2}", limit, typeof(T), hint);
        if (envelope.Message is not T message)
        {
            _assertions.Fail(
                "Failed: Expected a message of type {0}, but received {{{1}}} (type {2}) instead {3} from {4}",
                typeof(T), envelope.Message, envelope.Message?.GetType(), hint, envelope.Sender);
            return default;
        }

        check(message, envelope.Sender);
        return message;
    }

    private void AssertMatch<T>(Predicate<T> isMessage, T message, string hint) => _assertions.AssertTrue(
        isMessage(message),
        "Got a message of the expected type <{0}>. Also expected {1} but the message {{{2}}} of type <{3}> did not match",
        typeof(T), hint ?? "the predicate to return true", message, message.GetType());

    private void AssertSender(IActorRef expected, IActorRef actual, string hint) => _assertions.AssertEqual(
        expected, actual, "Sender does not match. Got a message from sender {0}. But expected {1} {2}", actual, expected, hint);
}
