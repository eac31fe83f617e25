using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// What stays of an actor over its restarts: mailbox, context, children, watches. All of it belongs to the thread that the mailbox runs on,
/// except for the mailbox itself and the children's names. Parts that an idle actor doesn't need are made when first used.
/// </summary>
internal sealed partial class ActorCell : IUntypedActorContext
{
    [ThreadStatic]
    private static ActorCell _current;

    private ActorBase _actor;
    private Receive _behaviour; // Null stands for the actor's own Receive.
    private Stack<Receive> _outerBehaviours;
    private ActorTaskScheduler _taskScheduler;

    internal ActorCell(ActorSystemImpl system, LocalActorRef self, Props props, IInternalActorRef parent)
    {
        SystemImpl = system;
        SelfRef = self;
        Props = props;
        ParentRef = parent;
        self.Cell = this;
        Mailbox = new Mailbox(this, props is { RunsOnCallingThread: true });
    }

    /// <summary>The actor that this thread is in.</summary>
    internal static ActorCell Current
    {
        get => _current;
        set => _current = value;
    }

    public ActorSystem System => SystemImpl;
    public IActorRef Self => SelfRef;
    public IActorRef Parent => ParentRef;
    public IActorRef Sender { get; private set; }
    public Props Props { get; private set; }

    internal ActorSystemImpl SystemImpl { get; }
    internal LocalActorRef SelfRef { get; }
    internal IInternalActorRef ParentRef { get; }
    internal Mailbox Mailbox { get; }
    internal object CurrentMessage { get; private set; }

    /// <summary>Tells the stash whether it has this message already.</summary>
    internal int MessageNumber { get; private set; }

    internal ActorTaskScheduler TaskScheduler => _taskScheduler ??= new ActorTaskScheduler(this);

    private Type ActorType => Props?.Type ?? typeof(ActorCell);

    public void Become(Receive receive) => _behaviour = receive;

    public void BecomeStacked(Receive receive)
    {
        (_outerBehaviours ??= new Stack<Receive>()).Push(_behaviour);
        _behaviour = receive;
    }

    public void UnbecomeStacked()
    {
        if (_outerBehaviours is { Count: > 0 })
            _behaviour = _outerBehaviours.Pop();
    }

    public void Become(UntypedReceive receive) => Become(Handling(receive));

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(Handling(receive));

    public ActorSelection ActorSelection(ActorPath actorPath) => SystemImpl.ActorSelection(actorPath);

    public ActorSelection ActorSelection(string actorPath) =>
        actorPath.StartsWith('/') || actorPath.Contains("://") ? SystemImpl.ActorSelection(actorPath) : new ActorSelection(Self, actorPath);

    private static Receive Handling(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private ActorBase NewActor()
    {
        ForgetBehaviour();
        var actor = Props.NewActor() ?? throw new ActorInitializationException(SelfRef, $"The producer of {Props.Type} returned null.");
        (actor as ReceiveActor)?.Constructed();
        if (actor is IActorStash { Stash: null } stashing)
            stashing.Stash = new UnboundedStash(this);
        return actor;
    }

    /// <summary>Lets go of an instance that has had its last hook; messages in its stash go back to the mailbox.</summary>
    private void ReleaseActor()
    {
        if (_actor is null)
            return;
        try
        {
            _actor.CancelTimers();
            (_actor as IActorStash)?.Stash?.UnstashAll();
            (_actor as IDisposable)?.Dispose();
            Props.Release(_actor);
        }
        catch (Exception e)
        {
            SystemImpl.Log.Error(e, "An error occurred while disposing {0} actor. Reason: {1}", _actor.GetType(), e.Message);
        }
        CurrentMessage = null;
        ForgetBehaviour();
    }

    private void ForgetBehaviour()
    {
        _behaviour = null;
        _outerBehaviours = null;
    }
}
