using Akka.Actor;
using Concierge.Actors.Dialects;
using Concierge.Actors.Nodes;
using Concierge.Actors.Operators;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Operators;

// An operator at one node steers the whole cluster.
public class OperatorTests : ClusterTest
{
    private const string Server = """{"type":"TEXT","author":"Server","author_uuid":"00000000-0000-0000-0000-000000000000","text":""";

    [Fact]
    public async Task Broadcast_ReachesClientsOfEveryDialect_OnEveryNode()
    {
        await FormAsync();
        TestClient ann = await Two.Identify("ann");
        DialectClient robot = await Three.Connect(DialectKind.RobotChat), chatter = await Chatter(Two, "4");
        await robot.HearUntil("""{"type": "users", "count": 1}""");

        (await Ask("/broadcast/a/b \"c\"")).ShouldBe("Said to 3 clients");

        var heard = await ann.Hear<ServerPayload.Message>();
        heard.Origin.ShouldBe(new Origin(new ClientInfo("Server", null, Guid.Empty, []), null));
        heard.Target.ShouldBe(Target.Everyone);
        heard.Data.ToString().ShouldBe(Server + "\"a/b \\\"c\\\"\"}");
        await robot.Expect(Server + "\"a/b \\\"c\\\"\"}");
        await chatter.Expect("""{"message": "a/b \"c\"", "user_id": "Server"}""");
    }

    [Fact]
    public async Task RBroadcast_ReachesARoom_WhoseNameMayHaveSlashes()
    {
        await FormAsync();
        TestClient ann = await Member(Two, "ann", "r"), bob = await Member(Three, "bob", "a/b");

        (await Ask("/rbroadcast/r/x/y")).ShouldBe("Said to 1 client in room r");
        (await Ask("/rbroadcast/a/b/z")).ShouldBe("Said to 1 client in room a/b");

        (await ann.HearMessage()).ShouldBe(Server + "\"x/y\"}");
        (await bob.HearMessage()).ShouldBe(Server + "\"z\"}");
        (await Fail("/rbroadcast/nowhere/x")).ShouldBe("Nobody is in a room 'nowhere'; /rooms lists them");
        (await Fail("/rbroadcast/r")).ShouldBe("Expected /rbroadcast/<room>/<message>, and was given '/rbroadcast/r'");
    }

    [Fact]
    public async Task Individual_IsForOne_OfThreeParts_WhereTheFirstIsARoomAndTheSecondSomebodyInIt()
    {
        await FormAsync();
        TestClient ann = await Member(Two, "ann", "bob"), bob = await Three.Identify("bob");
        DialectClient chatter = await Chatter(Three, "1");

        await Ask("/individual/ann/hi/there");
        (await ann.HearMessage()).ShouldBe(Server + "\"hi/there\"}");
        await Ask("/individual/bob/ann/hi/there");
        (await ann.HearMessage()).ShouldBe(Server + "\"hi/there\"}");
        await Ask("/individual/bob/stranger/hi");
        (await bob.HearMessage()).ShouldBe(Server + "\"stranger/hi\"}");
        await Ask("/individual/1/by id");
        await Ask("/individual/chatroom_1/by name");
        await chatter.Expect("""{"message": "by id", "user_id": "Server"}""", """{"message": "by name", "user_id": "Server"}""");
        (await Fail("/individual/nobody/hi")).ShouldBe("There is no user 'nobody'; /users lists them");
        (await Fail("/individual/ann/")).ShouldBe("There is no message; expected /individual/<user>/<message>");
    }

    [Fact]
    public async Task DcUser_AndDcRoom_CloseClients_WhereverTheyAre()
    {
        await FormAsync();
        TestClient near = await One.Identify("near"), far = await Two.Identify("far"), member = await Member(One, "member", "a/b"), other = await Member(Three, "other", "a/b");

        (await Ask("/dcUser/near")).ShouldBe("Closed near");
        (await near.Closed()).ShouldBe(CloseCode.Normal);
        (await Ask("/dcUser/far")).ShouldBe("Closed far");
        (await far.Closed()).ShouldBe(CloseCode.Normal);
        (await Fail("/dcUser/nobody")).ShouldBe("There is no user 'nobody'; /users lists them");
        (await Fail("/dcUser/member/other")).ShouldStartWith("Expected /dcUser/<user>");
        (await Ask("/dcRoom/a/b")).ShouldBe("Closed 2 clients in room a/b");
        (await member.Closed()).ShouldBe(CloseCode.Normal);
        (await other.Closed()).ShouldBe(CloseCode.Normal);
    }

