namespace Akka.Actor;

public interface ICanTell
{
    void Tell(object message, IActorRef sender);
}

public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    ActorPath Path { get; }
}

/// <summary>What the system itself may ask of a reference.</summary>
internal interface IInternalActorRef : IActorRef
{
    ActorSystemImpl System { get; }
    IInternalActorRef Parent { get; }
    bool IsTerminated { get; }
    IInternalActorRef GetChild(string name);
    void Start();
    void Stop();
    void Suspend();
    void Resume(Exception causedByFailure);
    void Restart(Exception cause);
    void SendSystemMessage(SystemMessage message);
}

public static class ActorRefs
{
    public static readonly Nobody Nobody = Nobody.Instance;
    public static readonly IActorRef NoSender;
}

public static class ActorRefImplicitSenderExtensions
{
    public static void Tell(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.Current?.Self);

    public static void Forward(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.Current?.Sender);
}

public static class ActorRefExtensions
{
    public static bool IsNobody(this IActorRef actorRef) => actorRef is null or Nobody or DeadLetterActorRef;
}
