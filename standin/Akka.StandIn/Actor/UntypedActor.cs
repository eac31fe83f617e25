using Akka.Dispatch;

namespace Akka.Actor;

public abstract class UntypedActor : ActorBase
{
    protected static new IUntypedActorContext Context => (IUntypedActorContext)ActorBase.Context;

    protected abstract void OnReceive(object message);

    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    protected void Become(UntypedReceive receive) => Context.Become(receive);

    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);

    protected void RunTask(Action action) => ActorTaskScheduler.RunTask(action);

    protected void RunTask(Func<Task> action) => ActorTaskScheduler.RunTask(action);
}
