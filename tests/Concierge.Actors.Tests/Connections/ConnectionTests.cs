using Akka.TestKit.Xunit2;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Actors.Sessions;
using Concierge.Actors.Telemetry;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Tests.Connections;

public class ConnectionTests : TestKit
{
    private readonly ConciergeMetrics _metrics = new(new DirectoryView());
    private readonly ScriptedWire _wire = new();
    private readonly Connection _connection;

    public ConnectionTests() => _connection = new Connection(_wire, outgoingLimit: 100, new ManualTime(), _metrics);

    [Fact]
    public async Task Delivery_IsDone_WhenTheSessionSaysSo()
    {
        List<InboundMessage> messages = [];
        ValueTask delivery = _connection.DeliverAsync(TestActor, messages);
        (await ExpectMsgAsync<InboundFrames>()).Messages.ShouldBeSameAs(messages);
        delivery.IsCompleted.ShouldBeFalse();

        _connection.Processed();
        await delivery;
    }

    [Fact]
    public async Task Deliveries_AreDoneOneByOne()
    {
        for (int i = 0; i < 3; i++)
        {
            ValueTask delivery = _connection.DeliverAsync(TestActor, []);
            await ExpectMsgAsync<InboundFrames>();
            delivery.IsCompleted.ShouldBeFalse();
            _connection.Processed();
            await delivery;
        }
    }

    [Fact]
    public async Task Delivery_IsDone_WhenTheSessionEnds()
    {
        ValueTask delivery = _connection.DeliverAsync(TestActor, []);
        _connection.SessionEnded();

        await delivery;
    }

    [Fact]
    public void Delivery_AfterTheSessionsEnd_IsDoneAtOnce_AndReachesNobody()
    {
        _connection.SessionEnded();

        _connection.DeliverAsync(TestActor, []).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
        HasMessages.ShouldBeFalse();
    }

    [Fact]
    public async Task SessionsEnd_AfterADeliveryWasDone_IsHarmless()
    {
        ValueTask delivery = _connection.DeliverAsync(TestActor, []);
        _connection.Processed();
        await delivery;
        _connection.SessionEnded();
        _connection.Processed();

        _connection.DeliverAsync(TestActor, []).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Delivery_RacingWithTheSessionsEnd_IsAlwaysDone()
    {
        for (int i = 0; i < 500; i++)
        {
            var connection = new Connection(_wire, outgoingLimit: 100, TimeProvider.System, _metrics);
            Task ending = Task.Run(connection.SessionEnded);
            await connection.DeliverAsync(TestActor, []).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
            await ending;

            connection.DeliverAsync(TestActor, []).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task SlowClient_IsItsSessionsToClose()
    {
        _connection.Attach(TestActor);
        _connection.Outbox.Enqueue(Lane.Others, new byte[101]);

        (await ExpectMsgAsync<SessionActor.Close>()).Code.ShouldBe(Protocol.CloseCode.SlowConsumer);
    }

    protected override void AfterAll()
    {
        _metrics.Dispose();
        base.AfterAll();
    }
}
