using Concierge.Protocol;

namespace Concierge.Client.Tests;

public sealed class RequestTests
{
    private static readonly Target Bob = new Target.ToName("bob");
    private readonly FakeConcierge _concierge = new();

    [Fact]
    public async Task Send_WhenConfirmed_Completes()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        await using var _ = client;

        var sending = client.SendAsync(Bob, RawJson.From("""{"a":1}"""));
        (await connection.ReadAsync<ClientPayload.Message>()).ShouldBe(new ClientPayload.Message(Bob, RawJson.From("""{"a":1}""")));
        sending.IsCompleted.ShouldBeFalse();
        connection.Say(new ServerPayload.Ok { Seq = 0 });

        await sending.InTime();
        sending.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Requests_AnsweredInAnyOrder_GetTheAnswersThatCarryTheirNumbers()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        await using var _ = client;
        var first = client.FetchServiceAsync("a");
        var second = client.FetchServiceAsync("b");
        await connection.ReadAsync<ClientPayload.ServiceFetch>();
        await connection.ReadAsync<ClientPayload.ServiceFetch>();

        connection.Say(new ServerPayload.ServiceFetchResult(Service("b")) { Seq = 1 });
        connection.Say(new ServerPayload.ServiceFetchResult(Service("a")) { Seq = 0 });

