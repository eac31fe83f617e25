using Concierge.Protocol;

namespace Concierge.Client.Tests.Node;

public sealed class RestartTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Restart_OfTheNode_BringsServicesAndSubscribersBack()
    {
        var lost = new Recording<Disconnection>();
        var back = new Recording<Reconnection>();
        var heard = new Recording<IncomingMessage>();
        await using var owner = await node.ConnectAsync("owner", client =>
        {
            client.Disconnected += lost.Handle;
            client.Reconnected += back.Handle;
        });
        var before = owner.Uuid;
        await using var echo = new HostedServiceTests.Echo(owner, node.Unique("echo"));
        await echo.StartAsync();
        await using var bob = await node.ConnectAsync("bob", client => client.MessageReceived += heard.Handle);
        await bob.SubscribeAsync(echo.Name);
        await heard.NextAsync();

        await node.RestartAsync();

        (await lost.NextAsync()).Reason.Code.ShouldBe(CloseCode.GoingAway);
        (await back.NextAsync()).LostServices.ShouldBeEmpty();
        owner.Uuid.ShouldNotBe(before);
        // Whoever comes back first, bob ends up subscribed, and greeted.
        (await heard.NextAsync()).Data.ToElement().GetString().ShouldBe($"+{bob.Name}");
    }
}
