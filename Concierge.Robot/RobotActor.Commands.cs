using Akka.Actor;
using Akka.Event;
using Concierge.Client;
using Concierge.Protocol;
using Concierge.Robot.Commands;
using Concierge.Robot.Devices;
using Concierge.Robot.Motors;
using Concierge.Robot.Ros;
using Concierge.Robot.Safety;
using Concierge.Robot.Switches;
using Concierge.Robot.Telemetry;

namespace Concierge.Robot;

/// <content>What subscribers ask of the robot.</content>
internal sealed partial class RobotActor
{
    /// <summary>How long a part may take. It takes microseconds, unless its driver hangs.</summary>
    private static readonly TimeSpan PartTimeout = TimeSpan.FromSeconds(1);

    private void OnOrder(Order order)
    {
        _context.Intake.Leave();
        if (order.What.NeedsControl && !TakeControl(order, out var refusal))
        {
            _voice.Answer(order, new CommandResult(false, refusal));
            return;
        }

        switch (order.What)
        {
            case Command.Drive it:
                Ask(order, TasksOf(it, order.ReceivedAt));
                break;
            case Command.Led it:
                Ask(order, [(_led!, new SwitchActor.Switch(it.On))]);
                break;
            case Command.Buzzer it:
                Ask(order, [(_buzzer!, new SwitchActor.Switch(it.On))]);
                break;
            case Command.Stop:
                OnStop(order);
                break;
            case Command.ClearStop:
                _context.Interlock.Clear(StopReasons.EmergencyStop);
                _log.Info("The emergency stop was cleared by {0}.", order.From.Name);
                Succeed(order);
                _voice.TellStatus(_control.Driver);
                break;
            case Command.Text it:
                _log.Info("{0} says: {1}", order.From.Name, OneLine(it.Data));
                Succeed(order);
                break;
            case Command.RosPublish it when it.Drives && _context.Interlock.Reasons is not StopReasons.None and var reasons:
                _voice.Answer(order, new CommandResult(false, Refusals.Of(reasons)));
                break;
            case Command.RosPublish or Command.RosCall:
                _ros!.Ask<CommandResult>(new RosBridgeActor.Do(order), _context.Settings.Ros!.Timeout + PartTimeout).PipeTo(
                    Self, success: result => new Answer(order, result), failure: _ => new Answer(order, new CommandResult(false, "ROS doesn't answer")));
                break;
            case Command.Wrong it:
                _voice.Answer(order, new CommandResult(false, it.Error));
                break;
        }
    }

    /// <summary>The interlock has tripped by now, on the link's thread; again here, as it may have been cleared since.</summary>
    private void OnStop(Order order)
    {
        _context.Interlock.Trip(StopReasons.EmergencyStop);
        _ros?.Tell(RosBridgeActor.Halt.Instance);
        _log.Warning("Stopped by {0}.", order.From.Name);
        Succeed(order);
        _voice.TellStatus(_control.Driver);
    }

    private bool TakeControl(Order order, out string? refusal)
    {
        refusal = null;
        var before = _control.Driver?.Uuid;
        if (!_control.TryTake(order.From))
        {
            var driver = _control.Driver!;
            refusal = $"{driver.Nickname ?? driver.Name} ({driver.Name}, {driver.Uuid}) has control";
            return false;
        }

        if (before == order.From.Uuid) return true;
        Timers.StartSingleTimer(ControlDue.Instance, ControlDue.Instance, _control.Left);
        _voice.TellStatus(_control.Driver);
        return true;
    }

    /// <summary>
    /// Has the motors stand, in the way of a command. The first one waits for the compiler, on a small device for longer than the watchdog
    /// lets it: so nobody's is the first.
    /// </summary>
    private void Rehearse()
    {
        var motors = string.Join(',', _motors.Keys.Select(motor => $$"""
            "{{motor}}":{"dir":"CW","spd":0}
            """));
        if (new CommandReader(_context.Settings).Read(RawJson.From($$$"""{"type":"com_motor","id":0,"data":{{{{motors}}}}}"""), out var id) is not Command.Drive drive) return;
        // What comes of it, nobody is told: a motor that is out of order has said so.
        _ = DoAsync(TasksOf(drive, _context.Time.GetTimestamp()))
            .ContinueWith(done => TelemetryWriter.OfResult(id, done.Exception?.Message, values: null), TaskScheduler.Default);
    }

    private IEnumerable<(IActorRef Part, object Message)> TasksOf(Command.Drive drive, long receivedAt) =>
        drive.Movements.Select(movement => (_motors[movement.Key], (object)new MotorActor.Drive(movement.Value, receivedAt)));

    /// <summary>Tells parts what to do; answers when all of them have.</summary>
    private void Ask(Order order, IEnumerable<(IActorRef Part, object Message)> tasks) =>
        DoAsync(tasks).PipeTo(
            Self, success: result => new Answer(order, result), failure: _ => new Answer(order, new CommandResult(false, "the part doesn't answer")));

    /// <summary>Tells parts what to do, in order and at once.</summary>
    private static async Task<CommandResult> DoAsync(IEnumerable<(IActorRef Part, object Message)> tasks)
    {
        var outcomes = await Task.WhenAll(tasks.Select(task => task.Part.Ask<Outcome>(task.Message, PartTimeout)).ToArray()).ConfigureAwait(false);
        var errors = outcomes.Where(outcome => outcome.Error is not null).Select(outcome => outcome.Error).Distinct().ToArray();
        return errors.Length == 0 ? new CommandResult(true, null) : new CommandResult(false, string.Join("; ", errors));
    }

    private void Succeed(Order order) => _voice.Answer(order, new CommandResult(true, null));

    /// <summary>What a stranger says, for a log of lines.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
