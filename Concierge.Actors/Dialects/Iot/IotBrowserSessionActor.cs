using System.Buffers;
using Akka.Actor;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Actors.Services;
using Concierge.Actors.Sessions;
using Concierge.Protocol;

namespace Concierge.Actors.Dialects.Iot;

/// <summary>
/// The session of a browser that watches and drives robots (dialects, section "IoT robots"), one at a time: the one whose service it is subscribed
/// to. What it says goes to that robot.
/// </summary>
internal sealed class IotBrowserSessionActor : DialectSessionActor
{
    private string? _wanted;

    private IotBrowserSessionActor(SessionContext shared, Connection connection)
        : base(shared, connection, DialectKind.IotBrowser)
    {
    }

    protected override bool Presence => true;

    private ServiceEntry? Robot => Client.Subscriptions is [var robot, ..] ? robot : null;

    /// <summary>How to create it.</summary>
    public static Props Props(SessionContext shared, Connection connection) => Akka.Actor.Props.CreateBy(new Producer(shared, connection));

    protected override byte[]? Greet(int number)
    {
        var frames = new ArrayBufferWriter<byte>();
        if (Shared.Settings.IotWelcomeText) PayloadFrame.AppendText(frames, "Welcome to the Websocc"u8);
        PayloadFrame.AppendText(frames, Robots.List(Shared.View));
        return frames.WrittenSpan.ToArray();
    }

    protected override void OnJoined() => OnIdentified();

    protected override void OnFrame(ReadOnlyMemory<byte> text)
    {
        if (text.Span.SequenceEqual("quit"u8)) End(CloseCode.Normal, "");
        else if (!IotMessage.TryRead(text.Span, out IotMessage? message)) Say("""This is no {"type", "data"}, or nested too deeply.""");
        else if (message.Type == "conn_req") OnConnectRequest(message.Id);
        else if (message.Type == "disconn_req") Part();
        else if (Robot is { } robot) Send(robot.Owner, new Target.ToService(robot.Name), robot, text.Span);
    }

    protected override void OnDone(ISessionRequest request, Outcome outcome)
    {
        if (request is ServiceActor.Unsubscribe && _wanted is not null) Pair(_wanted);
        else if (request is ServiceActor.Subscribe && outcome == Outcome.Gone) SayUnknown();
    }

    private protected override void OnBinary() => Say("Binary frames are not understood here, expected text.");

    // Parted first: who asks for one robot must not drive another, whatever becomes of the request.
    private void OnConnectRequest(string? id)
    {
        _wanted = id;
        if (id is null) Say("""conn_req takes {"id": a robot's id}.""");
        if (Robot is { } robot && (id is null || robot.Name != Robots.ServiceOf(id))) AskService(new ServiceActor.Unsubscribe(robot, Client));
        else if (id is not null && Robot is null) Pair(id);
    }

    private void Part()
    {
        _wanted = null;
        if (Robot is { } robot) AskService(new ServiceActor.Unsubscribe(robot, Client));
    }

    private void Pair(string id)
    {
        if (Shared.View.TryGetService(Robots.ServiceOf(id), out ServiceEntry? robot)) AskService(new ServiceActor.Subscribe(robot, Client));
        else SayUnknown();
    }

    private void SayUnknown() => Say("There is no such robot; the list says which there are.");

    private void Say(string text) => PayloadFrame.AppendText(Answers(), IotMessage.Say(text));

    private sealed class Producer(SessionContext shared, Connection connection) : IIndirectActorProducer
    {
        public Type ActorType => typeof(IotBrowserSessionActor);

        public ActorBase Produce() => new IotBrowserSessionActor(shared, connection);

        public void Release(ActorBase actor)
        {
        }
    }
}
