using System.Buffers;
using Akka.Actor;
using Akka.Event;
using Concierge.Actors.Connections;
using Concierge.Actors.Dialects.Devices;
using Concierge.Actors.Directory;
using Concierge.Actors.Operators;
using Concierge.Actors.Sessions;
using Concierge.Protocol;

namespace Concierge.Actors.Dialects.Iot;

/// <summary>
/// The session of a robot on plain TCP (dialects, section "IoT robots"): once it has said who it is, it owns <c>robot/ID</c>, and what it says its
/// watchers hear. It is not pinged, having no words for that: a robot that has died is noticed by TCP. Nor does it notice that nobody drives it any
/// more: when whoever has its motors turn is subscribed no more or says so no more, or the robot is disconnected, it is told to stop.
/// </summary>
internal sealed class IotRobotSessionActor : DeviceSessionActor
{
    private const string Tag = "robot";

    // How long a motor turns without being told to again. A new robot's own watchdog waits half as long, but has no network between.
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(1);

    private static readonly byte[] Welcome = IotMessage.Say("Welcome to the Socc.");

    private static readonly byte[] StopFrame = FrameOf("""{"type":"com_motor","data":{"m1":{"dir":"CW","spd":0},"m2":{"dir":"CW","spd":0}}}"""u8);

    // Who has a motor turn; null where it stands.
    private Guid? _m1Driver, _m2Driver;
    private string? _id;
    private string? _nickname;
    private bool _hasComplained;

    private IotRobotSessionActor(SessionContext shared, Connection connection)
        : base(shared, connection, DialectKind.IotRobot)
    {
    }

    /// <summary>How to create it.</summary>
    public static Props Props(SessionContext shared, Connection connection) => Akka.Actor.Props.CreateBy(new Producer(shared, connection));

    protected override void OnConnected()
    {
        Tell(Welcome);
        AwaitIdentity(otherwise: "no self_info in time");
    }

    protected override ClientInfo Describe(string name) => new(name, _nickname, Guid.NewGuid(), [Tag]);

    protected override void OnFrame(ReadOnlyMemory<byte> text)
    {
        if (!IotMessage.TryRead(text.Span, out IotMessage? message)) Complain("""is no {"type", "data"}, or nested too deeply""");
        else if (message.Type == "self_info") OnSelfInfo(message);
        // Before its service stands nobody can have subscribed to it.
        else if (Service is not null) Publish(text.Span);
    }

    protected override void OnStanding() => Log.Info("Robot {0} ({1}) is connected", _id, Client.Info.Name);

    protected override void OnRefused(string reason)
    {
        Log.Warning("A robot is refused: {0}", Table.Printable(reason));
        Tell(IotMessage.Say($"Refused: {reason}"));
        End(CloseCode.DuplicateAuth, reason);
    }

    private protected override void OnEnding() => StopMotors("it is disconnected");

    private protected override void OnOther(object message)
    {
        switch (message)
        {
            case Driven(var client, var (m1, m2)):
                _m1Driver = DriverOf("m1", m1, client, _m1Driver);
                _m2Driver = DriverOf("m2", m2, client, _m2Driver);
                break;
            case Silence: StopMotors("who drove it has fallen silent"); break;
            case DirectoryActor.SubscriberGone(var gone):
                if (gone == _m1Driver || gone == _m2Driver) StopMotors("who drove it is gone");
                break;
            default: base.OnOther(message); break;
        }
    }

    // A page that hangs keeps its connection: only what a driver says shows that somebody is there. Old browsers say what they want once.
    private Guid? DriverOf(string motor, bool? turns, ClientInfo client, Guid? before)
    {
        if (turns is null) return before;
        if (turns.Value && !Shared.Dialects[DialectKind.IotBrowser].IsName(client.Name)) Timers.StartSingleTimer(motor, Silence.Instance, Watchdog);
        else Timers.Cancel(motor);
        return turns.Value ? client.Uuid : null;
    }

    // Behind what the driver has said: what waits for the robot must not have it turn again.
    private void StopMotors(string why)
    {
        if (_m1Driver is null && _m2Driver is null) return;
        _m1Driver = _m2Driver = null;
        Timers.Cancel("m1");
        Timers.Cancel("m2");
        Log.Info("Robot {0} is told to stop: {1}", _id, why);
        Shared.Metrics.CountSent(1, StopFrame.Length);
        Outbox.Send(Lane.Others, StopFrame);
    }

    private protected override void OnBinary() => Complain("is not UTF-8");

    private void OnSelfInfo(IotMessage message)
    {
        if (_id is not null)
        {
            if (message.Id != _id) Complain("announces another id than before; a robot keeps its id");
        }
        else if (message.Id is null) Complain("announces no id");
        else
        {
            _id = message.Id;
            _nickname = Shorten(message.Name is { Length: > 0 } name ? name : _id);
            Announce(Robots.ServiceOf(_id), _nickname);
        }
    }

    // Once: who gets one message wrong gets many wrong.
    private void Complain(string what)
    {
        if (_hasComplained) return;
        _hasComplained = true;
        Log.Warning("A message of robot {0} {1}, and is ignored, as are further ones like it", _id is null ? "(not announced)" : Table.Printable(_id), what);
    }

    private void Tell(byte[] message)
    {
        Shared.Metrics.CountSent(1, message.Length);
        Outbox.Send(Lane.Own, message);
    }

    // By code points: half of a pair is no text.
    private static string Shorten(string name) =>
        name.Length <= Limits.Nickname ? name : string.Concat(name.EnumerateRunes().Take(Limits.Nickname).Select(rune => rune.ToString()));

    // As the operator would say it, whom devices listen to.
    private static byte[] FrameOf(ReadOnlySpan<byte> data)
    {
        ArrayBufferWriter<byte> prefix = new(), frame = new();
        ServerPayloadWriter.WriteMessagePrefix(prefix, ServerOrigin.Origin, Target.Everyone);
        PayloadFrame.AppendMessage(frame, prefix.WrittenSpan, data);
        return frame.WrittenSpan.ToArray();
    }

    /// <summary>A subscriber has said something about the robot's motors.</summary>
    /// <param name="Client">The subscriber.</param>
    /// <param name="Command">What it has said.</param>
    internal sealed record Driven(ClientInfo Client, MotorCommand Command) : IDeadLetterSuppression;

    private sealed record Silence
    {
        public static readonly Silence Instance = new();
    }

    private sealed class Producer(SessionContext shared, Connection connection) : IIndirectActorProducer
    {
        public Type ActorType => typeof(IotRobotSessionActor);

        public ActorBase Produce() => new IotRobotSessionActor(shared, connection);

        public void Release(ActorBase actor)
        {
        }
    }
}
