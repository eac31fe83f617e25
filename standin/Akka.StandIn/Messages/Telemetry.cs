namespace Akka.Actor;

/// <summary>Published on the event stream where <c>akka.actor.telemetry.enabled</c> is on.</summary>
public interface IActorTelemetryEvent : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
{
    IActorRef Subject { get; }
    Type ActorType { get; }
}

public sealed class ActorStarted : IActorTelemetryEvent
{
    internal ActorStarted(IActorRef subject, Type actorType) => (Subject, ActorType) = (subject, actorType);

    public IActorRef Subject { get; }
    public Type ActorType { get; }
}

public sealed class ActorStopped : IActorTelemetryEvent
{
    internal ActorStopped(IActorRef subject, Type actorType) => (Subject, ActorType) = (subject, actorType);

    public IActorRef Subject { get; }
    public Type ActorType { get; }
}

public sealed class ActorRestarted : IActorTelemetryEvent
{
    internal ActorRestarted(IActorRef subject, Type actorType, Exception reason) => (Subject, ActorType, Reason) = (subject, actorType, reason);

    public IActorRef Subject { get; }
    public Type ActorType { get; }
    public Exception Reason { get; }
}