    [Fact]
    public async Task Reset_ClosesEverybody_AndNoRoomIsLeft()
    {
        await FormAsync();
        TestClient ann = await Member(One, "ann", "r"), bob = await Member(Two, "bob", "r");
        DialectClient chatter = await Chatter(Three, "1");

        (await Ask("/reset")).ShouldBe("Closed 3 clients");

        foreach (Task<CloseCode> closed in (Task<CloseCode>[])[ann.Closed(), bob.Closed(), chatter.Closed()]) (await closed).ShouldBe(CloseCode.Normal);
        await Until(() => One.View.Clients.Count == 0);
        (await Ask("/rooms")).ShouldBe("There are no rooms");
    }

    [Fact]
    public async Task Lists_AreAlignedTables()
    {
        await FormAsync();
        TestClient ann = await Member(One, "ann", "a-long-name"), bob = await Member(Two, "bob", "r");
        await bob.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("a-long-name"));
        await ann.Ask<ServerPayload.Ok>(new ClientPayload.SelfSetNickname("\u001b[2J Ann"));
        await bob.Ask<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate("s", "S"));
        await ann.Ask<ServerPayload.SelfSubscribeResult>(new ClientPayload.SelfSubscribe("s"));

        (await Ask("/rooms")).ShouldBe("ROOM         MEMBERS\na-long-name  2\nr            1");
        (await Ask("/users")).ShouldBe("NAME  NICKNAME  ROOMS           NODE\nann   �[2J Ann  a-long-name     one\nbob             r, a-long-name  two");
        (await Ask("/services")).ShouldBe("SERVICE  NICKNAME  OWNER  SUBSCRIBERS\ns        S         bob    1");
        (await Ask("/nodes")).ShouldBe("NODE   STATUS  ANSWERS  CLIENTS\none    up      yes      1\ntwo    up      yes      1\nthree  up      yes      0");
    }

    [Fact]
    public async Task Drain_IsForTheNodeThatIsNamed()
    {
        await FormAsync();
        Sys.EventStream.Subscribe(TestActor, typeof(DrainRequested));

        await Ask("/drain two");
        ExpectMsg<DrainRequested>().By.ShouldBe("a test");
        await Ask("/drain/one");
        ExpectMsg<DrainRequested>();
        (await Fail("/drain four")).ShouldBe("There is no node 'four'; /nodes lists them");
    }

    [Theory]
    [InlineData("", "There is no command ''; /help lists them")]
    [InlineData("hello", "There is no command 'hello'; /help lists them")]
    [InlineData("/", "There is no command '/'; /help lists them")]
    [InlineData("/dance", "There is no command '/dance'; /help lists them")]
    [InlineData("/rooms/1", "/rooms takes no arguments, and was given '1'")]
    [InlineData("/broadcast", "Expected /broadcast/<message>, and was given '/broadcast'")]
    [InlineData("/broadcast/", "Expected /broadcast/<message>, and was given '/broadcast/'")]
    [InlineData("/individual/ann", "Expected /individual/<user>/<message>, and was given '/individual/ann'")]
    public async Task WhatCannotBeDone_IsSaid(string line, string error) => (await Fail(line)).ShouldBe(error);

    [Fact]
    public async Task Help_ListsEveryCommand()
    {
        string help = await Ask("/HELP");
        foreach (string command in (string[])["/reset", "/broadcast/<message>", "/rbroadcast/<room>/<message>", "/individual/<user>/<message>", "/rooms", "/users", "/dcUser/<user>", "/dcRoom/<room>", "/services", "/nodes", "/drain/<node>", "/help"])
            help.ShouldContain(command);
    }

    private async Task<string> Ask(string line)
    {
        var reply = await One.Actor.Ask<OperatorActor.Reply>(new OperatorActor.Command(line, "a test"));
        reply.IsDone.ShouldBeTrue(reply.Text);
        return reply.Text;
    }

    private async Task<string> Fail(string line)
    {
        var reply = await One.Actor.Ask<OperatorActor.Reply>(new OperatorActor.Command(line, "a test"));
        reply.IsDone.ShouldBeFalse(reply.Text);
        return reply.Text;
    }

    private static async Task<TestClient> Member(TestNode node, string name, string room)
    {
        TestClient client = await node.Identify(name);
        await client.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin(room));
        return client;
    }

    private async Task<DialectClient> Chatter(TestNode node, string room)
    {
        DialectClient client = await node.Connect(DialectKind.Chatroom);
        await client.HearUntil("10");
        await client.Send(room);
        await Until(() => One.View.TryGetRoom(room, out _));
        return client;
    }
}
