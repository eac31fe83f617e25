using Concierge.Protocol;

namespace Concierge.Client.Tests.Node;

public sealed class HostedServiceTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Host_GreetsEchoesAndSaysGoodbye()
    {
        await using var owner = await node.ConnectAsync("owner");
        await using var echo = new Echo(owner, node.Unique("echo"));
        await echo.StartAsync();
        var heard = new Recording<IncomingMessage>();
        await using var bob = await node.ConnectAsync("bob", client => client.MessageReceived += heard.Handle);

        var carol = await node.ConnectAsync("carol");
        await bob.SubscribeAsync(echo.Name);
        (await heard.NextAsync()).Data.ToElement().GetString().ShouldBe($"+{bob.Name}");
        await carol.SubscribeAsync(echo.Name);
        (await heard.NextAsync()).Data.ToElement().GetString().ShouldBe($"+{carol.Name}");
        await bob.SendAsync(new Target.ToService(echo.Name), RawJson.From("[1,2]"));
        var answer = await heard.NextAsync();
        answer.Data.ToString().ShouldBe("[1,2]");
        answer.Target.ShouldBe(new Target.ToServiceClient(echo.Name, bob.Uuid));
        await carol.DisposeAsync();
        (await heard.NextAsync()).Data.ToElement().GetString().ShouldBe($"-{carol.Name}");
    }

    [Fact]
    public async Task Start_WithATakenName_Throws()
    {
        await using var owner = await node.ConnectAsync("owner");
        await using var first = new Echo(owner, node.Unique("echo"));
        await first.StartAsync();
        await using var rival = await node.ConnectAsync("rival");

        var failure = await Should.ThrowAsync<ConciergeException>(new Echo(rival, first.Name).StartAsync());

        failure.Message.ShouldContain(owner.Uuid.ToString());
    }

    [Fact]
    public async Task Dispose_EndsTheService()
    {
        await using var owner = await node.ConnectAsync("owner");
        var echo = new Echo(owner, node.Unique("echo"));
        await echo.StartAsync();

        await echo.DisposeAsync();

        (await Should.ThrowAsync<RequestRefusedException>(owner.FetchServiceAsync(echo.Name))).Reason.ShouldBe(RefusalReason.UnknownService);
    }

    internal sealed class Echo(ConciergeClient client, string name) : ServiceHost(client, name)
    {
        protected override async ValueTask OnSubscribedAsync(ClientInfo subscriber, CancellationToken cancellationToken) =>
            await BroadcastAsync(Json.Of($"+{subscriber.Name}"), cancellationToken);

        protected override async ValueTask OnUnsubscribedAsync(ClientInfo subscriber, CancellationToken cancellationToken) =>
            await BroadcastAsync(Json.Of($"-{subscriber.Name}"), cancellationToken);

        protected override async ValueTask OnMessageAsync(Origin origin, RawJson data, CancellationToken cancellationToken) =>
            await SendToAsync(origin.Client.Uuid, data, cancellationToken);
    }
}
