namespace Akka.Actor;

internal sealed partial class ActorCell
{
    private object _watchedBy; // The one watcher that most actors have, or a HashSet of several.
    private Watches _watches;

    public IActorRef Watch(IActorRef subject) => StartWatching(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return StartWatching(subject, message);
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (_watches is not null)
        {
            if (_watches.Living.Remove(subject))
                ((IInternalActorRef)subject).SendSystemMessage(new Unwatch((IInternalActorRef)subject, SelfRef));
            _watches.Announced.Remove(subject);
        }
        return subject;
    }

    /// <summary>Lets a <see cref="Terminated"/> that is in the mailbox through, once.</summary>
    internal void AwaitTerminated(IActorRef subject) => (_watches ??= new Watches()).Announced.TryAdd(subject, null);

    private IActorRef StartWatching(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (!subject.Equals(Self) && (_watches ??= new Watches()).Living.TryAdd(subject, message))
            ((IInternalActorRef)subject).SendSystemMessage(new Watch((IInternalActorRef)subject, SelfRef));
        return subject;
    }

    private void AddWatcher(IInternalActorRef watcher)
    {
        if (watcher.Equals(Self) || watcher.Equals(_watchedBy))
            return;
        if (_watchedBy is null)
            _watchedBy = watcher;
        else if (_watchedBy is HashSet<IInternalActorRef> several)
            several.Add(watcher);
        else
            _watchedBy = new HashSet<IInternalActorRef> { (IInternalActorRef)_watchedBy, watcher };
    }

    private void RemoveWatcher(IInternalActorRef watcher)
    {
        if (_watchedBy is HashSet<IInternalActorRef> several)
            several.Remove(watcher);
        else if (watcher.Equals(_watchedBy))
            _watchedBy = null;
    }

    private void WatchedActorTerminated(DeathWatchNotification death)
    {
        if (_watches is not null && _watches.Living.Remove(death.Actor, out var message) && !IsTerminating)
        {
            // Through the mailbox, behind all that the dead actor had sent; Unwatch may still call it back.
            _watches.Announced[death.Actor] = message;
            SelfRef.Tell(new Terminated(death.Actor, death.ExistenceConfirmed, death.AddressTerminated), death.Actor);
        }
        if (_children?.Contains(death.Actor) == true)
            ChildTerminated(death.Actor);
    }

    private void ReceiveTerminated(Terminated terminated)
    {
        if (_watches is null || !_watches.Announced.Remove(terminated.ActorRef, out var message))
            return;
        CurrentMessage = message ?? terminated;
        _actor.Handle(_behaviour, CurrentMessage);
    }

    private void StopWatching()
    {
        if (_watches is null)
            return;
        foreach (var watched in _watches.Living.Keys)
            ((IInternalActorRef)watched).SendSystemMessage(new Unwatch((IInternalActorRef)watched, SelfRef));
        _watches = null;
    }

    private void TellWatchersOfDeath()
    {
        var watchers = _watchedBy as IEnumerable<IInternalActorRef> ?? (_watchedBy is IInternalActorRef only ? [only] : []);
        foreach (var watcher in watchers)
        {
            // The parent has been told already.
            if (!watcher.Equals(Parent))
                watcher.SendSystemMessage(new DeathWatchNotification(SelfRef, existenceConfirmed: true, addressTerminated: false));
        }
        _watchedBy = null;
    }

    /// <summary>Whom this actor watches, and whose death is announced by a message in the mailbox; the values are WatchWith's messages.</summary>
    private sealed class Watches
    {
        internal Dictionary<IActorRef, object> Living { get; } = [];
        internal Dictionary<IActorRef, object> Announced { get; } = [];
    }
}
