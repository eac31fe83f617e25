using Akka.Actor;

namespace Akka.Event;

/// <summary>Marks messages whose loss is normal: they end as <see cref="SuppressedDeadLetter"/>.</summary>
public interface IDeadLetterSuppression;

public abstract class AllDeadLetters(object message, IActorRef sender, IActorRef recipient)
{
    public object Message { get; } = message;
    public IActorRef Sender { get; } = sender;
    public IActorRef Recipient { get; } = recipient;

    public override string ToString() => $"DeadLetter from {Sender} to {Recipient}: <{Message}>";
}

public sealed class DeadLetter(object message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);

public sealed class SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);

public sealed class UnhandledMessage(object message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);

/// <summary>A message that its sender gave up before delivery, for the given reason.</summary>
public sealed class Dropped(object message, string reason, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient)
{
    public Dropped(object message, string reason, IActorRef recipient)
        : this(message, reason, ActorRefs.NoSender, recipient) { }

    public string Reason { get; } = reason;
}
