using Akka.Actor;
using Concierge.Actors.Connections;
using Concierge.Protocol;

namespace Concierge.Actors.Sessions;

/// <summary>The session of a client that speaks the concierge's own protocol: answers what it asks, owns its services.</summary>
internal sealed partial class ProtocolSessionActor : SessionActor
{
    private ProtocolSessionActor(SessionContext shared, Connection connection)
        : base(shared, connection)
    {
    }

    /// <summary>How to create it: without reflection, as thousands connect a second.</summary>
    public static Props Props(SessionContext shared, Connection connection) => Akka.Actor.Props.CreateBy(new Producer(shared, connection));

    protected override void PreStart()
    {
        base.PreStart();
        AwaitIdentity(otherwise: "no IDENTIFY in time");
    }

    private protected override void OnText(ReadOnlyMemory<byte> text)
    {
        if (HasClient) OnRequest(text);
        else OnFirstFrame(text);
    }

    private protected override void OnBinary()
    {
        if (HasClient) Reply(new ServerPayload.ErrorProtocol("binary frames are not supported, expected text"));
        else End(CloseCode.NoAuth, "the first frame must be IDENTIFY, as text");
    }

    private sealed class Producer(SessionContext shared, Connection connection) : IIndirectActorProducer
    {
        public Type ActorType => typeof(ProtocolSessionActor);

        public ActorBase Produce() => new ProtocolSessionActor(shared, connection);

        public void Release(ActorBase actor)
        {
        }
    }
}
