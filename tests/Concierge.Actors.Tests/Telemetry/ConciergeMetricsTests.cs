using System.Diagnostics.Metrics;
using Akka.Actor;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Telemetry;

public class ConciergeMetricsTests : ConciergeTest
{
    private readonly Dictionary<string, double> _sums = [];
    private readonly MeterListener _listener = new();

    public ConciergeMetricsTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == Metrics.Meter) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument.Name, 1, tags));
        _listener.Start();
    }

    [Fact]
    public async Task MessagesSent_CountsEachReceiverOfABroadcast()
    {
        (TestClient ann, _, _) = await Identify("ann", "bob", "cid");
        double before = Read("concierge_messages_sent_total");
        await ann.Send(ToAll("1"), ToAll("2"));

        (Read("concierge_messages_sent_total") - before).ShouldBe(2 * 3 + 2, "two copies each, and two times OK");
        Read("concierge_fanout_seconds").ShouldBe(1, "both went in one fan-out");
    }

    [Fact]
    public async Task ClientsServicesAndRooms_AreMeasuredAsTheyAre()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "news", bob);
        await Join("lobby", ann);
        (Read("concierge_clients"), Read("concierge_services"), Read("concierge_rooms"), Read("concierge_outbox_bytes")).ShouldBe((2, 1, 1, 0));
        ann.Disconnect();
        await bob.Hear<ServerPayload.ServiceDeleteResult>();
        await bob.Hear<ServerPayload.ClientLeft>();

        (Read("concierge_clients"), Read("concierge_services"), Read("concierge_rooms")).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task Closes_AreCountedByTheirCode()
    {
        TestClient ann = await Connect(), bob = await Connect();
        _ = ann.Send("nonsense");
        _ = bob.Send("nonsense");
        await ann.Closed();
        await bob.Closed();

        Read("concierge_closes_total 4002").ShouldBe(2);
    }

    [Fact]
    public async Task Clients_AreCountedByDialect()
    {
        await Identify("ann");
        await Robot(1);
        await Robot(2);

        Read("concierge_clients").ShouldBe(3);
        Read("concierge_dialect_clients robot-chat").ShouldBe(2);
        Read("concierge_dialect_clients chatroom").ShouldBe(0);
    }

    [Fact]
    public async Task Failures_AreCounted()
    {
        TestClient ann = await Identify("ann");
        await EventFilter.Exception<ActorKilledException>().ExpectOneAsync(async () =>
        {
            ann.Session.Tell(Kill.Instance);
            await ann.Closed();
        });

        Read("concierge_actor_restarts_total").ShouldBe(1);
    }

    protected override void AfterAll()
    {
        _listener.Dispose();
        base.AfterAll();
    }

    private double Read(string name)
    {
        lock (_sums)
        {
            // What is observed is told anew, as a whole.
            foreach (string observed in _sums.Keys.Where(key => key != "concierge_fanout_seconds" && !key.StartsWith("concierge_closes_total", StringComparison.Ordinal)))
                _sums.Remove(observed);
            _listener.RecordObservableInstruments();
            return _sums.GetValueOrDefault(name);
        }
    }

    private void Add(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string key = tags.IsEmpty ? name : $"{name} {tags[0].Value}";
        lock (_sums) _sums[key] = _sums.GetValueOrDefault(key) + value;
    }
}
