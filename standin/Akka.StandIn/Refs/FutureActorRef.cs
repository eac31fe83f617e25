namespace Akka.Actor;

/// <summary>The sender of an ask: the first answer completes the task; later ones, and those of a wrong type, are dead letters.</summary>
internal sealed class FutureActorRef<T>(ActorSystemImpl system, TaskCompletionSource<T> answer) : MinimalActorRef
{
    public override ActorPath Path { get; } = system.NextTempPath();

    internal override ActorSystemImpl System => system;

    public override void Tell(object message, IActorRef sender)
    {
        var taken = message switch
        {
            T expected => answer.TrySetResult(expected),
            null => answer.TrySetResult(default),
            Status.Failure failure => answer.TrySetException(failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message.")),
            _ => answer.TrySetException(new ArgumentException(
                $"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]")) && false,
        };
        if (!taken && message is not null && !answer.Task.IsCanceled)
            system.DeadLetterRef.Bury(message, sender, this);
    }
}

/// <summary>Watches one actor for somebody who is no actor.</summary>
internal sealed class TerminationActorRef(ActorSystemImpl system) : MinimalActorRef
{
    private readonly TaskCompletionSource<bool> _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ActorPath Path { get; } = system.NextTempPath();

    internal override ActorSystemImpl System => system;

    internal Task<bool> Terminated => _terminated.Task;

    internal override void SendSystemMessage(SystemMessage message)
    {
        if (message is DeathWatchNotification)
            _terminated.TrySetResult(true);
    }
}
