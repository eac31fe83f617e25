namespace Concierge.Protocol.Tests.Writing;

/// <summary>The forms of the protocol's tables, byte for byte.</summary>
public sealed class WireExampleTests
{
    private static readonly Guid Uuid = new("5f2b9a2e-3c5d-4a77-9a3e-0d9a4f6b8c01");
    private static readonly ClientInfo Alice = new("alice", null, Uuid, ["a", "b"]);
    private static readonly ServiceInfo Chat = new("chat", "Chat", Uuid, [Uuid]);
    private static readonly RoomInfo Lobby = new("lobby", [Uuid]);

    [Fact]
    public void Identify_NamesEveryField() =>
        Wire.Text(new ClientPayload.Identify("alice", "Alice", "0.2.0", null, ["a"], true)).ShouldBe(
            """{"type":"IDENTIFY","name":"alice","nickname":"Alice","version":"0.2.0","secret":null,"tags":["a"],"presence":true}""");

    [Fact]
    public void Requests_NameWhatTheyAreAbout()
    {
        Wire.Text(new ClientPayload.SelfFetch()).ShouldBe("""{"type":"SELF_FETCH"}""");
        Wire.Text(new ClientPayload.SelfSetSeq(7)).ShouldBe("""{"type":"SELF_SET_SEQ","seq":7}""");
        Wire.Text(new ClientPayload.ServiceCreate("chat", null)).ShouldBe("""{"type":"SERVICE_CREATE","service":"chat","nickname":null}""");
        Wire.Text(new ClientPayload.ClientFetch(Uuid)).ShouldBe(Line("""{"type":"CLIENT_FETCH","uuid":"UUID"}"""));
    }

    [Fact]
    public void Hello_HasNoSeq() =>
        Wire.Text(new ServerPayload.Hello(Uuid, "0.2.0", "key")).ShouldBe(
            Line("""{"type":"HELLO","uuid":"UUID","version":"0.2.0","file_key":"key"}"""));

    [Fact]
    public void MessageFromAClient_PassesDataVerbatim() =>
        Wire.Text(new ClientPayload.Message(new Target.ToServiceClient("chat", Uuid), RawJson.From("""{ "b":1.0, "a":"\u00e9" }""")))
            .ShouldBe(Line("""
            {"type":"MESSAGE",
            "target":{"type":"SERVICE_CLIENT_UUID","service":"chat","uuid":"UUID"},
            "data":{ "b":1.0, "a":"\u00e9" }}
            """));

    [Fact]
    public void MessageToAClient_SaysWhoSentItThroughWhichService()
    {
        var origin = new Origin(Alice, Chat with { Subscribers = [] });

        Wire.Text(new ServerPayload.Message(origin, new Target.ToService("chat"), RawJson.From("[ 1 ]"))).ShouldBe(Line("""
            {"type":"MESSAGE",
            "origin":{"name":"alice","nickname":null,"uuid":"UUID","tags":["a","b"],
            "service":{"name":"chat","nickname":"Chat","owner_uuid":"UUID","subscribers":[]}},
            "target":{"type":"SERVICE","service":"chat"},
            "data":[ 1 ]}
            """));
    }

    [Fact]
    public void OriginWithoutAService_SaysNull() =>
        Wire.Text(new ServerPayload.Message(new Origin(Alice, null), Target.Everyone, RawJson.Null)).ShouldBe(Line("""
            {"type":"MESSAGE",
            "origin":{"name":"alice","nickname":null,"uuid":"UUID","tags":["a","b"],"service":null},
            "target":{"type":"ALL"},
            "data":null}
            """));

    [Fact]
    public void Answers_CarrySeqAfterTheType()
    {
        Wire.Text(new ServerPayload.Ok { Seq = long.MaxValue }).ShouldBe("""{"type":"OK","seq":9223372036854775807}""");
        Wire.Text(new ServerPayload.InvalidName("bob") { Seq = 0 }).ShouldBe("""{"type":"INVALID_NAME","seq":0,"name":"bob"}""");
        Wire.Text(new ServerPayload.InvalidUuid(Uuid) { Seq = 1 }).ShouldBe(Line("""{"type":"INVALID_UUID","seq":1,"uuid":"UUID"}"""));
        Wire.Text(new ServerPayload.ErrorProtocol("why") { Seq = 4 }).ShouldBe("""{"type":"ERROR_PROTOCOL","seq":4,"desc":"why"}""");
        Wire.Text(new ServerPayload.SelfSubscribeResult(true, Chat) { Seq = 2 }).ShouldBe(Line("""
            {"type":"SELF_SUBSCRIBE_RESULT","seq":2,"successful":true,
            "service":{"name":"chat","nickname":"Chat","owner_uuid":"UUID","subscribers":["UUID"]}}
            """));
        Wire.Text(new ServerPayload.SelfFetchResult(Alice, []) { Seq = 3 }).ShouldBe(Line("""
            {"type":"SELF_FETCH_RESULT","seq":3,
            "client":{"name":"alice","nickname":null,"uuid":"UUID","tags":["a","b"]},
            "subscriptions":[]}
            """));
    }

