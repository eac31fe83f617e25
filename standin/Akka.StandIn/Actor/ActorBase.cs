using Akka.Event;

namespace Akka.Actor;

public abstract class ActorBase
{
    protected ActorBase()
    {
        var cell = ActorCell.Current ?? throw new ActorInitializationException(
            "Do not create actors using 'new', always create them using an ActorContext/System");
        if (this is IWithTimers withTimers)
            withTimers.Timers = new TimerScheduler(cell);
    }

    protected IActorRef Self => Context.Self;

    protected IActorRef Sender => Context.Sender;

    protected static IActorContext Context => ActorCell.Current ?? throw new NotSupportedException(
        "There is no active ActorContext, this is most likely due to use of async operations from within this actor.");

    protected static Receive EmptyReceive => _ => false;

    protected abstract bool Receive(object message);

    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);
        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    protected virtual void PreStart() { }

    protected virtual void PostStop() { }

    /// <summary>Runs on the failed instance; stops the children, then <see cref="PostStop"/>.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }
        PostStop();
    }

    /// <summary>Runs on the new instance.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    protected virtual SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.DefaultStrategy;

    protected void Become(Receive receive) => Context.Become(receive);

    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);

    internal SupervisorStrategy Strategy() => SupervisorStrategy();

    internal void Handle(Receive behaviour, object message)
    {
        if (!(behaviour is null ? Receive(message) : behaviour(message)))
            Unhandled(message);
    }

    internal void Start() => PreStart();

    internal void Stopped()
    {
        CancelTimers();
        PostStop();
    }

    internal void Restarting(Exception reason, object message)
    {
        CancelTimers();
        PreRestart(reason, message);
    }

    internal void Restarted(Exception reason) => PostRestart(reason);

    internal void CancelTimers() => (this as IWithTimers)?.Timers?.CancelAll();
}
