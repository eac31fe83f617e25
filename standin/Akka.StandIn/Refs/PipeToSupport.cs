namespace Akka.Actor;

public static class PipeToSupport
{
    public static Task PipeTo<T>(
        this Task<T> taskToPipe,
        ICanTell recipient,
        IActorRef sender = null,
        Func<T, object> success = null,
        Func<Exception, object> failure = null) => Pipe(taskToPipe, recipient, sender, success, failure);

    public static Task PipeTo<T>(
        this ValueTask<T> taskToPipe,
        ICanTell recipient,
        IActorRef sender = null,
        Func<T, object> success = null,
        Func<Exception, object> failure = null) => Pipe(taskToPipe.AsTask(), recipient, sender, success, failure);

    public static Task PipeTo(
        this Task taskToPipe,
        ICanTell recipient,
        IActorRef sender = null,
        Func<object> success = null,
        Func<Exception, object> failure = null) => Pipe(taskToPipe, recipient, sender, success, failure);

    public static Task PipeTo(
        this ValueTask taskToPipe,
        ICanTell recipient,
        IActorRef sender = null,
        Func<object> success = null,
        Func<Exception, object> failure = null) => Pipe(taskToPipe.AsTask(), recipient, sender, success, failure);

    private static async Task Pipe<T>(
        Task<T> task, ICanTell recipient, IActorRef sender, Func<T, object> success, Func<Exception, object> failure)
    {
        try
        {
            var result = await task.ConfigureAwait(false);
            recipient.Tell(success is null ? result : success(result), sender);
        }
        catch (Exception e)
        {
            recipient.Tell(failure is null ? new Status.Failure(e) : failure(e), sender);
        }
    }

    /// <summary>A task without a result tells only what <paramref name="success"/> makes.</summary>
    private static async Task Pipe(
        Task task, ICanTell recipient, IActorRef sender, Func<object> success, Func<Exception, object> failure)
    {
        try
        {
            await task.ConfigureAwait(false);
            if (success is not null)
                recipient.Tell(success(), sender);
        }
        catch (Exception e)
        {
            recipient.Tell(failure is null ? new Status.Failure(e) : failure(e), sender);
        }
    }
}
