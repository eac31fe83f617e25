using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;

namespace Concierge.EndToEnd.Tests.Rooms;

/// <summary>Rooms and nicknames (protocol, section "Rooms"), as they look on the wire.</summary>
public class RoomTests(SharedNode shared) : SharedNodeTests(shared)
{
    [Fact]
    public async Task ARoom_FromItsFirstMemberToItsLast()
    {
        WireClient ann = await Node.JoinAsync(nickname: "Ann", presence: true), bob = await Node.JoinAsync(tags: ["x"]);
        await ann.ReceiveAsync(); // CLIENT_JOINED of bob
        string room = Unique("room/lobby"), target = Payloads.ToRoom(room);

        await ann.SendAsync($$"""{"type":"ROOM_JOIN","room":"{{room}}"}""");
        await ann.ExpectAsync($$"""{"type":"ROOM_JOIN_RESULT","seq":0,"successful":true,"room":{{Payloads.Room(room, ann)}}}""");
        await bob.SendAsync($$"""{"type":"ROOM_JOIN","room":"{{room}}"}""");
        await bob.ExpectAsync($$"""{"type":"ROOM_JOIN_RESULT","seq":0,"successful":true,"room":{{Payloads.Room(room, ann, bob)}}}""");
        await ann.ExpectAsync($$"""{"type":"ROOM_CLIENT_JOINED","client":{{bob.Info}},"room":{"name":"{{room}}"} }""");

        await ann.SendAsync(Payloads.Message(target, "[ 1.0 ]"));
        await ann.ExpectAsync(Payloads.Ok(1));
        await bob.ExpectAsync(Payloads.Received(ann, target, "[ 1.0 ]"));

        await bob.SendAsync($$"""{"type":"ROOM_FETCH","room":"{{room}}"}""");
        await bob.ExpectAsync($$"""{"type":"ROOM_FETCH_RESULT","seq":1,"room":{{Payloads.Room(room, ann, bob)}}}""");
        await bob.SendAsync("""{"type":"ROOM_FETCH_ALL"}""");
        await bob.ExpectAsync($$"""{"type":"ROOM_FETCH_ALL_RESULT","seq":2,"rooms":[{{Payloads.Room(room, ann, bob)}}]}""");

        await bob.SendAsync($$"""{"type":"ROOM_LEAVE","room":"{{room}}"}""");
        await bob.ExpectAsync($$"""{"type":"ROOM_LEAVE_RESULT","seq":3,"successful":true,"room":{{Payloads.Room(room, ann)}}}""");
        await ann.ExpectAsync($$"""{"type":"ROOM_CLIENT_LEFT","client":{{bob.Info}},"room":{"name":"{{room}}"} }""");
        await ann.SendAsync($$"""{"type":"ROOM_LEAVE","room":"{{room}}"}""");
        await ann.ExpectAsync($$"""{"type":"ROOM_LEAVE_RESULT","seq":2,"successful":true,"room":{{Payloads.Room(room)}}}""");
        await ann.SendAsync("""{"type":"ROOM_FETCH_ALL"}""");
        await ann.ExpectAsync("""{"type":"ROOM_FETCH_ALL_RESULT","seq":3,"rooms":[]}""");
    }

