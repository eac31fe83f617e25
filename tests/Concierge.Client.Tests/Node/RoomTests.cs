using Concierge.Protocol;

namespace Concierge.Client.Tests.Node;

public sealed class RoomTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Rooms_AreJoinedTalkedInAndLeft()
    {
        var room = node.Unique("lobby");
        var heard = new Recording<IncomingMessage>();
        var joined = new Recording<RoomMemberChange>();
        var left = new Recording<RoomMemberChange>();
        await using var ann = await node.ConnectAsync("ann", client =>
        {
            client.MessageReceived += heard.Handle;
            client.RoomMemberJoined += joined.Handle;
            client.RoomMemberLeft += left.Handle;
        });
        await using var bob = await node.ConnectAsync("bob");
        var bobsInfo = new ClientInfo(bob.Name, null, bob.Uuid, []);

        (await ann.JoinRoomAsync(room)).ShouldBe(new RoomOutcome(true, new RoomInfo(room, [ann.Uuid])));
        (await bob.JoinRoomAsync(room)).ShouldBe(new RoomOutcome(true, new RoomInfo(room, [ann.Uuid, bob.Uuid])));
        (await bob.JoinRoomAsync(room)).Changed.ShouldBeFalse();
        (await joined.NextAsync()).ShouldBe(new RoomMemberChange(bobsInfo, room));

        await bob.SendAsync(new Target.ToRoom(room), RawJson.From("[1]"));
        (await heard.NextAsync()).ShouldBe(new IncomingMessage(new Origin(bobsInfo, null), new Target.ToRoom(room), RawJson.From("[1]")));
        (await ann.FetchRoomAsync(room)).ShouldBe(new RoomInfo(room, [ann.Uuid, bob.Uuid]));
        (await ann.FetchRoomsAsync()).ShouldContain(new RoomInfo(room, [ann.Uuid, bob.Uuid]));

        (await bob.LeaveRoomAsync(room)).ShouldBe(new RoomOutcome(true, new RoomInfo(room, [ann.Uuid])));
        (await left.NextAsync()).ShouldBe(new RoomMemberChange(bobsInfo, room));
        (await bob.LeaveRoomAsync(room)).Changed.ShouldBeFalse();
        (await ann.LeaveRoomAsync(room)).ShouldBe(new RoomOutcome(true, new RoomInfo(room, [])));
    }

    [Fact]
    public async Task Rooms_ThatAreNot_AndRoomsOfOthers_AreRefused()
    {
        var room = node.Unique("lobby");
        await using var ann = await node.ConnectAsync("ann");
        await using var bob = await node.ConnectAsync("bob");

        (await RefusalOf(ann.LeaveRoomAsync(room))).ShouldBe(RefusalReason.UnknownRoom);
        (await RefusalOf(ann.FetchRoomAsync(room))).ShouldBe(RefusalReason.UnknownRoom);
        (await RefusalOf(ann.SendAsync(new Target.ToRoom(room), RawJson.Null))).ShouldBe(RefusalReason.UnknownRoom);
        (await RefusalOf(ann.JoinRoomAsync("no spaces, please"))).ShouldBe(RefusalReason.Malformed);
        await bob.JoinRoomAsync(room);
        (await RefusalOf(ann.SendAsync(new Target.ToRoom(room), RawJson.Null))).ShouldBe(RefusalReason.NotAllowed);
    }

    [Fact]
    public async Task Nickname_IsChangedForEveryone()
    {
        var updated = new Recording<ClientInfo>();
        await using var ann = await node.ConnectAsync("ann", nickname: "Ann");
        await using var bob = await node.ConnectAsync("bob", client => client.ClientUpdated += updated.Handle);

        await ann.SetNicknameAsync("Annie");
        await updated.UntilAsync(client => client == new ClientInfo(ann.Name, "Annie", ann.Uuid, []));
        (await bob.FetchClientAsync(ann.Uuid)).Client.Nickname.ShouldBe("Annie");
        await ann.SetNicknameAsync("");
        await updated.UntilAsync(client => client == new ClientInfo(ann.Name, null, ann.Uuid, []));
        (await RefusalOf(ann.SetNicknameAsync(new string('n', Limits.Nickname + 1)))).ShouldBe(RefusalReason.Malformed);
    }

    private static async Task<RefusalReason> RefusalOf(Task request) =>
        (await Should.ThrowAsync<RequestRefusedException>(request)).Reason;
}