        (await first.InTime()).Name.ShouldBe("a");
        (await second.InTime()).Name.ShouldBe("b");
    }

    [Fact]
    public async Task Send_ManyAtOnce_GoesOutInTheOrderOfTheCalls()
    {
        var (client, connection) = await _concierge.ConnectAsync(new ConciergeClientOptions
        {
            Name = "alice",
            MaxInFlight = 4, // Fewer than are sent: most have to wait for their turn.
            TimeProvider = _concierge.Clock,
        });
        await using var _ = client;

        Task[] sendings = [.. Enumerable.Range(0, 100).Select(n => client.SendAsync(Bob, RawJson.From($"{n}")))];

        for (var seq = 0; seq < sendings.Length; seq++)
        {
            (await connection.ReadAsync<ClientPayload.Message>()).Data.ToString().ShouldBe($"{seq}");
            connection.Say(new ServerPayload.Ok { Seq = seq });
        }

        await Task.WhenAll(sendings).InTime();
    }

    [Fact]
    public async Task Send_WithTheWindowFull_WaitsForAnAnswer()
    {
        var (client, connection) = await _concierge.ConnectAsync(new ConciergeClientOptions
        {
            Name = "alice",
            MaxInFlight = 1,
            TimeProvider = _concierge.Clock,
        });
        await using var _ = client;
        await client.PostAsync(Bob, RawJson.From("0"));
        await connection.ReadAsync<ClientPayload.Message>();

        var second = client.SendAsync(Bob, RawJson.From("1"));
        connection.HasNothingMore.ShouldBeTrue();
        connection.Say(new ServerPayload.Ok { Seq = 0 });

        (await connection.ReadAsync<ClientPayload.Message>()).Data.ToString().ShouldBe("1");
        connection.Say(new ServerPayload.Ok { Seq = 1 });
        await second.InTime();
    }

    public static TheoryData<ServerPayload, RefusalReason, string> Refusals() => new()
    {
        { new ServerPayload.Bad { Seq = 0 }, RefusalReason.NotAllowed, "Not allowed" },
        { new ServerPayload.InvalidName("bob") { Seq = 0 }, RefusalReason.UnknownName, "'bob'" },
        { new ServerPayload.InvalidUuid(Guid.Empty) { Seq = 0 }, RefusalReason.UnknownUuid, Guid.Empty.ToString() },
        { new ServerPayload.InvalidService("chat") { Seq = 0 }, RefusalReason.UnknownService, "'chat'" },
        { new ServerPayload.InvalidRoom("lobby") { Seq = 0 }, RefusalReason.UnknownRoom, "'lobby'" },
        { new ServerPayload.ErrorProtocol("no data") { Seq = 0 }, RefusalReason.Malformed, "no data" },
        { new ServerPayload.ErrorUnsupported { Seq = 0 }, RefusalReason.Unsupported, "does not know" },
        { new ServerPayload.ErrorInternal("oops") { Seq = 0 }, RefusalReason.Internal, "oops" },
        { new ServerPayload.ServiceFetchAllResult([]) { Seq = 0 }, RefusalReason.Unexpected, "ServiceFetchAllResult" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Send_WhenRefused_SaysWhatAndWhy(ServerPayload answer, RefusalReason reason, string explanation)
    {
        var (client, connection) = await _concierge.ConnectAsync();
        await using var _ = client;

        var sending = client.SendAsync(Bob, RawJson.Null);
        await connection.ReadAsync<ClientPayload.Message>();
        connection.Say(answer);

        var refusal = await Should.ThrowAsync<RequestRefusedException>(sending.InTime());
        refusal.Reason.ShouldBe(reason);
        refusal.Message.ShouldContain(explanation);
        refusal.Message.ShouldContain("MESSAGE to");
    }

    [Fact]
    public async Task Request_WithoutAnAnswerInTime_ThrowsAndNamesIt_AndTheLateAnswerDisturbsNobody()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        await using var _ = client;
        var late = client.FetchServiceAsync("slow");
        await connection.ReadAsync<ClientPayload.ServiceFetch>();

        _concierge.Clock.Advance(_concierge.Options.RequestTimeout);
        (await Should.ThrowAsync<TimeoutException>(late.InTime())).Message.ShouldContain("slow");
        var next = client.FetchServiceAsync("quick");
        await connection.ReadAsync<ClientPayload.ServiceFetch>();
        connection.Say(new ServerPayload.ServiceFetchResult(Service("slow")) { Seq = 0 });
        connection.Say(new ServerPayload.ServiceFetchResult(Service("quick")) { Seq = 1 });

        (await next.InTime()).Name.ShouldBe("quick");
    }

    [Fact]
    public async Task Request_CancelledBeforeItLeft_IsNotSentAndTakesNoNumber()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        await using var _ = client;
        var congestion = new TaskCompletionSource();
        connection.Congestion = congestion.Task;
        using var cancellation = new CancellationTokenSource();
        var first = client.FetchServiceAsync("a");
        var second = client.FetchServiceAsync("b", cancellation.Token);
        var third = client.FetchServiceAsync("c");

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(second.InTime());
        congestion.SetResult();

        (await connection.ReadAsync<ClientPayload.ServiceFetch>()).Service.ShouldBe("a");
        (await connection.ReadAsync<ClientPayload.ServiceFetch>()).Service.ShouldBe("c");
        connection.Say(new ServerPayload.ServiceFetchResult(Service("c")) { Seq = 1 });
        connection.Say(new ServerPayload.ServiceFetchResult(Service("a")) { Seq = 0 });
        (await first.InTime()).Name.ShouldBe("a");
        (await third.InTime()).Name.ShouldBe("c");
    }

    [Fact]
    public async Task Request_WhenTheConnectionIsLost_FailsWithTheReason()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        await using var _ = client;
        var sending = client.SendAsync(Bob, RawJson.Null);
        await connection.ReadAsync<ClientPayload.Message>();

        connection.Close(CloseCode.GoingAway);

        var failure = await Should.ThrowAsync<ConciergeClosedException>(sending.InTime());
        failure.Code.ShouldBe(CloseCode.GoingAway);
        failure.Message.ShouldContain("MESSAGE to");
    }

    [Fact]
    public async Task Send_OfWhatIsNotOneJsonValue_ThrowsAndSendsNothing()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        await using var _ = client;

        await Should.ThrowAsync<ArgumentException>(client.SendAsync(Bob, RawJson.From("1,")));

        connection.HasNothingMore.ShouldBeTrue();
    }

    [Fact]
    public async Task Post_WhenRefused_BecomesAFault()
    {
        var faults = new Recording<ClientFault>();
        var (client, connection) = await _concierge.ConnectAsync(attach: client => client.Faulted += faults.Handle);
        await using var _ = client;

        await client.PostAsync(Bob, new Greeting("hi"), TestJson.Default.Greeting);
        (await connection.ReadAsync<ClientPayload.Message>()).Data.ToString().ShouldBe("""{"Text":"hi"}""");
        connection.Say(new ServerPayload.InvalidName("bob") { Seq = 0 });

        var fault = await faults.NextAsync();
        fault.Kind.ShouldBe(ClientFaultKind.Post);
        fault.Exception.ShouldBeOfType<RequestRefusedException>().Reason.ShouldBe(RefusalReason.UnknownName);
    }

    [Fact]
    public async Task Queries_ReturnWhatTheConciergeKnows()
    {
        var (client, connection) = await _concierge.ConnectAsync();
        await using var _ = client;
        var bob = new ClientInfo("bob", "Bob", Guid.NewGuid(), ["robot"]);

        var self = client.FetchSelfAsync();
        var one = client.FetchClientAsync(bob.Uuid);
        var clients = client.FetchClientsAsync();
        var services = client.FetchServicesAsync();
        await connection.ReadAsync<ClientPayload.SelfFetch>();
        (await connection.ReadAsync<ClientPayload.ClientFetch>()).Uuid.ShouldBe(bob.Uuid);
        await connection.ReadAsync<ClientPayload.ClientFetchAll>();
        await connection.ReadAsync<ClientPayload.ServiceFetchAll>();
        connection.Say(new ServerPayload.SelfFetchResult(bob, [Service("a")]) { Seq = 0 });
        connection.Say(new ServerPayload.ClientFetchResult(bob, []) { Seq = 1 });
        connection.Say(new ServerPayload.ClientFetchAllResult([bob]) { Seq = 2 });
        connection.Say(new ServerPayload.ServiceFetchAllResult([Service("a"), Service("b")]) { Seq = 3 });

        (await self.InTime()).Subscriptions.Single().Name.ShouldBe("a");
        (await one.InTime()).Client.ShouldBe(bob);
        (await clients.InTime()).ShouldBe([bob]);
        (await services.InTime()).Select(service => service.Name).ShouldBe(["a", "b"]);
    }

    private static ServiceInfo Service(string name) => new(name, null, Guid.NewGuid(), []);
}
