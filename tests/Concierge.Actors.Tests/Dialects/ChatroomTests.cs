using Concierge.Actors.Dialects;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Tests.Dialects;

public class ChatroomTests : ConciergeTest
{
    private const string Question = "Which room do you want to be placed in (1 - 10): ";

    [Fact]
    public async Task Greeting_IsFourFrames_AndANameThatIsNoRoom_IsAskedAgain()
    {
        DialectClient client = await Connect(DialectKind.Chatroom);
        await client.Expect("Connected to server", "1", Question, "10");

        foreach (string no in (string[])["11", "0", "01", "robot-chat", "1/2", "", """{"message": "hi", "user_id": 1, "command_status": false}"""])
        {
            await client.Send(no);
            (await client.Hear()).ShouldStartWith($"There is no room '{no}'");
            await client.Expect(Question);
        }
        await client.Send(" 10\n");
        DialectClient other = await Chatter(2, "10");
        await other.Send(Said("hi", "2"));
        await client.Expect(Said("hi", "2"));
    }

    [Fact]
    public async Task WhoNeverAnswers_IsClosedWith4004_AndWhoAnswersWrongly_HasMoreTime()
    {
        DialectClient silent = await Connect(DialectKind.Chatroom), wrong = await Connect(DialectKind.Chatroom);
        await silent.HearUntil("10");
        await wrong.HearUntil("10");
        Advance(4);
        await wrong.Send("eleven");
        await wrong.HearUntil(Question);
        Advance(1);

        (await silent.Closed()).ShouldBe(CloseCode.AuthFailed);
        Advance(4);
        (await wrong.Closed()).ShouldBe(CloseCode.AuthFailed);
    }

    [Theory]
    [InlineData("""{"message": "hi", "user_id": 1, "command_status": false}""")]
    [InlineData("""  { "user_id" : "1" ,"command_status":false, "extra":[1.0],"message":"h\u0069 😀" } """)]
    [InlineData("""{"message": 5, "user_id": 1, "command_status": false}""")]
    public async Task WhatIsSaid_ReachesTheOthersInTheRoom_Verbatim(string frame)
    {
        DialectClient sender = await Chatter(1, "3"), near = await Chatter(2, "3"), far = await Chatter(3, "4");

        await sender.Send(frame);
        await near.Expect(frame);
        await near.Send(Said("answer", "2"));
        await sender.Expect(Said("answer", "2"));
        await far.Send(Command("/changeRoom/3"));
        await far.Expect(Server("Changed from room 4 to room 3"));
    }

