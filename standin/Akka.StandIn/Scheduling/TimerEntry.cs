namespace Akka.Actor;

/// <summary>One pending timer: a link in the ring of its slot on the wheel, whose first one's previous is the last. Guarded by the wheel's lock.</summary>
internal sealed class TimerEntry(HashedWheelTimerScheduler wheel, Action action, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable)
{
    internal TimerEntry Previous;
    internal TimerEntry Next;

    /// <summary>The tick at which it is due.</summary>
    internal long Due;

    /// <summary>Ticks between firings; 0 for once.</summary>
    internal long Period;

    internal bool IsCancelled => cancelable is { IsCancellationRequested: true };

    internal void Remove() => wheel.Remove(this);

    internal void Fire()
    {
        if (IsCancelled)
            return;
        if (action is null)
            receiver.Tell(message, sender);
        else
            action();
    }
}
