using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A message that a test actor received, and from whom. <see cref="None"/>, before the first and after a wait in vain, has neither.</summary>
public sealed class MessageEnvelope
{
    internal static readonly MessageEnvelope None = new(null, null);

    private readonly object _message;
    private readonly IActorRef _sender;

    internal MessageEnvelope(object message, IActorRef sender)
    {
        _message = message;
        _sender = sender;
    }

    public object Message => OfAMessage(_message);

    public IActorRef Sender => OfAMessage(_sender);

    public override string ToString() => ReferenceEquals(this, None) ? "<null>" : $"<{Message}> from {(Sender.IsNobody() ? "NoSender" : Sender)}";

    private T OfAMessage<T>(T part) =>
        ReferenceEquals(this, None) ? throw new IllegalActorStateException("The last receive got no message: there is no message or sender to look at") : part;
}
