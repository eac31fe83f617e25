using Concierge.Protocol;

namespace Concierge.Client.Tests;

public sealed class EventTests
{
    private static readonly ClientInfo Bob = new("bob", null, Guid.NewGuid(), []);
    private static readonly ServiceInfo Chat = new("chat", null, Bob.Uuid, []);
    private readonly FakeConcierge _concierge = new();

    [Fact]
    public async Task Events_AreToldInTheOrderInWhichTheyHappened()
    {
        var told = new Recording<object>();
        var (client, connection) = await _concierge.ConnectAsync(attach: client =>
        {
            client.ClientJoined += told.Handle;
            client.ClientLeft += told.Handle;
            client.ServiceCreated += told.Handle;
            client.ServiceDeleted += told.Handle;
            client.SubscriberJoined += told.Handle;
            client.SubscriberLeft += told.Handle;
            client.RoomMemberJoined += told.Handle;
            client.RoomMemberLeft += told.Handle;
            client.ClientUpdated += told.Handle;
            client.MessageReceived += told.Handle;
        });
        await using var _ = client;

        connection.Say(new ServerPayload.ClientJoined(Bob));
        connection.Say(new ServerPayload.ServiceCreateResult(true, Chat));
        connection.Say(new ServerPayload.ServiceClientSubscribed(Bob, Chat));
        connection.Say(new ServerPayload.Message(new Origin(Bob, Chat), new Target.ToService("chat"), RawJson.From("[1]")));
        connection.Say(new ServerPayload.ServiceClientUnsubscribed(Bob, Chat));
        connection.Say(new ServerPayload.ServiceDeleteResult(Chat));
        connection.Say(new ServerPayload.RoomClientJoined(Bob, "lobby"));
        connection.Say(new ServerPayload.ClientUpdated(Bob with { Nickname = "Bob" }));
        connection.Say(new ServerPayload.RoomClientLeft(Bob, "attic"));
        connection.Say(new ServerPayload.ClientLeft(Bob));

        (await told.NextAsync()).ShouldBe(Bob);
        (await told.NextAsync()).ShouldBe(Chat);
        (await told.NextAsync()).ShouldBe(new SubscriberChange(Bob, Chat));
        (await told.NextAsync()).ShouldBe(new IncomingMessage(new Origin(Bob, Chat), new Target.ToService("chat"), RawJson.From("[1]")));
        (await told.NextAsync()).ShouldBe(new SubscriberChange(Bob, Chat));
        (await told.NextAsync()).ShouldBe(Chat);
        (await told.NextAsync()).ShouldBe(new RoomMemberChange(Bob, "lobby"));
        (await told.NextAsync()).ShouldBe(Bob with { Nickname = "Bob" });
        (await told.NextAsync()).ShouldBe(new RoomMemberChange(Bob, "attic"));
        (await told.NextAsync()).ShouldBe(Bob);
    }

    [Fact]
    public async Task Handler_ThatThrows_BecomesAFault_AndTheOthersAreCalledNevertheless()
    {
        var faults = new Recording<ClientFault>();
        var joined = new Recording<ClientInfo>();
        var (client, connection) = await _concierge.ConnectAsync(attach: client =>
        {
            client.ClientJoined += (_, _) => throw new FormatException("mine");
            client.ClientJoined += joined.Handle;
            client.Faulted += (_, _) => throw new FormatException("of the fault handler");
            client.Faulted += faults.Handle;
        });
        await using var _ = client;

        connection.Say(new ServerPayload.ClientJoined(Bob));
        connection.Say(new ServerPayload.ClientJoined(Bob));

        (await faults.NextAsync()).Kind.ShouldBe(ClientFaultKind.Handler);
        (await joined.NextAsync()).ShouldBe(Bob);
        (await faults.NextAsync()).Exception.Message.ShouldBe("mine");
        (await joined.NextAsync()).ShouldBe(Bob);
    }

    [Fact]
    public async Task Handlers_RunOneAtATime()
    {
        var running = 0;
        var most = 0;
        var done = new Recording<int>();
        var (client, connection) = await _concierge.ConnectAsync(attach: client => client.ClientJoined += async (_, cancellationToken) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            await done.Handle(0, cancellationToken);
        });
        await using var _ = client;

        for (var n = 0; n < 50; n++)
            connection.Say(new ServerPayload.ClientJoined(Bob));
        for (var n = 0; n < 50; n++)
            await done.NextAsync();

        most.ShouldBe(1);
    }

    [Fact]
    public async Task Handler_ThatAsksTheConcierge_GetsItsAnswer()
    {
        var fetched = new Recording<ServiceInfo>();
        ConciergeClient? it = null;
        var (client, connection) = await _concierge.ConnectAsync(attach: client =>
        {
            it = client;
            client.ClientJoined += async (_, cancellationToken) =>
                await fetched.Handle(await it.FetchServiceAsync("chat", cancellationToken), cancellationToken);
        });
        await using var _ = client;

        connection.Say(new ServerPayload.ClientJoined(Bob));
        connection.Say(new ServerPayload.ClientLeft(Bob));
        await connection.ReadAsync<ClientPayload.ServiceFetch>();
        connection.Say(new ServerPayload.ServiceFetchResult(Chat) { Seq = 0 });

        (await fetched.NextAsync()).ShouldBe(Chat);
    }

    [Fact]
    public async Task Handlers_ThatFallTooFarBehind_CostTheConnection()
    {
        var release = new TaskCompletionSource();
        var lost = new Recording<Disconnection>();
        var (client, connection) = await _concierge.ConnectAsync(
            new ConciergeClientOptions
            {
                Name = "alice",
                MaxMessageSize = 1000,
                MaxQueuedEvents = 2000,
                Reconnect = ReconnectPolicy.Never,
                TimeProvider = _concierge.Clock,
            },
            client =>
            {
                client.ClientJoined += async (_, _) => await release.Task;
                client.Disconnected += lost.Handle;
            });
        await using var _ = client;

        for (var n = 0; n < 100; n++)
            connection.Say(new ServerPayload.ClientJoined(Bob));

        (await connection.ClosedByClient.InTime()).ShouldBe(CloseCode.SlowConsumer);
        release.SetResult();
        (await lost.NextAsync()).Reason.Code.ShouldBe(CloseCode.SlowConsumer);
    }

    [Fact]
    public async Task Frames_ThatNobodyKnows_AreSkipped_AndBrokenOnesAreFaults()
    {
        var faults = new Recording<ClientFault>();
        var joined = new Recording<ClientInfo>();
        var (client, connection) = await _concierge.ConnectAsync(attach: client =>
        {
            client.Faulted += faults.Handle;
            client.ClientJoined += joined.Handle;
        });
        await using var _ = client;

        connection.Say("""{"type":"ROOM_INVENTED_LATER","room":1}""");
        connection.Say("""{"type":"CLIENT_JOINED","client":7}""");
        connection.Say(new ServerPayload.ClientJoined(Bob));

        (await joined.NextAsync()).ShouldBe(Bob);
        var fault = await faults.NextAsync();
        fault.Kind.ShouldBe(ClientFaultKind.Frame);
        fault.Exception.Message.ShouldContain("client");
    }
}
