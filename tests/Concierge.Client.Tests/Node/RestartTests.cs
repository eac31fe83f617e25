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

    [Fact]
    public async Task Restart_OfTheNode_BringsClientsBackToTheirRooms_UnderTheirNicknames()
    {
        var back = new Recording<Reconnection>();
        var room = node.Unique("lobby");
        await using var ann = await node.ConnectAsync("ann", client => client.Reconnected += back.Handle, nickname: "Ann");
        await ann.JoinRoomAsync(room);
        await ann.SetNicknameAsync("Annie");

        await node.RestartAsync();

        (await back.NextAsync()).LostRooms.ShouldBeEmpty();
        (await ann.FetchRoomAsync(room)).ShouldBe(new RoomInfo(room, [ann.Uuid]));
        (await ann.FetchSelfAsync()).Client.Nickname.ShouldBe("Annie");
    }
}