    [Fact]
    public async Task WhatIsRefused_SaysWhy()
    {
        WireClient member = await Node.JoinAsync(), stranger = await Node.JoinAsync();
        string room = Unique("room"), nowhere = Unique("nowhere");
        await member.AskAsync($$"""{"type":"ROOM_JOIN","room":"{{room}}"}""");

        await stranger.PipelineAsync(
        [
            $$"""{"type":"ROOM_LEAVE","room":"{{nowhere}}"}""", $$"""{"type":"ROOM_FETCH","room":"{{nowhere}}"}""",
            Payloads.Message(Payloads.ToRoom(nowhere)), Payloads.Message(Payloads.ToRoom(room)),
            $$"""{"type":"ROOM_LEAVE","room":"{{room}}"}""", """{"type":"ROOM_JOIN","room":"a b"}""", """{"type":"ROOM_JOIN"}""",
            """{"type":"SELF_SET_NICKNAME"}""",
        ]);

        for (int seq = 0; seq < 3; seq++) await stranger.ExpectAsync($$"""{"type":"INVALID_ROOM","seq":{{seq}},"room":"{{nowhere}}"}""");
        await stranger.ExpectAsync(Payloads.Bad(3));
        await stranger.ExpectAsync($$"""{"type":"ROOM_LEAVE_RESULT","seq":4,"successful":false,"room":{{Payloads.Room(room, member)}}}""");
        const string Expected = "a name of 1 to 128 letters, digits or any of _ - . / : was expected";
        await stranger.ExpectAsync($$"""{"type":"ERROR_PROTOCOL","seq":5,"desc":"field 'room' is \"a b\"; {{Expected}}"}""");
        await stranger.ExpectAsync($$"""{"type":"ERROR_PROTOCOL","seq":6,"desc":"field 'room' is missing; {{Expected}}"}""");
        await stranger.ExpectAsync(
            """{"type":"ERROR_PROTOCOL","seq":7,"desc":"field 'nickname' is missing; a string of at most 128 characters or null was expected"}""");
        await member.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task AMemberThatLeavesTheConcierge_LeavesItsRooms_BeforeItHasLeft()
    {
        WireClient leaver = await Node.JoinAsync(), member = await Node.JoinAsync(presence: true);
        string room = Unique("room"), alone = Unique("alone");
        foreach (string joined in new[] { room, alone }) await leaver.AskAsync($$"""{"type":"ROOM_JOIN","room":"{{joined}}"}""");
        await member.AskAsync($$"""{"type":"ROOM_JOIN","room":"{{room}}"}""");

        await leaver.LeaveAsync();

        await member.ExpectAsync($$"""{"type":"ROOM_CLIENT_LEFT","client":{{leaver.Info}},"room":{"name":"{{room}}"} }""");
        await member.ExpectAsync($$"""{"type":"CLIENT_LEFT","client":{{leaver.Info}}}""");
        await member.SendAsync("""{"type":"ROOM_FETCH_ALL"}""");
        await member.ExpectAsync($$"""{"type":"ROOM_FETCH_ALL_RESULT","seq":1,"rooms":[{{Payloads.Room(room, member)}}]}""");
    }

    [Fact]
    public async Task ANewNickname_IsToldToEveryone_AndSeenFromThenOn()
    {
        WireClient ann = await Node.JoinAsync(nickname: "Ann", tags: ["x"]), watcher = await Node.JoinAsync(presence: true);
        string updated = Payloads.Client(ann.Name, "Annie", ann.Uuid, ["x"]), target = Payloads.ToUuid(watcher.Uuid);

        await ann.PipelineAsync([Payloads.Message(target, "1"), """{"type":"SELF_SET_NICKNAME","nickname":"Annie"}""", Payloads.Message(target, "2")]);

        await ann.ExpectAsync(Payloads.Ok(0));
        await ann.ExpectAsync($$"""{"type":"CLIENT_UPDATED","client":{{updated}}}""");
        await ann.ExpectAsync(Payloads.Ok(1));
        await ann.ExpectAsync(Payloads.Ok(2));
        await watcher.ExpectAsync(Payloads.Received(ann, target, "1"));
        await watcher.ExpectAsync($$"""{"type":"CLIENT_UPDATED","client":{{updated}}}""");
        await watcher.ExpectAsync($$"""{"type":"MESSAGE","origin":{{updated[..^1]}},"service":null},"target":{{target}},"data":2}""");
        await watcher.SendAsync($$"""{"type":"CLIENT_FETCH","uuid":"{{ann.Uuid}}"}""");
        await watcher.ExpectAsync($$"""{"type":"CLIENT_FETCH_RESULT","seq":0,"client":{{updated}},"subscriptions":[]}""");
    }
}
