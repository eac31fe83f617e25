using Akka.Event;

namespace Akka.Actor;

/// <summary>What keeps actors alive and dead. A mailbox handles these before any user message; each instance is sent once, as it is a link of one list.</summary>
internal abstract class SystemMessage
{
    internal SystemMessage Next;

    /// <summary>How occupied the actor may be to handle this; more, and it is held back.</summary>
    internal virtual Occupation HandledUpTo => Occupation.AwaitsChildren;
}

internal enum Occupation
{
    None,

    /// <summary>For a failure, its own or its parent's, or for an async handler.</summary>
    Suspended,

    /// <summary>The end of its children, to restart or to end itself.</summary>
    AwaitsChildren,
}

internal sealed class Create : SystemMessage;

internal sealed class Recreate(Exception cause) : SystemMessage
{
    internal Exception Cause { get; } = cause;
    internal override Occupation HandledUpTo => Occupation.Suspended;
}

internal sealed class Suspend : SystemMessage
{
    internal override Occupation HandledUpTo => Occupation.Suspended;
}

internal sealed class Resume(Exception causedByFailure) : SystemMessage
{
    internal Exception CausedByFailure { get; } = causedByFailure;
    internal override Occupation HandledUpTo => Occupation.Suspended;
}

internal sealed class Terminate : SystemMessage;

/// <summary>To the parent: the child has failed and waits, suspended, for a directive.</summary>
internal sealed class Failed(IInternalActorRef child, Exception cause) : SystemMessage
{
    internal IInternalActorRef Child { get; } = child;
    internal Exception Cause { get; } = cause;

    /// <summary>Who is suspended for a failure of its own can't decide about another's, let alone escalate it.</summary>
    internal override Occupation HandledUpTo => Occupation.None;

    public override string ToString() => $"<Failed>: {Child} ({Cause})";
}

internal sealed class Watch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    internal IInternalActorRef Watchee { get; } = watchee;
    internal IInternalActorRef Watcher { get; } = watcher;
}

internal sealed class Unwatch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    internal IInternalActorRef Watchee { get; } = watchee;
    internal IInternalActorRef Watcher { get; } = watcher;
}

internal sealed class DeathWatchNotification(IInternalActorRef actor, bool existenceConfirmed, bool addressTerminated)
    : SystemMessage, IDeadLetterSuppression
{
    internal IInternalActorRef Actor { get; } = actor;
    internal bool ExistenceConfirmed { get; } = existenceConfirmed;
    internal bool AddressTerminated { get; } = addressTerminated;
}

/// <summary>The rest of an async handler: a continuation to run in the actor's context, or the exception that it ended with.</summary>
internal sealed class Continuation(Dispatch.ActorTaskScheduler scheduler, Task task, Exception failure, Envelope envelope) : SystemMessage
{
    internal Envelope Envelope { get; } = envelope;
    internal Exception Failure { get; } = failure;

    internal void Execute() => scheduler.Execute(task);
}
