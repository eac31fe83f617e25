using Akka;
using Akka.Actor;
using Akka.Event;
using Concierge.Client;
using Concierge.Robot.Commands;
using Concierge.Robot.Devices;
using Concierge.Robot.Links;
using Concierge.Robot.Motors;
using Concierge.Robot.Ros;
using Concierge.Robot.Sensors;
using Concierge.Robot.Switches;
using Concierge.Robot.Telemetry;

namespace Concierge.Robot;

/// <summary>
/// The root of a robot's actors, and the one that decides: whose commands count, which part they are for, what subscribers
/// are told. A part that fails is restarted alone. This file has the robot's parts and what they tell; the other one has the
/// commands.
/// </summary>
internal sealed partial class RobotActor : UntypedActor, IWithTimers
{
    private readonly RobotContext _context;
    private readonly Voice _voice;
    private readonly Control _control;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<string, IActorRef> _motors = [];
    private readonly IActorRef _link;
    private readonly IActorRef? _led, _buzzer, _ros;
    private bool _isRestarting;

    public RobotActor(RobotContext context)
    {
        _context = context;
        var settings = context.Settings;
        _control = new Control(settings.ControlLapse, context.Time);
        foreach (var motor in context.Motors) _motors[motor.Name] = Context.ActorOf(MotorActor.Props(motor, context.Hardware), motor.Name);
        if (settings.Led.IsEnabled) _led = Context.ActorOf(SwitchActor.Props(context.Hardware.OpenLed), "led");
        if (settings.Buzzer.IsEnabled) _buzzer = Context.ActorOf(SwitchActor.Props(context.Hardware.OpenBuzzer), "buzzer");
        StartSensor("accelerometer", settings.Accelerometer, context.Hardware.OpenAccelerometer);
        StartSensor("barometer", settings.Barometer, context.Hardware.OpenBarometer);
        if (settings.Ros is { } ros) _ros = Context.ActorOf(context.Ros(ros), "ros");
        // The link comes last: the robot is whole when somebody finds it.
        _link = Context.ActorOf(context.Link, "link");
        _voice = new Voice(_link, context);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to create it.</summary>
    public static Props Props(RobotContext context) => Akka.Actor.Props.Create(() => new RobotActor(context));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _voice.TellMotors();
        Rehearse();
        Timers.StartPeriodicTimer(StatusDue.Instance, StatusDue.Instance, _context.Settings.StatusInterval);
    }

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        _isRestarting = true;
        base.PreRestart(reason, message);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        if (!_isRestarting) _context.Ended();
    }

    // Children are stopped with this one where it fails, and motors with them.
    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(-1, -1, fault => fault is ActorInitializationException ? Directive.Escalate : Directive.Restart, loggingEnabled: false);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Order it: OnOrder(it); break;
            case MotorActor.Changed it: _voice.MotorChanged(it.Motor, it.Movement); break;
            case SensorActor.Measured it: _voice.Tell(it.Kind, it.Data); break;
            case RosBridgeActor.Received it: _voice.TellRos(it.Topic, it.Message); break;
            case LinkActor.Joined it: _voice.Welcome(it.Client.Uuid); break;
            case LinkActor.Left it: OnLeft(it.Client); break;
            case LinkActor.Up: OnUp(); break;
            case LinkActor.Down it: OnDown(it.Reason); break;
            case Leave: OnLeave(); break;
            case LinkActor.Trouble it: _log.Info("{0}", it.Message); break;
            case PartFailed it: OnFailed(it); break;
            case PartWorks it: OnWorks(it); break;
            case Answer it: _voice.Answer(it.Order, it.Outcome); break;
            case ControlDue: OnControlDue(); break;
            case StatusDue: _voice.TellStatus(_control.Driver); break;
            default: Unhandled(message); break;
        }
    }

    private void StartSensor(string name, Configuration.SensorSettings settings, Func<ISensor> open)
    {
        if (settings.IsEnabled) Context.ActorOf(SensorActor.Props(open, settings.Interval, _context.Time), name);
    }

    /// <summary>Says goodbye to the concierge and to ROS.</summary>
    private void OnLeave() =>
        Task.WhenAll(new[] { _link, _ros }.Where(part => part is not null).Select(part => part!.Ask<Done>(Leave.Instance)).ToArray())
            .PipeTo(Sender, success: _ => Done.Instance);

    private void OnUp()
    {
        _log.Info("The service robot/{0} stands.", _context.Settings.Id);
        _context.Ready.TrySetResult();
        _voice.LinkUp();
        _voice.TellStatus(_control.Driver);
    }

    private void OnDown(string reason)
    {
        _log.Warning("The link is lost, motors are stopped: {0}", reason);
        _control.Release();
        _ros?.Tell(RosBridgeActor.Halt.Instance);
        _voice.LinkDown();
    }

    private void OnLeft(Guid client)
    {
        _voice.Farewell(client);
        if (_control.Release(client)) Stand();
    }

    private void OnControlDue()
    {
        if (_control.Driver is null) return;
        if (_control.Left > TimeSpan.Zero)
        {
            Timers.StartSingleTimer(ControlDue.Instance, ControlDue.Instance, _control.Left);
            return;
        }

        _control.Release();
        Stand();
    }

    /// <summary>Nobody has control: nothing moves.</summary>
    private void Stand()
    {
        foreach (var motor in _context.Motors) motor.StopNow();
        _ros?.Tell(RosBridgeActor.Halt.Instance);
        _voice.TellStatus(_control.Driver);
    }

    private void OnFailed(PartFailed it)
    {
        if (!_voice.Failed(it.Part, it.Error)) return;
        _log.Warning("{0} failed: {1}", it.Part, it.Error);
        _voice.TellStatus(_control.Driver);
    }

    private void OnWorks(PartWorks it)
    {
        if (!_voice.Works(it.Part)) return;
        _log.Info("{0} works again.", it.Part);
        _voice.TellStatus(_control.Driver);
    }

    /// <summary>A command's outcome is known.</summary>
    private sealed record Answer(Order Order, CommandResult Outcome);

    private sealed class ControlDue
    {
        public static readonly ControlDue Instance = new();
    }

    private sealed class StatusDue
    {
        public static readonly StatusDue Instance = new();
    }
}
