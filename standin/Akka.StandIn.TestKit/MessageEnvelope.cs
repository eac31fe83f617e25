using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A message that a test actor received, and from whom; both null before the first and after a wait in vain.</summary>
public sealed class MessageEnvelope
{
    internal static readonly MessageEnvelope None = new(null, null);

    internal MessageEnvelope(object message, IActorRef sender)
    {
        Message = message;
        Sender = sender;
    }

    public object Message { get; }

    public IActorRef Sender { get; }

    public override string ToString() => ReferenceEquals(this, None) ? "<null>" : $"<{Message}> from {(Sender.IsNobody() ? "NoSender" : Sender)}";
}