    [Theory]
    [InlineData("""{"message": "hi", "user_id": 2, "command_status": false, "x": 1}""", """{"message": "hi", "user_id": 1, "command_status": false, "x": 1}""")]
    [InlineData("""{"user_id": "2", "message": "hi", "command_status": false}""", """{"user_id": "1", "message": "hi", "command_status": false}""")]
    [InlineData("""{"user_id": "Server", "message": "hi", "command_status": false}""", """{"user_id": "1", "message": "hi", "command_status": false}""")]
    public async Task WhoClaimsAnothersId_IsShownWithTheirOwn(string said, string heard)
    {
        DialectClient sender = await Chatter(1, "1"), other = await Chatter(2, "1");

        await sender.Send(said);

        await other.Expect(heard);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[1]")]
    [InlineData("1")]
    [InlineData("{}")]
    [InlineData("""{"message": "hi", "user_id": 1}""")]
    [InlineData("""{"message": "hi", "command_status": false}""")]
    [InlineData("""{"user_id": 1, "command_status": false}""")]
    [InlineData("""{"message": ["hi"], "user_id": 1, "command_status": false}""")]
    [InlineData("""{"message": "hi", "user_id": null, "command_status": false}""")]
    [InlineData("""{"message": "hi", "user_id": 1, "command_status": "false"}""")]
    [InlineData("""{"message": "\ud800", "user_id": 1, "command_status": false}""")]
    [InlineData("""{"user_id": 1, "user_id": 2, "message": "hi", "command_status": false}""")]
    [InlineData("""{"message": "hi", "user_id": 1, "command_status": false} {}""")]
    public async Task AFrameWithoutWhatIsExpected_IsAnswered_AndReachesNobody(string frame)
    {
        DialectClient sender = await Chatter(1, "1"), other = await Chatter(2, "1");

        await sender.Send(frame, Said("after", "1"));

        string answer = await sender.Hear();
        answer.ShouldEndWith(""", "user_id": "Server"}""");
        answer.ShouldContain("expected");
        await other.Expect(Said("after", "1"));
    }

    [Theory]
    [InlineData("/changeRoom/11", "There is no room '11'; expected 1 to 10")]
    [InlineData("/changeRoom/robot-chat", "There is no room 'robot-chat'; expected 1 to 10")]
    [InlineData("/changeRoom", "Wrong number of arguments: 0; expected one, /changeRoom/<room>, without a slash in it")]
    [InlineData("/changeRoom/", "Wrong number of arguments: 0; expected one, /changeRoom/<room>, without a slash in it")]
    [InlineData("/changeRoom/1/2", "Wrong number of arguments: 2; expected one, /changeRoom/<room>, without a slash in it")]
    [InlineData("/changeName", "Wrong number of arguments: 0; expected one, /changeName/<name>, without a slash in it")]
    [InlineData("/changeName/a/b", "Wrong number of arguments: 2; expected one, /changeName/<name>, without a slash in it")]
    [InlineData("/changeName/ server ", "The name can't be had; expected up to 128 characters, and not 'Server'")]
    [InlineData("/dance/1", "Unknown command '/dance/1'; there are /changeRoom/<room> and /changeName/<name>")]
    [InlineData("changeRoom/1", "Unknown command 'changeRoom/1'; there are /changeRoom/<room> and /changeName/<name>")]
    [InlineData("", "Unknown command ''; there are /changeRoom/<room> and /changeName/<name>")]
    public async Task ACommandThatCannotBe_IsAnswered_WithWhatWasExpected(string command, string answer)
    {
        DialectClient client = await Chatter(1, "1");

        await client.Send(Command(command));

        await client.Expect(Server(answer));
    }

    [Fact]
    public async Task ChangeRoom_LeavesTheOldOne()
    {
        DialectClient mover = await Chatter(1, "1"), old = await Chatter(2, "1"), @new = await Chatter(3, "2");

        await mover.Send(Command("/changeRoom/2"), Said("here", "1"), Command("/changeRoom/2"));

        await mover.Expect(Server("Changed from room 1 to room 2"), Server("Changed from room 2 to room 2"));
        await @new.Expect(Said("here", "1"));
        await old.Send(Said("gone?", "2"), Command("/changeRoom/2"));
        await old.Expect(Server("Changed from room 1 to room 2"));
        await old.Send(Said("there", "2"));
        await mover.Expect(Said("there", "2"));
    }

    [Fact]
    public async Task ARoom_IsARoomOfTheConcierge()
    {
        TestClient ann = await Identify("ann", presence: false), bob = await Identify("bob", presence: false);
        await ann.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("3"));
        DialectClient chatter = await Chatter(1, "3");
        await chatter.Send(Said("he \\\"said\\\"", "1"), Command("/changeName/Zoë"), Said("again", "1"));
        await chatter.Expect(Server("Changed name to Zoë"));

        var heard = await ann.Hear<ServerPayload.Message>();
        heard.Origin.Client.Name.ShouldBe("chatroom_1");
        string uuid = heard.Origin.Client.Uuid.ToString();
        heard.Data.ToString().ShouldBe($$"""{"type":"TEXT","author":"chatroom_1","author_uuid":"{{uuid}}","text":"he \"said\""}""");
        heard = await ann.Hear<ServerPayload.Message>();
        heard.Origin.Client.Nickname.ShouldBe("Zoë");
        heard.Data.ToString().ShouldBe($$"""{"type":"TEXT","author":"Zoë","author_uuid":"{{uuid}}","text":"again"}""");

        await bob.Ask<ServerPayload.Ok>(new ClientPayload.SelfSetNickname("Bob"));
        await bob.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("3"));
        await ann.Ask<ServerPayload.Ok>(ToRoom("3", "\"string\""));
        await ann.Ask<ServerPayload.Ok>(ToRoom("3", """{"text": "text\n", "x": {"text": 1}}"""));
        await ann.Ask<ServerPayload.Ok>(ToRoom("3", """{"text": 1}"""));
        await ann.Ask<ServerPayload.Ok>(ToRoom("3", "[1, null]"));
        await ann.Ask<ServerPayload.Ok>(ToRoom("3", "\"\\ud800\""));
        await bob.Ask<ServerPayload.Ok>(ToRoom("3", "\"hi\""));
        await chatter.Expect(
            Ann("string"), Ann("text\\n"), Ann("{\\\"text\\\": 1}"), Ann("[1, null]"), Ann("\\\"\\\\ud800\\\""),
            """{"message": "hi", "user_id": "Bob"}""");

        static string Ann(string text) => $$"""{"message": "{{text}}", "user_id": "ann"}""";
    }

    [Fact]
    public async Task BinaryFrames_AreAnswered()
    {
        DialectClient client = await Chatter(1, "1");
        await client.Send(ClientFrames.Frame(Opcode.Binary, "binary"u8));
        await client.Expect(Server("Binary frames are not understood here, expected text"));
    }

    private static string Said(string text, string id) => $$"""{"message": "{{text}}", "user_id": {{id}}, "command_status": false}""";

    private static string Command(string text) => $$"""{"message": "{{text}}", "user_id": 1, "command_status": true}""";

    private static string Server(string text) => $$"""{"message": "{{text}}", "user_id": "Server"}""";
}
