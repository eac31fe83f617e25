namespace Akka.Actor;

public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>True once the actor has terminated; false when it hadn't after <paramref name="timeout"/>.</summary>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var watched = Watchable(target);
        var watcher = new TerminationActorRef(watched.System);
        watched.SendSystemMessage(new Watch(watched, watcher));
        target.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            return timeout == TimeSpan.Zero
                ? await watcher.Terminated.ConfigureAwait(false)
                : await watcher.Terminated.WaitAsync(timeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            watched.SendSystemMessage(new Unwatch(watched, watcher));
            return false;
        }
    }

    private static IInternalActorRef Watchable(IActorRef target) => target as IInternalActorRef
        ?? throw new InvalidOperationException($"{target} is not an {typeof(IInternalActorRef)} and cannot be death-watched");
}
