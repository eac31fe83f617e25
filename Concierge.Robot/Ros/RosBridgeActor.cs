using Akka;
using Akka.Actor;
using Concierge.Client;
using Concierge.Protocol;
using Concierge.Robot.Commands;
using Concierge.Robot.Configuration;
using Concierge.Robot.Devices;
using Concierge.Robot.Links;

namespace Concierge.Robot.Ros;

/// <summary>
/// The bridge to ROS, by way of rosbridge's protocol, version 2: subscribes to the configured topics, publishes and calls what
/// the robot is asked to, and after a lost connection makes all of it again. Topics that move something get a message of
/// zeros when nobody commands them any more.
/// </summary>
internal sealed class RosBridgeActor(RosSettings settings, TimeSpan watchdog, RosDial dial) : UntypedActor, IWithTimers
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(500), LongestRetry = TimeSpan.FromSeconds(10);

    /// <summary>How soon a subscription is tried again that rosbridge could not make: nobody publishes on the topic yet.</summary>
    private static readonly TimeSpan ResubscribeDelay = TimeSpan.FromSeconds(5);

    /// <summary>How many services may be waited for.</summary>
    private const int MostCalls = 64;

    /// <summary>A message type's default values: all that is left out is zero.</summary>
    private static readonly RawJson Zeros = RawJson.From("{}");

    private readonly RosTopics _topics = new();
    private readonly Dictionary<string, IActorRef> _calls = [];
    private readonly HashSet<string> _moving = [];
    private TimeSpan _retry = FirstRetry;
    private IRosConnection? _connection;
    private long _calledId;

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to create it.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="watchdog">After how long without commands a topic that moves something gets zeros.</param>
    /// <param name="dial">Connects to rosbridge.</param>
    public static Props Props(RosSettings settings, TimeSpan watchdog, RosDial dial) =>
        Akka.Actor.Props.Create(() => new RosBridgeActor(settings, watchdog, dial));

    /// <inheritdoc/>
    protected override void PreStart() => Connect();

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        Context.Parent.Tell(new PartFailed(Self.Path.Name, reason.Message));
        base.PreRestart(reason, message);
    }

    /// <inheritdoc/>
    protected override void PostStop() => _ = LeaveAsync();

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RosIncoming it when it.From == _connection: OnIncoming(it.Operation); break;
            case RosIncoming: break;
            case Do { Order.What: Command.RosPublish it }: Sender.Tell(Publish(it)); break;
            case Do { Order.What: Command.RosCall it }: Call(it); break;
            case Halt: HaltAll(); break;
            case WatchdogExpired it: HaltTopic(it.Topic); break;
            case Subscribe it: _connection?.Send(RosWriter.Subscribe(it.Topic, settings)); break;
            case CallExpired it: Answer(it.Id, new CommandResult(false, $"the ROS service didn't answer within {settings.Timeout.TotalSeconds} s")); break;
            case IRosConnection it: OnConnected(it); break;
            case RosClosed it when it.From == _connection || it.From is null: OnClosed(it.Reason); break;
            case RosClosed: break;
            case Retry: Connect(); break;
            case Leave: LeaveAsync().PipeTo(Sender, success: () => Done.Instance); break;
            default: Unhandled(message); break;
        }
    }

    private void Connect()
    {
        var self = Self;
        dial(settings, self.Tell).PipeTo(self, failure: fault => new RosClosed(null, fault.Message));
    }

    private void OnConnected(IRosConnection connection)
    {
        // Left over from before a restart.
        _connection?.Dispose();
        _connection = connection;
        _retry = FirstRetry;
        foreach (var topic in settings.Topics) connection.Send(RosWriter.Subscribe(topic, settings));
        foreach (var (topic, type) in _topics.Advertised) connection.Send(RosWriter.Advertise(topic, type));
        // Whatever moved when the connection was lost was not told to stop.
        HaltAll();
        Context.Parent.Tell(new PartWorks(Self.Path.Name));
    }

    private void OnClosed(string reason)
    {
        _connection?.Dispose();
        _connection = null;
        Context.Parent.Tell(new PartFailed(Self.Path.Name, reason));
        foreach (var id in _calls.Keys.ToArray()) Answer(id, new CommandResult(false, "the connection to ROS was lost"));
        Timers.StartSingleTimer(Retry.Instance, Retry.Instance, _retry);
        _retry = TimeSpan.FromTicks(Math.Min(_retry.Ticks * 2, LongestRetry.Ticks));
    }

    private void OnIncoming(RosOperation operation)
    {
        switch (operation)
        {
            case RosOperation.Publish it when settings.Topics.Contains(it.Topic):
                Context.Parent.Tell(new Received(it.Topic, it.Message));
                break;
            case RosOperation.ServiceResponse it:
                Answer(it.Id, it.Ok ? new CommandResult(true, null, it.Values) : new CommandResult(false, $"the ROS service failed: {it.Values}"));
                break;
            case RosOperation.Status it:
                OnStatus(it);
                break;
        }
    }

    /// <summary>rosbridge complains, perhaps long after what it complains of.</summary>
    private void OnStatus(RosOperation.Status status)
    {
        Context.Parent.Tell(new LinkActor.Trouble($"rosbridge: {status.Level}: {status.Message}"));
        if (status.Id is null || status.Level != "error") return;
        if (_calls.ContainsKey(status.Id))
            Answer(status.Id, new CommandResult(false, $"ROS: {status.Message}"));
        else if (RosWriter.SubscribedTopic(status.Id) is { } topic && settings.Topics.Contains(topic))
            Timers.StartSingleTimer(status.Id, new Subscribe(topic), ResubscribeDelay);
    }

    private CommandResult Publish(Command.RosPublish it)
    {
        if (_connection is null) return new CommandResult(false, "there is no connection to ROS");
        if (_topics.Conflict(it.Topic, it.MessageType) is { } type)
            return new CommandResult(false, $"msg_type: {it.Topic} was advertised as {type}");
        if (_topics.Advertise(it.Topic, it.MessageType)) _connection.Send(RosWriter.Advertise(it.Topic, it.MessageType));
        if (!_connection.Send(RosWriter.Publish(it.Topic, it.Message))) return new CommandResult(false, "ROS takes messages too slowly");
        if (it.Drives)
        {
            _moving.Add(it.Topic);
            Timers.StartSingleTimer(it.Topic, new WatchdogExpired(it.Topic), watchdog);
        }

        return new CommandResult(true, null);
    }

    private void Call(Command.RosCall it)
    {
        var id = $"call:{++_calledId}";
        if (_connection is null)
        {
            Sender.Tell(new CommandResult(false, "there is no connection to ROS"));
        }
        else if (_calls.Count == MostCalls || !_connection.Send(RosWriter.Call(id, it.Service, it.Arguments)))
        {
            Sender.Tell(new CommandResult(false, "ROS answers too slowly"));
        }
        else
        {
            _calls[id] = Sender;
            Timers.StartSingleTimer(id, new CallExpired(id), settings.Timeout);
        }
    }

    private void Answer(string id, CommandResult result)
    {
        if (!_calls.Remove(id, out var caller)) return;
        Timers.Cancel(id);
        caller.Tell(result);
    }

    private void HaltAll()
    {
        foreach (var topic in _moving.ToArray()) HaltTopic(topic);
    }

    private void HaltTopic(string topic)
    {
        if (!_moving.Contains(topic) || _connection is null) return;
        Timers.Cancel(topic);
        // Kept where it could not be sent: then the connection is about to end, and it is sent after the next one is made.
        if (_connection.Send(RosWriter.Publish(topic, Zeros))) _moving.Remove(topic);
    }

    private async Task LeaveAsync()
    {
        if (_connection is not { } connection) return;
        HaltAll();
        foreach (var topic in settings.Topics) connection.Send(RosWriter.Unsubscribe(topic));
        foreach (var (topic, _) in _topics.Advertised) connection.Send(RosWriter.Unadvertise(topic));
        _connection = null;
        await connection.CloseAsync();
    }

    /// <summary>Do what a client asks; answered with <see cref="CommandResult"/>.</summary>
    internal sealed record Do(Order Order);

    /// <summary>A message of a topic.</summary>
    internal sealed record Received(string Topic, RawJson Message);

    /// <summary>Nobody drives, or the robot was stopped.</summary>
    internal sealed class Halt
    {
        public static readonly Halt Instance = new();
    }

    private sealed record WatchdogExpired(string Topic);

    private sealed record CallExpired(string Id);

    private sealed record Subscribe(string Topic);

    private sealed class Retry
    {
        public static readonly Retry Instance = new();
    }
}
