using Concierge.Protocol;

namespace Concierge.Client.Tests.Node;

public sealed class TalkTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Connect_GetsAUuidAndTheVersion()
    {
        await using var ann = await node.ConnectAsync("ann", nickname: "Ann");

        var self = await ann.FetchSelfAsync();

        ann.ServerVersion.ShouldBe(ProtocolVersion.Current);
        self.Client.ShouldBe(new ClientInfo(ann.Name, "Ann", ann.Uuid, []));
        self.Subscriptions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Connect_UnderATakenName_IsRefused()
    {
        await using var ann = await node.ConnectAsync("ann");
        var options = new ConciergeClientOptions { Uri = node.Url, Name = ann.Name };

        var refusal = await Should.ThrowAsync<ConciergeClosedException>(ConciergeClient.ConnectAsync(options));

        refusal.Code.ShouldBe(CloseCode.DuplicateAuth);
    }

    [Fact]
    public async Task Connect_ToAnAddressThatIsNoWebSocket_SaysSo()
    {
        var options = new ConciergeClientOptions { Uri = new Uri(node.Url, "/healthz"), Name = "ann" };

        var failure = await Should.ThrowAsync<ConciergeClosedException>(ConciergeClient.ConnectAsync(options));

        failure.Code.ShouldBeNull();
        failure.Message.ShouldContain("HTTP 200");
    }

    [Fact]
    public async Task Messages_ReachANameAndAUuid()
    {
        var heard = new Recording<IncomingMessage>();
        await using var ann = await node.ConnectAsync("ann");
        await using var bob = await node.ConnectAsync("bob", client => client.MessageReceived += heard.Handle);

        await ann.SendAsync(new Target.ToName(bob.Name), RawJson.From("""{ "as it":  "is" }"""));
        await ann.SendAsync(new Target.ToUuid(bob.Uuid), new Greeting("hi"), TestJson.Default.Greeting);

        var first = await heard.NextAsync();
        first.Data.ToString().ShouldBe("""{ "as it":  "is" }""");
        first.Origin.ShouldBe(new Origin(new ClientInfo(ann.Name, null, ann.Uuid, []), null));
        first.Target.ShouldBe(new Target.ToName(bob.Name));
        (await heard.NextAsync()).Data.To(TestJson.Default.Greeting).ShouldBe(new Greeting("hi"));
    }

    [Fact]
    public async Task Messages_ByTheThousand_ArriveInOrder()
    {
        const int Count = 20_000;
        var heard = new Recording<IncomingMessage>();
        await using var ann = await node.ConnectAsync("ann");
        await using var bob = await node.ConnectAsync("bob", client => client.MessageReceived += heard.Handle);

        for (var n = 0; n < Count; n++)
            await ann.PostAsync(new Target.ToUuid(bob.Uuid), RawJson.From($"{n}"));

        for (var n = 0; n < Count; n++)
            (await heard.NextAsync()).Data.ToString().ShouldBe($"{n}");
    }

    [Fact]
    public async Task Message_OfManyFragmentsOfMemory_ArrivesWhole()
    {
        var heard = new Recording<IncomingMessage>();
        await using var ann = await node.ConnectAsync("ann");
        await using var bob = await node.ConnectAsync("bob", client => client.MessageReceived += heard.Handle);
        var text = new string('x', 500_000);

        await ann.SendAsync(new Target.ToUuid(bob.Uuid), Json.Of(text));
        await ann.SendAsync(new Target.ToUuid(bob.Uuid), Json.Of("short"));

        (await heard.NextAsync()).Data.ToElement().GetString().ShouldBe(text);
        (await heard.NextAsync()).Data.ToElement().GetString().ShouldBe("short");
    }

    [Fact]
    public async Task Message_OverTheClientsOwnLimit_CostsTheConnection()
    {
        var lost = new Recording<Disconnection>();
        await using var ann = await node.ConnectAsync("ann");
        await using var bob = await ConciergeClient.ConnectAsync(
            new ConciergeClientOptions { Uri = node.Url, Name = node.Unique("bob"), Presence = false, MaxMessageSize = 1000, Reconnect = ReconnectPolicy.Never },
            client => client.Disconnected += lost.Handle);

        await ann.SendAsync(new Target.ToUuid(bob.Uuid), Json.Of(new string('x', 1000)));

        (await lost.NextAsync()).Reason.Code.ShouldBe(CloseCode.TooBig);
    }

    [Fact]
    public async Task Message_OverTheConciergesLimit_CostsTheConnection()
    {
        await using var ann = await node.ConnectAsync("ann");

        var failure = await Should.ThrowAsync<ConciergeClosedException>(
            ann.SendAsync(new Target.ToUuid(ann.Uuid), Json.Of(new string('x', Limits.FrameSize))));

        failure.Code.ShouldBe(CloseCode.TooBig);
    }

    [Fact]
    public async Task Messages_ToNobody_AreRefused()
    {
        await using var ann = await node.ConnectAsync("ann");

        (await RefusalOf(ann.SendAsync(new Target.ToName("nobody"), RawJson.Null))).ShouldBe(RefusalReason.UnknownName);
        (await RefusalOf(ann.SendAsync(new Target.ToUuid(Guid.NewGuid()), RawJson.Null))).ShouldBe(RefusalReason.UnknownUuid);
        (await RefusalOf(ann.SendAsync(new Target.ToService("nothing"), RawJson.Null))).ShouldBe(RefusalReason.UnknownService);
        (await RefusalOf(ann.SubscribeAsync("nothing"))).ShouldBe(RefusalReason.UnknownService);
        (await RefusalOf(ann.FetchClientAsync(Guid.NewGuid()))).ShouldBe(RefusalReason.UnknownUuid);
        (await RefusalOf(ann.CreateServiceAsync("no spaces, please"))).ShouldBe(RefusalReason.Malformed);
    }

    [Fact]
    public async Task Presence_TellsOfComingAndGoing()
    {
        var joined = new Recording<ClientInfo>();
        var left = new Recording<ClientInfo>();
        await using var ann = await node.ConnectAsync("ann", client =>
        {
            client.ClientJoined += joined.Handle;
            client.ClientLeft += left.Handle;
        });

        Guid uuid;
        await using (var bob = await node.ConnectAsync("passer_by"))
            uuid = bob.Uuid;

        await joined.UntilAsync(client => client.Uuid == uuid);
        await left.UntilAsync(client => client.Uuid == uuid);
    }

    [Fact]
    public async Task Services_AreCreatedFoundAndDeleted()
    {
        var name = node.Unique("weather");
        await using var ann = await node.ConnectAsync("ann");
        await using var bob = await node.ConnectAsync("bob");

        (await ann.CreateServiceAsync(name, "The weather")).Changed.ShouldBeTrue();
        (await ann.CreateServiceAsync(name)).Changed.ShouldBeFalse();
        (await bob.SubscribeAsync(name)).Changed.ShouldBeTrue();

        (await ann.FetchServiceAsync(name)).ShouldBe(new ServiceInfo(name, "The weather", ann.Uuid, [bob.Uuid]));
        (await ann.FetchServicesAsync()).ShouldContain(service => service.Name == name);
        (await ann.FetchClientsAsync()).ShouldContain(client => client.Uuid == bob.Uuid);
        (await ann.FetchClientAsync(bob.Uuid)).Subscriptions.Single().Name.ShouldBe(name);
        (await RefusalOf(bob.DeleteServiceAsync(name))).ShouldBe(RefusalReason.NotAllowed);
        (await bob.UnsubscribeAsync(name)).Changed.ShouldBeTrue();
        (await ann.DeleteServiceAsync(name)).Name.ShouldBe(name);
        (await RefusalOf(ann.FetchServiceAsync(name))).ShouldBe(RefusalReason.UnknownService);
    }

    private static async Task<RefusalReason> RefusalOf(Task request) =>
        (await Should.ThrowAsync<RequestRefusedException>(request)).Reason;
}
