using Akka.Actor;
using Akka.Event;
using Concierge.Actors.Connections;
using Concierge.Actors.Dialects.Devices;
using Concierge.Actors.Operators;
using Concierge.Actors.Sessions;
using Concierge.Protocol;

namespace Concierge.Actors.Dialects.RosDevice;

/// <summary>
/// The session of a device that has a connection only while it exchanges something (dialects, section "ROS devices"). It owns <c>ros/ID</c>, goes on
/// between exchanges, keeps what is to be said in the next ones, and ends when the device has not been seen for 30 s.
/// </summary>
internal sealed class RosDeviceActor : DeviceSessionActor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestTakeover = TimeSpan.FromMilliseconds(10);

    private readonly string _id;
    private readonly RosAnswers _answers;
    private readonly Queue<RosExchange> _early = new();

    private RosDeviceActor(SessionContext shared, RosExchange first, RosAnswers answers)
        : base(shared, new Connection(answers, int.MaxValue, TimeProvider.System, shared.Metrics, isPlain: true), DialectKind.RosDevice)
    {
        _id = first.Id;
        _answers = answers;
        _early.Enqueue(first);
    }

    /// <summary>The name of a device's service.</summary>
    public static string ServiceOf(string id) => $"ros/{id}";

    /// <summary>How to create it.</summary>
    /// <param name="shared">What all sessions share.</param>
    /// <param name="first">The device's first exchange, which it has with it so that it is answered, or cancelled, whatever happens.</param>
    public static Props Props(SessionContext shared, RosExchange first) => Akka.Actor.Props.CreateBy(new Producer(shared, first));

    protected override void OnConnected()
    {
        IsSeen();
        Announce(ServiceOf(_id), null);
    }

    protected override void PostStop()
    {
        base.PostStop();
        foreach (RosExchange exchange in _early) exchange.Answer.TrySetCanceled();
    }

    protected override ClientInfo Describe(string name) => new(name, _id.Length <= Limits.Nickname ? _id : null, Guid.NewGuid(), []);

    protected override void OnFrame(ReadOnlyMemory<byte> text)
    {
        // What it says comes as exchanges.
    }

    protected override void OnStanding()
    {
        while (_early.TryDequeue(out RosExchange? exchange)) Do(exchange);
    }

    protected override void OnRefused(string reason)
    {
        Log.Warning("A ROS device is refused: {0}", Table.Printable(reason));
        End(CloseCode.DuplicateAuth, reason);
    }

    private protected override void OnBinary()
    {
        // As above.
    }

    private protected override void OnOther(object message)
    {
        switch (message)
        {
            case RosExchange exchange:
                IsSeen();
                if (Service is null) _early.Enqueue(exchange);
                else Do(exchange);
                break;
            case Unseen: End(CloseCode.HeartbeatFailed, "not seen for 30 s"); break;
            default: base.OnOther(message); break;
        }
    }

    private void IsSeen() => Timers.StartSingleTimer(Unseen.Instance, Unseen.Instance, Patience);

    private void Do(RosExchange exchange)
    {
        if (exchange.Readings is { } readings) Publish(readings);
        // A sender that has its OK finds its message in the next exchange: what is queued is taken over first, which costs no
        // more than memory; where another thread is at it already, that is waited for.
        Outbox.Flush();
        SpinWait.SpinUntil(() => Outbox.PendingBytes == 0, LongestTakeover);
        byte[] answer = _answers.Take();
        Shared.Metrics.CountSent(1, answer.Length);
        exchange.Answer.TrySetResult(answer);
    }

    private sealed record Unseen
    {
        public static readonly Unseen Instance = new();
    }

    private sealed class Producer(SessionContext shared, RosExchange first) : IIndirectActorProducer
    {
        public Type ActorType => typeof(RosDeviceActor);

        public ActorBase Produce() => new RosDeviceActor(shared, first, new RosAnswers());

        public void Release(ActorBase actor)
        {
        }
    }
}
