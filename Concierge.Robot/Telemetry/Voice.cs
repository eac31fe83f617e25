using System.Collections.Immutable;
using Akka.Actor;
using Concierge.Client;
using Concierge.Protocol;
using Concierge.Robot.Commands;
using Concierge.Robot.Links;
using Concierge.Robot.Motors;
using Concierge.Robot.Safety;

namespace Concierge.Robot.Telemetry;

/// <summary>
/// What the robot says, and to whom: everything to all subscribers, the latest of everything to each new one, and results to
/// who asked. Where nobody listens it only remembers. Belongs to the robot's actor.
/// </summary>
internal sealed class Voice(IActorRef link, RobotContext context)
{
    private readonly long _startedAt = context.Time.GetTimestamp();
    private readonly HashSet<Guid> _subscribers = [];
    private readonly Latest _latest = new();
    private readonly Faults _faults = new();
    private ImmutableSortedDictionary<string, MotorState> _motors =
        context.Motors.ToImmutableSortedDictionary(motor => motor.Name, _ => MotorState.Stopped);

    private bool _isLinked;
    private int _losses;

    /// <summary>A client subscribed: it gets the latest of everything.</summary>
    public void Welcome(Guid client)
    {
        if (!_subscribers.Add(client)) return;
        foreach (var said in _latest.All) link.Tell(new LinkActor.Direct(client, said));
    }

    /// <summary>A client is no longer subscribed.</summary>
    public void Farewell(Guid client) => _subscribers.Remove(client);

    /// <summary>The link stands.</summary>
    public void LinkUp() => _isLinked = true;

    /// <summary>The link is lost, and all subscribers with it.</summary>
    public void LinkDown()
    {
        if (_isLinked) _losses++;
        _isLinked = false;
        _subscribers.Clear();
    }

    /// <summary>Tells all subscribers.</summary>
    public void Tell(string kind, RawJson data) => TellAll(kind, TelemetryWriter.Of(kind, data));

    /// <summary>Passes on what came from ROS. All of it: of a topic every message counts.</summary>
    public void TellRos(string topic, RawJson message)
    {
        var said = TelemetryWriter.OfRos(topic, message);
        _latest.Keep($"{TelemetryKinds.Ros} {topic}", said, context.Settings.Ros?.Keep ?? 0);
        if (_subscribers.Count > 0) link.Tell(new LinkActor.Broadcast($"{TelemetryKinds.Ros} {topic}", said));
    }

    /// <summary>A motor does something else now.</summary>
    public void MotorChanged(string motor, Movement movement)
    {
        _motors = _motors.SetItem(motor, movement.State);
        TellMotors();
    }

    /// <summary>Tells what the motors do.</summary>
    public void TellMotors() =>
        Tell(TelemetryKinds.Motors, Json.Of(_motors, RobotJson.Default.ImmutableSortedDictionaryStringMotorState));

    /// <summary>Tells how the robot is.</summary>
    public void TellStatus(ClientInfo? driver)
    {
        var status = new RobotStatus(
            Math.Round(context.Time.GetElapsedTime(_startedAt).TotalSeconds, 1),
            new RobotLink(_isLinked, _losses),
            driver is null ? null : new RobotDriver(driver.Uuid, driver.Name, driver.Nickname),
            context.Interlock.Reasons.HasFlag(StopReasons.EmergencyStop),
            _faults.All);
        Tell(TelemetryKinds.Status, Json.Of(status, RobotJson.Default.RobotStatus));
    }

    /// <summary>A part failed.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Failed(string part, string error) => _faults.Failed(part, error);

    /// <summary>A part works.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Works(string part) => _faults.Works(part);

    /// <summary>Answers a command: always where it had an id, and else where it was not carried out.</summary>
    public void Answer(Order order, CommandResult result)
    {
        if (order.Id is not null || !result.Ok)
            link.Tell(new LinkActor.Direct(order.From.Uuid, TelemetryWriter.OfResult(order.Id, result.Error, result.Values)));
    }

    private void TellAll(string kind, RawJson said)
    {
        _latest.Keep(kind, said);
        if (_subscribers.Count > 0) link.Tell(new LinkActor.Broadcast(kind, said));
    }
}
