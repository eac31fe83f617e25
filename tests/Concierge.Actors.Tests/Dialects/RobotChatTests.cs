using Akka.Actor;
using Concierge.Actors.Dialects;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Tests.Dialects;

public class RobotChatTests : ConciergeTest
{
    [Fact]
    public async Task EveryJoinAndLeave_IsCounted_ForAll_TheNewcomerToo()
    {
        DialectClient first = await Robot(1), second = await Robot(2);
        await first.Expect(Users(2));
        TestClient visitor = await Identify("visitor");
        await Join("robot-chat", visitor);
        await first.Expect(Users(3));
        await second.Expect(Users(3));

        // Old clients drop the socket, and say nothing.
        first.Disconnect();
        await second.Expect(Users(2));
        await visitor.Ask<ServerPayload.RoomLeaveResult>(new ClientPayload.RoomLeave("robot-chat"));
        await second.Expect(Users(1));
    }

    [Theory]
    [InlineData("""{"x": 1,  "y": [ 1.0 ]}""")]
    [InlineData(" [1] ")]
    [InlineData("12")]
    [InlineData("hello")]
    [InlineData("\"hello\"")]
    [InlineData("{'single': 'quotes'}")]
    [InlineData("{\"cut\": ")]
    [InlineData("{} {}")]
    [InlineData("")]
    [InlineData("Grüße 😀 \\u0041 \n \0")]
    public async Task Text_IsPassedOnVerbatim_ToTheOthers_AndNeverBack(string text)
    {
        DialectClient sender = await Robot(1), one = await Robot(2), other = await Robot(3);
        await sender.Expect(Users(2), Users(3));
        await one.Expect(Users(3));

        await sender.Send(text, text);
        await one.Expect(text, text);
        await other.Expect(text, text);
        await other.Send("answer");
        await sender.Expect("answer");
    }

    [Theory]
    [InlineData("""{"x":  1}""", """{"x":  1}""")]
    [InlineData("\"quoted\"", "\"quoted\"")]
    [InlineData("plain \"text\" ü", "\"plain \\\"text\\\" ü\"")]
    [InlineData("{\"x\": NaN}", "\"{\\\"x\\\": NaN}\"")]
    [InlineData("", "\"\"")]
    public async Task ForClientsOfTheConcierge_TextIsTheData_AsAStringWhereItIsNoJson(string text, string data)
    {
        TestClient ann = await Identify("ann", presence: false);
        await Join("robot-chat", ann);
        DialectClient robot = await Robot(2);

        await robot.Send(text);

        var heard = await ann.Hear<ServerPayload.Message>();
        heard.Data.ToString().ShouldBe(data);
        heard.Target.ShouldBe(new Target.ToRoom("robot-chat"));
        heard.Origin.Client.Name.ShouldBe("robot_chat_1");
        heard.Origin.Client.Nickname.ShouldBeNull();
    }

    [Fact]
    public async Task ToRobots_WhatClientsOfTheConciergeSay_IsBareData()
    {
        TestClient ann = await Identify("ann");
        await Join("robot-chat", ann);
        DialectClient robot = await Robot(2);

        await ann.Ask<ServerPayload.Ok>(ToRoom("robot-chat", """{"go":  [1]}"""));
        await ann.Ask<ServerPayload.Ok>(ToRoom("robot-chat", "\"text\""));
        await ann.Ask<ServerPayload.Ok>(new ClientPayload.Message(new Target.ToName("robot_chat_1"), RawJson.From("1.0")));

        await robot.Expect("""{"go":  [1]}""", "\"text\"", "1.0");
    }

    [Fact]
    public async Task OfAnythingElse_RobotsHearNothing()
    {
        DialectClient robot = await Robot(1);
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "service", bob);
        await Join("another", ann, bob);
        await ann.Ask<ServerPayload.Ok>(new ClientPayload.SelfSetNickname("Ann"));

        await ann.Ask<ServerPayload.Ok>(ToAll("\"to all\""));
        await robot.Expect("\"to all\"");
    }

    [Fact]
    public async Task WhatARobotSays_BeforeItIsInTheRoom_IsSaidThere()
    {
        DialectClient listener = await Robot(1), hasty = await Connect(DialectKind.RobotChat);
        await hasty.Send("first", "second");

        await listener.Expect(Users(2), "first", "second");
    }

    [Fact]
    public async Task Names_AreCountedUpwards_PastThoseThatAreTaken()
    {
        await Identify("robot_chat_2");
        await Robot(1);
        await Robot(2);

        View.TryGetClient("robot_chat_1", out _).ShouldBeTrue();
        View.TryGetClient("robot_chat_3", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task BinaryFrames_AreIgnored_AndPingsAreAnswered()
    {
        DialectClient listener = await Robot(1), robot = await Robot(2);
        await listener.Expect(Users(2));

        await robot.Send(ClientFrames.Frame(Opcode.Binary, "binary"u8), ClientFrames.Frame(Opcode.Ping, []), ClientFrames.Text("text"));

        await listener.Expect("text");
        (await robot.HearControl()).ShouldBe(Opcode.Pong);
    }

    [Fact]
    public async Task TextOverTheSizeLimit_ClosesWith1009_AndReachesNobody()
    {
        DialectClient listener = await Robot(1), robot = await Robot(2);
        await listener.Expect(Users(2));

        _ = robot.Send(new string('x', Limits.FrameSize + 1));

        (await robot.Closed()).ShouldBe(CloseCode.TooBig);
        await listener.Expect(Users(1));
    }

    [Fact]
    public async Task TextThatGrowsOutOfBounds_AsJson_IsHeldAgainstItsSenderAlone()
    {
        TestClient ann = await Identify("ann", presence: false);
        await Join("robot-chat", ann);
        DialectClient robot = await Robot(2);

        // Each of these takes six bytes in JSON.
        _ = robot.Send(new string('\u0001', Limits.FrameSize));

        (await robot.Closed()).ShouldBe(CloseCode.TooBig);
        ann.IsClosed.ShouldBeFalse();
    }

    [Fact]
    public async Task ARobotThatGivesNoSignOfLife_IsClosedWith4009()
    {
        DialectClient robot = await Robot(1);
        Advance(5);
        (await robot.HearControl()).ShouldBe(Opcode.Ping);
        Advance(5);
        (await robot.Closed()).ShouldBe(CloseCode.HeartbeatFailed);
    }

    [Fact]
    public async Task ADrainingNode_ClosesRobotsWith1001()
    {
        DialectClient robot = await Robot(1);
        Concierge.Tell(Actors.Sessions.SessionsActor.Drain.Instance);
        (await robot.Closed()).ShouldBe(CloseCode.GoingAway);
    }

    private static string Users(int count) => $$"""{"type": "users", "count": {{count}}}""";
}
