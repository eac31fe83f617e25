using Akka.Event;

namespace Akka.Actor;

/// <summary>One message at a time: what the mailbox calls.</summary>
internal sealed partial class ActorCell
{
    private List<SystemMessage> _heldBack;

    private Occupation Occupation =>
        _children is { IsWaiting: true } ? Occupation.AwaitsChildren : Mailbox.IsSuspended ? Occupation.Suspended : Occupation.None;

    internal void Invoke(in Envelope envelope)
    {
        var message = envelope.Message;
        CurrentMessage = message;
        MessageNumber++;
        Sender = envelope.Sender;
        if (_receiveTimeout is not null && message is not INotInfluenceReceiveTimeout)
            CancelReceiveTimeout();
        try
        {
            if (message is IAutoReceivedMessage)
                AutoReceive(message);
            else
                _actor.Handle(_behaviour, message);
            CurrentMessage = null;
        }
        catch (Exception e)
        {
            Fail(e);
        }
        if (_receiveTimeout is not null)
            RestartReceiveTimeout(message);
    }

    internal void Invoke(SystemMessage message)
    {
        var before = Occupation;
        if (before > message.HandledUpTo)
        {
            (_heldBack ??= []).Add(message);
            return;
        }
        try
        {
            Handle(message);
        }
        catch (Exception e)
        {
            Fail(e);
        }
        if (_heldBack is { } heldBack && Occupation < before)
        {
            _heldBack = null;
            foreach (var later in heldBack)
            {
                if (!Mailbox.IsClosed)
                    Invoke(later);
            }
        }
    }

    private void Handle(SystemMessage message)
    {
        switch (message)
        {
            case Continuation continuation:
                Continue(continuation);
                break;
            case global::Akka.Actor.Create:
                Create();
                break;
            case Watch watch:
                AddWatcher(watch.Watcher);
                break;
            case Unwatch unwatch:
                RemoveWatcher(unwatch.Watcher);
                break;
            case DeathWatchNotification death:
                WatchedActorTerminated(death);
                break;
            case Failed failed:
                ChildFailed(failed);
                break;
            case global::Akka.Actor.Terminate:
                Terminate();
                break;
            case global::Akka.Actor.Suspend:
                SuspendWithChildren();
                break;
            case Resume resume:
                ResumeWithChildren(resume.CausedByFailure);
                break;
            case Recreate recreate:
                Recreate(recreate.Cause);
                break;
            default:
                throw new NotSupportedException($"Unknown message {message.GetType().Name}");
        }
    }

    private void AutoReceive(object message)
    {
        switch (message)
        {
            case Terminated terminated:
                ReceiveTerminated(terminated);
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case PoisonPill:
                SelfRef.Stop();
                break;
            case TimerScheduler.Tick tick:
                ReceiveTick(tick);
                break;
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, Self), Self);
                break;
        }
    }

    private void ReceiveTick(TimerScheduler.Tick tick)
    {
        if (!tick.TryTake(_actor, out var message))
            return;
        CurrentMessage = message;
        if (message is IAutoReceivedMessage)
            AutoReceive(message);
        else
            _actor.Handle(_behaviour, message);
    }

    private void Continue(Continuation continuation)
    {
        CurrentMessage = continuation.Envelope.Message;
        Sender = continuation.Envelope.Sender;
        if (continuation.Failure is null)
        {
            continuation.Execute();
            CurrentMessage = null;
            return;
        }
        Mailbox.Resume();
        Fail(continuation.Failure);
    }

    private void Create()
    {
        try
        {
            _actor = NewActor();
            _actor.Start();
            RestartReceiveTimeout(null);
            if (SystemImpl.Settings.EmitActorTelemetry)
                SystemImpl.EventStream.Publish(new ActorStarted(Self, ActorType));
        }
        catch (Exception e)
        {
            ReleaseActor();
            _actor = null;
            throw new ActorInitializationException(SelfRef, "Exception during creation", e);
        }
    }

    private void Publish(LogEvent @event) => SystemImpl.EventStream.Publish(@event);
}
