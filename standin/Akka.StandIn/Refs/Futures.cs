using System.Collections.Concurrent;

namespace Akka.Actor;

public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<T>(_ => message, timeout, cancellationToken);

    public static Task<T> Ask<T>(
        this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var system = SystemOf(self) ?? throw new ArgumentException("Unable to resolve the target Provider", nameof(self));
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var limit = timeout ?? system.Settings.AskTimeout;
        if (limit > TimeSpan.Zero || cancellationToken.CanBeCanceled)
            GiveUpAfter(answer, limit, cancellationToken);
        var future = new FutureActorRef<T>(system, answer);
        if (system.LocalProvider.TempActors is { } temps)
            BeReachable(future, answer.Task, temps);
        self.Tell(messageFactory(future), future);
        return answer.Task;
    }

    private static void GiveUpAfter<T>(TaskCompletionSource<T> answer, TimeSpan limit, CancellationToken cancellationToken)
    {
        var timer = limit > TimeSpan.Zero
            ? new Timer(_ => answer.TrySetException(new AskTimeoutException($"Timeout after {limit.TotalSeconds:F2} seconds")), null, limit, Timeout.InfiniteTimeSpan)
            : null;
        var registration = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        answer.Task.ContinueWith(
            _ =>
            {
                timer?.Dispose();
                registration.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>For who answers from another process, until the ask has ended.</summary>
    private static void BeReachable<T>(FutureActorRef<T> future, Task answer, ConcurrentDictionary<string, IInternalActorRef> temps)
    {
        var name = future.Path.Name;
        temps[name] = future;
        answer.ContinueWith(_ => temps.TryRemove(name, out IInternalActorRef _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static ActorSystemImpl SystemOf(ICanTell target) => target switch
    {
        ActorSelection selection => SystemOf(selection.Anchor),
        Nobody => ActorCell.Current?.SystemImpl,
        IInternalActorRef actorRef => actorRef.System,
        _ => ActorCell.Current?.SystemImpl,
    };
}
