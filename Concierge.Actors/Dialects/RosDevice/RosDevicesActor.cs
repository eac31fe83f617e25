using Akka.Actor;
using Concierge.Actors.Sessions;

namespace Concierge.Actors.Dialects.RosDevice;

/// <summary>Parent of the sessions of a node's ROS devices: finds the one that an exchange belongs to, or opens it.</summary>
internal sealed class RosDevicesActor : UntypedActor
{
    private readonly SessionContext _shared;
    private readonly Dictionary<string, IActorRef> _devices = new(StringComparer.Ordinal);
    private bool _isClosing;

    public RosDevicesActor(SessionContext shared) => _shared = shared;

    /// <summary>How to create it.</summary>
    public static Props Props(SessionContext shared) => Akka.Actor.Props.Create(() => new RosDevicesActor(shared));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ =>
    {
        _shared.Metrics.CountRestart();
        return Directive.Stop;
    });

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RosExchange exchange when _isClosing: exchange.Answer.TrySetCanceled(); break;
            case RosExchange exchange when _devices.TryGetValue(exchange.Id, out IActorRef? device): device.Tell(exchange); break;
            case RosExchange exchange: Open(exchange); break;
            case Ended ended:
                _devices.Remove(ended.Id);
                EndWhenEmpty();
                break;
            // As sessions are told when the node drains.
            case SessionActor.Close:
                _isClosing = true;
                foreach (IActorRef open in _devices.Values) open.Tell(message);
                EndWhenEmpty();
                break;
            default: Unhandled(message); break;
        }
    }

    private void Open(RosExchange first)
    {
        IActorRef device = _devices[first.Id] = Context.ActorOf(RosDeviceActor.Props(_shared, first));
        Context.WatchWith(device, new Ended(first.Id));
    }

    private void EndWhenEmpty()
    {
        if (_isClosing && _devices.Count == 0) Context.Stop(Self);
    }

    private sealed record Ended(string Id);
}
