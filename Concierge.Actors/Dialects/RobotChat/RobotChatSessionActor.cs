using Akka.Actor;
using Concierge.Actors.Connections;
using Concierge.Actors.Sessions;

namespace Concierge.Actors.Dialects.RobotChat;

/// <summary>
/// A robot's session (dialects, section "Robot chat"): what the robot says, the others hear. It is answered nothing, and
/// told nothing that it could do wrong.
/// </summary>
internal sealed class RobotChatSessionActor : DialectSessionActor
{
    private RobotChatSessionActor(SessionContext shared, Connection connection)
        : base(shared, connection, DialectKind.RobotChat)
    {
    }

    private protected override Dialect NativeDialect => Dialect;

    /// <summary>How to create it.</summary>
    public static Props Props(SessionContext shared, Connection connection) => Akka.Actor.Props.CreateBy(new Producer(shared, connection));

    protected override void OnJoined() => Enter(RobotChatDialect.Room.Room);

    protected override void OnDone(ISessionRequest request, Outcome outcome) => OnIdentified();

    // JSON is passed on as it is; to those who expect JSON, other text is a JSON string.
    protected override void OnFrame(ReadOnlyMemory<byte> text) =>
        Say(RobotChatDialect.Room, RelaxedJson.IsValue(text.Span) ? text.Span : RelaxedJson.String(text.Span), native: text.Span);

    private protected override void OnBinary()
    {
        // The old server ignored it, too.
    }

    private sealed class Producer(SessionContext shared, Connection connection) : IIndirectActorProducer
    {
        public Type ActorType => typeof(RobotChatSessionActor);

        public ActorBase Produce() => new RobotChatSessionActor(shared, connection);

        public void Release(ActorBase actor)
        {
        }
    }
}
