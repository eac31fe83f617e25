namespace Akka.Actor;

public abstract class AkkaException(string message = null, Exception cause = null) : Exception(message, cause)
{
    public Exception Cause => InnerException;
}

public class InvalidActorNameException(string message, Exception innerException = null) : AkkaException(message, innerException);

public class InvalidMessageException(string message = "Message is null") : AkkaException(message);

public class AskTimeoutException(string message) : AkkaException(message);

public class ActorKilledException(string message = "Kill") : AkkaException(message);

public class ActorNotFoundException(string message, Exception innerException = null) : AkkaException(message, innerException);

public class IllegalActorStateException(string message) : AkkaException(message);

public class StashOverflowException(string message, Exception cause = null) : AkkaException(message, cause);

public sealed class SchedulerException(string message) : AkkaException(message);

public class DeathPactException(IActorRef deadActor) : AkkaException($"Monitored actor [{deadActor}] terminated")
{
    public IActorRef DeadActor { get; } = deadActor;
}

public class ActorInitializationException(IActorRef actor, string message, Exception cause = null) : AkkaException(message, cause)
{
    public ActorInitializationException(string message, Exception cause = null)
        : this(null, message, cause) { }

    public IActorRef Actor { get; set; } = actor;

    public override string ToString() => Actor is null ? base.ToString() : $"{Actor}: {base.ToString()}";
}

public class PreRestartException(IActorRef actor, Exception restartException, Exception cause, object optionalMessage)
    : ActorInitializationException(actor, $"Exception pre restart ({restartException.GetType()})", cause)
{
    public Exception RestartException { get; } = restartException;
    public object OptionalMessage { get; } = optionalMessage;
}

public class PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
    : ActorInitializationException(actor, $"Exception post restart ({originalCause.GetType()})", cause)
{
    public Exception OriginalCause { get; } = originalCause;
}
