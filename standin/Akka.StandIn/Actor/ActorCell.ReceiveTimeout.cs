namespace Akka.Actor;

internal sealed partial class ActorCell
{
    private PendingTimeout _receiveTimeout;

    public TimeSpan? ReceiveTimeout => _receiveTimeout?.Duration;

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        CancelReceiveTimeout();
        _receiveTimeout = timeout is { } duration ? new PendingTimeout(duration) : null;
    }

    /// <summary>After each message: one that doesn't count leaves the running timeout alone.</summary>
    internal void RestartReceiveTimeout(object message)
    {
        if (_receiveTimeout is not { } timeout || Mailbox.IsClosed || (timeout.Running is not null && message is INotInfluenceReceiveTimeout))
            return;
        timeout.Running?.Cancel();
        timeout.Running = System.Scheduler.ScheduleTellOnceCancelable(timeout.Duration, Self, Actor.ReceiveTimeout.Instance, Self);
    }

    private void CancelReceiveTimeout()
    {
        if (_receiveTimeout is not { } timeout)
            return;
        timeout.Running?.Cancel();
        timeout.Running = null;
    }

    private sealed class PendingTimeout(TimeSpan duration)
    {
        internal TimeSpan Duration { get; } = duration;
        internal ICancelable Running { get; set; }
    }
}
