using System.Threading.Channels;
using Akka.Actor;

namespace Akka.TestKit;

/// <summary>
/// Puts what it receives into its test's queue, on the thread that tells it, so that a message is there as soon as Tell returns.
/// </summary>
internal sealed class TestActor(ChannelWriter<MessageEnvelope> queue) : UntypedActor
{
    private Func<object, bool> _ignore = _ => false;

    internal sealed record SetIgnore(Func<object, bool> Ignore);

    internal sealed record Watch(IActorRef Actor);

    internal sealed record Unwatch(IActorRef Actor);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SetIgnore setIgnore:
                _ignore = setIgnore.Ignore;
                break;
            case Watch watch:
                Context.Watch(watch.Actor);
                Sender.Tell(Done.Instance);
                break;
            case Unwatch unwatch:
                Context.Unwatch(unwatch.Actor);
                Sender.Tell(Done.Instance);
                break;
            case var other when !_ignore(other):
                queue.TryWrite(new MessageEnvelope(other, Sender));
                break;
        }
    }
}
