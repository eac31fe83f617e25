using System.Runtime.ExceptionServices;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Failing, and what the supervisor makes of it: resume, restart or stop. The hooks' order is Akka.NET's.</summary>
internal sealed partial class ActorCell
{
    /// <summary>Whose failure this actor is suspended for: its own, or the child's that it escalated. Null in health.</summary>
    private IInternalActorRef _perpetrator;

    private void Fail(Exception cause)
    {
        if (_perpetrator is not null)
            return;
        try
        {
            Mailbox.Suspend();
            var escalating = CurrentMessage is Failed failed ? failed.Child : null;
            _perpetrator = escalating ?? SelfRef;
            foreach (var child in ChildRefs())
            {
                if (!child.Equals(escalating))
                    child.Suspend();
            }
            ParentRef.SendSystemMessage(new Failed(SelfRef, cause));
        }
        catch (Exception e)
        {
            Publish(new Error(e, SelfRef.Path.ToString(), ActorType, "Emergency stop: exception in failure handling for " + cause));
            foreach (var child in ChildRefs())
                child.Stop();
            FinishTerminate();
        }
    }

    private void ChildFailed(Failed failed)
    {
        (CurrentMessage, Sender) = (failed, failed.Child);
        if (_children?.Stats(failed.Child) is { } stats && _actor is not null)
        {
            var strategy = Props.SupervisorStrategy ?? _actor.Strategy();
            if (!strategy.HandleFailure(this, failed.Child, failed.Cause, stats, _children.AllStats()))
                ExceptionDispatchInfo.Throw(failed.Cause);
        }
        else
        {
            Publish(new Debug(SelfRef.Path.ToString(), ActorType, $"Dropping Failed({failed.Cause}) from unknown child {failed.Child}"));
        }
        CurrentMessage = null;
    }

    private void SuspendWithChildren()
    {
        Mailbox.Suspend();
        foreach (var child in ChildRefs())
            child.Suspend();
    }

    private void ResumeWithChildren(Exception causedByFailure)
    {
        if (_actor is null)
        {
            RetryCreation("Changing Resume into Create after " + causedByFailure);
            return;
        }
        var perpetrator = _perpetrator;
        Mailbox.Resume();
        if (causedByFailure is not null)
            _perpetrator = null;
        foreach (var child in ChildRefs())
            child.Resume(child.Equals(perpetrator) ? causedByFailure : null);
    }

    private void Recreate(Exception cause)
    {
        if (_actor is null)
        {
            RetryCreation("Changing Recreate into Create after " + cause);
            return;
        }
        if (IsTerminating)
            return;
        var message = CurrentMessage;
        try
        {
            _actor.Restarting(cause, message);
        }
        catch (Exception e)
        {
            Publish(new Error(new PreRestartException(SelfRef, e, cause, message), SelfRef.Path.ToString(), _actor.GetType(), e.Message));
        }
        ReleaseActor();
        if (_children?.WaitForCondemned(SuspendReason.Recreation, cause) != true)
            FinishRecreate(cause);
    }

    private void FinishRecreate(Exception cause)
    {
        var survivors = ChildRefs();
        try
        {
            Mailbox.Resume();
            _perpetrator = null;
            _actor = NewActor();
            _actor.Restarted(cause);
            if (SystemImpl.Settings.EmitActorTelemetry)
                SystemImpl.EventStream.Publish(new ActorRestarted(Self, ActorType, cause));
            foreach (var survivor in survivors)
                survivor.Restart(cause);
            RestartReceiveTimeout(null);
        }
        catch (Exception e)
        {
            ReleaseActor();
            _actor = null;
            Fail(new PostRestartException(SelfRef, e, cause));
        }
    }

    /// <summary>The constructor or PreStart failed, so there is no instance to resume or restart.</summary>
    private void RetryCreation(string log)
    {
        Publish(new Error(null, SelfRef.Path.ToString(), ActorType, log));
        SetReceiveTimeout(null);
        var children = _children?.CondemnAll(SuspendReason.Creation) ?? [];
        foreach (var child in children)
            child.Stop();
        if (children.Length == 0)
            FinishCreate();
    }

    private void FinishCreate()
    {
        Mailbox.Resume();
        _perpetrator = null;
        try
        {
            Create();
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private void Terminate()
    {
        var wasTerminating = IsTerminating;
        SetReceiveTimeout(null);
        StopWatching();
        var children = Interlocked.CompareExchange(ref _children, Children.OfTheDead, null)?.CondemnAll(SuspendReason.Termination) ?? [];
        if (children.Length == 0)
        {
            FinishTerminate();
            return;
        }
        if (!wasTerminating)
        {
            Mailbox.Suspend();
            _perpetrator = SelfRef;
        }
        foreach (var child in children)
            child.Stop();
    }

    private void FinishTerminate()
    {
        try
        {
            _actor?.Stopped();
            if (SystemImpl.Settings.EmitActorTelemetry)
                SystemImpl.EventStream.Publish(new ActorStopped(Self, ActorType));
        }
        catch (Exception e)
        {
            Publish(new Error(e, SelfRef.Path.ToString(), ActorType, e.Message));
        }
        finally
        {
            ReleaseActor();
            Mailbox.Close();
            ParentRef.SendSystemMessage(new DeathWatchNotification(SelfRef, existenceConfirmed: true, addressTerminated: false));
            TellWatchersOfDeath();
            StopWatching();
            _actor = null;
            _children = Children.OfTheDead;
            _heldBack = null;
            Props = null;
        }
    }
}