    [Fact]
    public void Events_CarryNoSeq() =>
        Wire.Text(new ServerPayload.ClientLeft(Alice)).ShouldBe(Line("""
            {"type":"CLIENT_LEFT","client":{"name":"alice","nickname":null,"uuid":"UUID","tags":["a","b"]}}
            """));

    [Fact]
    public void Rooms_AreNamedInRequestsAndTargets()
    {
        Wire.Text(new ClientPayload.RoomJoin("lobby")).ShouldBe("""{"type":"ROOM_JOIN","room":"lobby"}""");
        Wire.Text(new ClientPayload.RoomLeave("lobby")).ShouldBe("""{"type":"ROOM_LEAVE","room":"lobby"}""");
        Wire.Text(new ClientPayload.RoomFetch("lobby")).ShouldBe("""{"type":"ROOM_FETCH","room":"lobby"}""");
        Wire.Text(new ClientPayload.RoomFetchAll()).ShouldBe("""{"type":"ROOM_FETCH_ALL"}""");
        Wire.Text(new ClientPayload.Message(new Target.ToRoom("lobby"), RawJson.Null))
            .ShouldBe("""{"type":"MESSAGE","target":{"type":"ROOM","room":"lobby"},"data":null}""");
    }

    [Fact]
    public void Rooms_AreDescribedInAnswers_AndNamedInEvents()
    {
        Wire.Text(new ServerPayload.InvalidRoom("lobby") { Seq = 0 }).ShouldBe("""{"type":"INVALID_ROOM","seq":0,"room":"lobby"}""");
        Wire.Text(new ServerPayload.RoomJoinResult(true, Lobby) { Seq = 1 }).ShouldBe(
            Line("""{"type":"ROOM_JOIN_RESULT","seq":1,"successful":true,"room":{"name":"lobby","members":["UUID"]}}"""));
        Wire.Text(new ServerPayload.RoomLeaveResult(false, Lobby) { Seq = 2 }).ShouldBe(
            Line("""{"type":"ROOM_LEAVE_RESULT","seq":2,"successful":false,"room":{"name":"lobby","members":["UUID"]}}"""));
        Wire.Text(new ServerPayload.RoomFetchResult(Lobby) { Seq = 3 }).ShouldBe(
            Line("""{"type":"ROOM_FETCH_RESULT","seq":3,"room":{"name":"lobby","members":["UUID"]}}"""));
        Wire.Text(new ServerPayload.RoomFetchAllResult([Lobby]) { Seq = 4 }).ShouldBe(
            Line("""{"type":"ROOM_FETCH_ALL_RESULT","seq":4,"rooms":[{"name":"lobby","members":["UUID"]}]}"""));
        Wire.Text(new ServerPayload.RoomClientJoined(Alice, "lobby")).ShouldBe(Line("""
            {"type":"ROOM_CLIENT_JOINED",
            "client":{"name":"alice","nickname":null,"uuid":"UUID","tags":["a","b"]},
            "room":{"name":"lobby"}}
            """));
        Wire.Text(new ServerPayload.RoomClientLeft(Alice, "lobby")).ShouldBe(Line("""
            {"type":"ROOM_CLIENT_LEFT",
            "client":{"name":"alice","nickname":null,"uuid":"UUID","tags":["a","b"]},
            "room":{"name":"lobby"}}
            """));
    }

    [Fact]
    public void Nicknames_AreSetAndTold()
    {
        Wire.Text(new ClientPayload.SelfSetNickname("Al")).ShouldBe("""{"type":"SELF_SET_NICKNAME","nickname":"Al"}""");
        Wire.Text(new ClientPayload.SelfSetNickname(null)).ShouldBe("""{"type":"SELF_SET_NICKNAME","nickname":null}""");
        Wire.Text(new ServerPayload.ClientUpdated(Alice with { Nickname = "Al" })).ShouldBe(
            Line("""{"type":"CLIENT_UPDATED","client":{"name":"alice","nickname":"Al","uuid":"UUID","tags":["a","b"]}}"""));
    }

    [Fact]
    public void Text_IsEscapedNoMoreThanNeeded() =>
        Wire.Text(new ServerPayload.ErrorInternal("é漢 <&'+> \"\\\n"))
            .ShouldBe("""{"type":"ERROR_INTERNAL","desc":"é漢 <&'+> \"\\\n"}""");

    [Fact]
    public void HalfASurrogatePair_BecomesTheReplacementCharacter() =>
        Wire.ReadServer(Wire.Text(new ServerPayload.ErrorInternal("a\ud800b"))).ShouldBe(new ServerPayload.ErrorInternal("a\uFFFDb"));

    // Examples are broken into lines to be read, and name the one uuid that all of them share.
    private static string Line(string example) =>
        example.ReplaceLineEndings("").Replace("\"UUID\"", $"\"{Uuid}\"", StringComparison.Ordinal);
}
