using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor whose behaviours are lists of typed handlers, tried in the order in which they were given.</summary>
public abstract class ReceiveActor : UntypedActor
{
    private HandlerList _configured = new();
    private readonly HandlerList _initial;

    protected ReceiveActor() => _initial = _configured;

    internal void Constructed() => _configured = null;

    protected sealed override void OnReceive(object message)
    {
        HandleWith(_initial, message);
    }

    protected void Become(Action configure)
    {
        var handlers = Configured(configure);
        base.Become(message => HandleWith(handlers, message));
    }

    protected void BecomeStacked(Action configure)
    {
        var handlers = Configured(configure);
        base.BecomeStacked(message => HandleWith(handlers, message));
    }

    protected void Receive<T>(Action<T> handler, Predicate<T> shouldHandle = null) => Add<T>(
        message =>
        {
            if (shouldHandle is not null && !shouldHandle(message))
                return false;
            handler(message);
            return true;
        });

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    protected void Receive<T>(Func<T, bool> handler) => Add(handler);

    protected void Receive(Type messageType, Action<object> handler, Predicate<object> shouldHandle = null) =>
        Receive(handler, message => messageType.IsInstanceOfType(message) && shouldHandle?.Invoke(message) != false);

    protected void ReceiveAny(Action<object> handler)
    {
        Receive(handler);
        _configured.IsComplete = true;
    }

    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T> shouldHandle = null) =>
        Receive(message => ActorTaskScheduler.RunTask(() => handler(message)), shouldHandle);

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => ReceiveAsync(handler, shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAny(message => ActorTaskScheduler.RunTask(() => handler(message)));

    private void HandleWith(HandlerList handlers, object message)
    {
        if (!handlers.TryHandle(message))
            Unhandled(message);
    }

    private HandlerList Configured(Action configure)
    {
        var (outer, handlers) = (_configured, new HandlerList());
        _configured = handlers;
        try
        {
            configure();
        }
        finally
        {
            _configured = outer;
        }
        return handlers;
    }

    private void Add<T>(Func<T, bool> handler)
    {
        if (_configured is null)
            throw new InvalidOperationException("You may only call Receive-methods when constructing the actor and inside Become().");
        if (_configured.IsComplete)
            throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
        _configured.Add(new Handler<T>(handler));
    }

    private abstract class Handler
    {
        internal abstract bool TryHandle(object message);
    }

    private sealed class Handler<T>(Func<T, bool> handle) : Handler
    {
        internal override bool TryHandle(object message) => message is T expected && handle(expected);
    }

    private sealed class HandlerList : List<Handler>
    {
        internal bool IsComplete { get; set; }

        internal bool TryHandle(object message)
        {
            foreach (var handler in this)
            {
                if (handler.TryHandle(message))
                    return true;
            }
            return false;
        }
    }
}
