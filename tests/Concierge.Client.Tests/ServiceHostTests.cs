using Concierge.Protocol;

namespace Concierge.Client.Tests;

public sealed class ServiceHostTests
{
    private static readonly ClientInfo Bob = new("bob", null, Guid.NewGuid(), []);
    private readonly FakeConcierge _concierge = new();

    [Fact]
    public async Task Start_CreatesTheServiceAndSubscribesToIt()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        await using var _ = client;
        var host = new Parrot(client);

        var starting = host.StartAsync();

        (await connection.ReadAsync<ClientPayload.ServiceCreate>()).ShouldBe(new ClientPayload.ServiceCreate("parrot", "Polly"));
        connection.Say(new ServerPayload.ServiceCreateResult(true, Service(connection)) { Seq = 0 });
        (await connection.ReadAsync<ClientPayload.SelfSubscribe>()).Service.ShouldBe("parrot");
        connection.Say(new ServerPayload.SelfSubscribeResult(true, Service(connection)) { Seq = 1 });
        await starting.InTime();
    }

    [Fact]
    public async Task Start_WhenTheNameIsTaken_ThrowsAndSaysWhoseItIs()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        await using var _ = client;

        var starting = new Parrot(client).StartAsync();
        await connection.ReadAsync<ClientPayload.ServiceCreate>();
        connection.Say(new ServerPayload.ServiceCreateResult(false, new ServiceInfo("parrot", null, Bob.Uuid, [])) { Seq = 0 });

        (await Should.ThrowAsync<ConciergeException>(starting.InTime())).Message.ShouldContain(Bob.Uuid.ToString());
    }

    [Fact]
    public async Task Host_HearsOfItsOwnServiceAlone()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        await using var _ = client;
        var host = await StartAsync(client, connection);
        var service = Service(connection);
        var other = service with { Name = "other" };

        connection.Say(new ServerPayload.ServiceClientSubscribed(Bob, other));
        connection.Say(new ServerPayload.Message(new Origin(Bob, other), new Target.ToService("other"), RawJson.From("0")));
        connection.Say(new ServerPayload.Message(new Origin(Bob, null), Target.Everyone, RawJson.From("1")));
        connection.Say(new ServerPayload.ServiceClientSubscribed(Bob, service));
        connection.Say(new ServerPayload.Message(new Origin(Bob, service), new Target.ToService("parrot"), RawJson.From("2")));
        connection.Say(new ServerPayload.ServiceClientUnsubscribed(Bob, service));

        (await host.Heard.NextAsync()).ShouldBe("+bob");
        (await host.Heard.NextAsync()).ShouldBe("bob: 2");
        (await host.Heard.NextAsync()).ShouldBe("-bob");
    }

    [Fact]
    public async Task Subscriber_WhoWasQuickerThanTheOwner_IsAnnouncedOnce()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        await using var _ = client;
        var host = await StartAsync(client, connection);
        var service = Service(connection);
        var carol = new ClientInfo("carol", null, Guid.NewGuid(), []);

        connection.Say(new ServerPayload.ServiceClientSubscribed(new ClientInfo("alice", null, connection.Uuid, []), service));
        connection.Say(new ServerPayload.ServiceClientSubscribed(carol, service));
        await connection.ReadAsync<ClientPayload.ServiceFetch>();
        connection.Say(new ServerPayload.ServiceFetchResult(service with { Subscribers = [Bob.Uuid, connection.Uuid, carol.Uuid] }) { Seq = 2 });
        await connection.ReadAsync<ClientPayload.ClientFetchAll>();
        connection.Say(new ServerPayload.ClientFetchAllResult([Bob, carol]) { Seq = 3 });
        connection.Say(new ServerPayload.ServiceClientUnsubscribed(carol, service));

        (await host.Heard.NextAsync()).ShouldBe("+bob");
        (await host.Heard.NextAsync()).ShouldBe("+carol");
        (await host.Heard.NextAsync()).ShouldBe("-carol");
    }

    [Fact]
    public async Task Host_SpeaksToAllOrToOne()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        await using var _ = client;
        var host = await StartAsync(client, connection);

        var broadcasting = host.BroadcastAsync(Json.Of("hello"));
        (await connection.ReadAsync<ClientPayload.Message>()).ShouldBe(
            new ClientPayload.Message(new Target.ToService("parrot"), RawJson.From("\"hello\"")));
        connection.Say(new ServerPayload.Ok { Seq = 2 });
        await broadcasting.InTime();

        var sending = host.SendToAsync(Bob.Uuid, new Greeting("hi"), TestJson.Default.Greeting);
        (await connection.ReadAsync<ClientPayload.Message>()).ShouldBe(
            new ClientPayload.Message(new Target.ToServiceClient("parrot", Bob.Uuid), RawJson.From("""{"Text":"hi"}""")));
        connection.Say(new ServerPayload.Ok { Seq = 3 });
        await sending.InTime();
    }

    [Fact]
    public async Task Dispose_DeletesTheService_AndNothingMoreIsHeard()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        var host = await StartAsync(client, connection);

        var disposing = host.DisposeAsync().AsTask();
        (await connection.ReadAsync<ClientPayload.ServiceDelete>()).Service.ShouldBe("parrot");
        connection.Say(new ServerPayload.ServiceDeleteResult(Service(connection)) { Seq = 2 });
        await disposing.InTime();
        connection.Say(new ServerPayload.ServiceClientSubscribed(Bob, Service(connection)));
        await client.DisposeAsync(); // Waits until that event was dealt with.

        host.HasHeard.ShouldBeFalse();
    }

    private static async Task<Parrot> StartAsync(ConciergeClient client, FakeConnection connection)
    {
        var host = new Parrot(client);
        var starting = host.StartAsync();
        await connection.ReadAsync<ClientPayload.ServiceCreate>();
        connection.Say(new ServerPayload.ServiceCreateResult(true, Service(connection)) { Seq = 0 });
        await connection.ReadAsync<ClientPayload.SelfSubscribe>();
        connection.Say(new ServerPayload.SelfSubscribeResult(true, Service(connection)) { Seq = 1 });
        await starting.InTime();
        return host;
    }

    private static ServiceInfo Service(FakeConnection owner) => new("parrot", "Polly", owner.Uuid, []);

    private sealed class Parrot(ConciergeClient client) : ServiceHost(client, "parrot", "Polly")
    {
        public Recording<string> Heard { get; } = new();

        public bool HasHeard { get; private set; }

        protected override ValueTask OnSubscribedAsync(ClientInfo subscriber, CancellationToken cancellationToken) => Hear($"+{subscriber.Name}");

        protected override ValueTask OnUnsubscribedAsync(ClientInfo subscriber, CancellationToken cancellationToken) => Hear($"-{subscriber.Name}");

        protected override ValueTask OnMessageAsync(Origin origin, RawJson data, CancellationToken cancellationToken) => Hear($"{origin.Client.Name}: {data}");

        private ValueTask Hear(string what)
        {
            HasHeard = true;
            return Heard.Handle(what, CancellationToken.None);
        }
    }
}
