using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Concierge.Actors.Dialects;
using Concierge.Actors.Directory;
using Concierge.Actors.Files;
using Concierge.Actors.Nodes;
using Concierge.Actors.Sessions;
using Concierge.Actors.Telemetry;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Hub;

/// <summary>A concierge with all its actors, and clients on wires in memory. Time stands still unless the test moves it.</summary>
public abstract class ConciergeTest : TestKit
{
    private const string ManualTime = """
        akka.scheduler.implementation = "Concierge.Actors.Tests.Hub.ManualScheduler, Concierge.Actors.Tests"
        """;

    private const int OutgoingLimit = 4 * 1024 * 1024;

    protected ConciergeTest(ConciergeSettings? settings = null, IClientFiles? files = null)
        : base(ManualTime)
    {
        Metrics = new ConciergeMetrics(View);
        Concierge = Sys.ActorOf(ConciergeActor.Props(settings ?? new ConciergeSettings(), new LoneNode(Sys), View, new ClusterView(), Metrics, files), "concierge");
    }

    /// <summary>Who is where; tests also put into it what never gets there, to make a frame fail.</summary>
    protected DirectoryView View { get; } = new();

    protected ConciergeMetrics Metrics { get; }

    protected IActorRef Concierge { get; }

    /// <summary>The clock of the closing handshakes.</summary>
    private protected ManualTime ClosingTime { get; } = new();

    protected static RawJson Data(string text) => RawJson.From($"\"{text}\"");

    private protected static ClientPayload.Message To(TestClient receiver, string data) => new(new Target.ToUuid(receiver.Uuid), RawJson.From(data));

    private protected static ClientPayload.Message ToAll(string data) => new(Target.Everyone, RawJson.From(data));

    private protected static ClientPayload.Message ToService(string service, string data) => new(new Target.ToService(service), RawJson.From(data));

    private protected static ClientPayload.Message ToRoom(string room, string data) => new(new Target.ToRoom(room), RawJson.From(data));

    protected void Advance(double seconds) => ((ManualScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Waits for what comes by itself.</summary>
    private protected static async Task Until(Func<bool> condition)
    {
        for (int i = 0; i < 2000 && !condition(); i++) await Task.Delay(5);
        condition().ShouldBeTrue();
    }

    private protected async Task<TestClient> Connect(int outgoingLimit = OutgoingLimit)
    {
        var client = new TestClient(Metrics, ClosingTime, outgoingLimit);
        var session = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        Concierge.Tell(new SessionsActor.Accept(client.Connection, session));
        client.Session = await session.Task;
        return client;
    }

    /// <summary>A robot, which has heard how many there are.</summary>
    private protected async Task<DialectClient> Robot(int count)
    {
        DialectClient robot = await Connect(DialectKind.RobotChat);
        await robot.Expect($$"""{"type": "users", "count": {{count}}}""");
        return robot;
    }

    /// <summary>Somebody in a room of the chatroom.</summary>
    private protected async Task<DialectClient> Chatter(int id, string room)
    {
        DialectClient client = await Connect(DialectKind.Chatroom);
        await client.Expect("Connected to server", $"{id}", "Which room do you want to be placed in (1 - 10): ", "10");
        await client.Send(room);
        return client;
    }

    private protected Task<DialectClient> Connect(DialectKind dialect) => DialectClient.Connect(Concierge, dialect, Metrics, ClosingTime);

    private protected async Task<TestClient> Identify(string name, bool presence = true, int outgoingLimit = OutgoingLimit)
    {
        TestClient client = await Connect(outgoingLimit);
        await client.Identify(name, presence: presence);
        return client;
    }

    /// <summary>Two clients, of which the first has heard of the second.</summary>
    private protected async Task<(TestClient First, TestClient Second)> Identify(string first, string second)
    {
        TestClient one = await Identify(first), two = await Identify(second);
        await one.Hear<ServerPayload.ClientJoined>();
        return (one, two);
    }

    /// <summary>Three clients that have heard of each other.</summary>
    private protected async Task<(TestClient First, TestClient Second, TestClient Third)> Identify(string first, string second, string third)
    {
        (TestClient one, TestClient two) = await Identify(first, second);
        TestClient three = await Identify(third);
        await one.Hear<ServerPayload.ClientJoined>();
        await two.Hear<ServerPayload.ClientJoined>();
        return (one, two, three);
    }

    /// <summary>Creates a service, of which the witnesses have heard.</summary>
    private protected static async Task Create(TestClient owner, string service, params TestClient[] witnesses)
    {
        (await owner.Ask<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate(service, null))).Successful.ShouldBeTrue();
        foreach (TestClient client in (TestClient[])[owner, .. witnesses]) await client.Hear<ServerPayload.ServiceCreateResult>();
    }

    /// <summary>Subscribes clients one after the other, each of which has then heard of those behind it.</summary>
    private protected static async Task Subscribe(string service, params TestClient[] clients)
    {
        for (int i = 0; i < clients.Length; i++)
        {
            (await clients[i].Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe(service))).Successful.ShouldBeTrue();
            for (int j = 0; j <= i; j++) await clients[j].Hear<ServerPayload.ServiceClientSubscribed>();
        }
    }

    /// <summary>Lets clients join a room one after the other, each of which has then heard of those behind it.</summary>
    private protected static async Task Join(string room, params TestClient[] clients)
    {
        for (int i = 0; i < clients.Length; i++)
        {
            (await clients[i].Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin(room))).Successful.ShouldBeTrue();
            for (int j = 0; j < i; j++) await clients[j].Hear<ServerPayload.RoomClientJoined>();
        }
    }

    /// <summary>A service whose actor the test plays.</summary>
    private protected ServiceEntry CreatePlayed(TestClient owner, string service, TestProbe actor)
    {
        View.TryGetClient(owner.Uuid, out ClientEntry? entry).ShouldBeTrue();
        var played = new ServiceEntry(Guid.NewGuid(), service, null, entry!, actor.Ref);
        View.Add(played);
        return played;
    }

    protected override void AfterAll()
    {
        Metrics.Dispose();
        base.AfterAll();
    }
}
