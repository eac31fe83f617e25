using Akka.Actor;
using Concierge.Actors.Connections;

namespace Concierge.Actors.Directory;

/// <summary>Flushes the outboxes that the directory's events have touched, so that the directory need not.</summary>
internal sealed class FlusherActor : UntypedActor
{
    private readonly FlushQueue _queue = new();
    private bool _continues;

    public static Props Props() => Akka.Actor.Props.Create(() => new FlusherActor());

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case List<Outbox> touched:
                foreach (Outbox outbox in touched) _queue.Add(outbox);
                break;
            case Continue:
                _continues = false;
                break;
            default:
                Unhandled(message);
                return;
        }
        if (!_queue.FlushSome() || _continues) return;
        _continues = true;
        Self.Tell(Continue.Instance);
    }

    private sealed record Continue
    {
        public static readonly Continue Instance = new();
    }
}
