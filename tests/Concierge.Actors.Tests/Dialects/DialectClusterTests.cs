using Concierge.Actors.Dialects;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Tests.Dialects;

// Clients of every dialect, wherever they are connected, are in the same rooms.
public class DialectClusterTests : ClusterTest
{
    [Fact]
    public async Task Robots_OnTwoNodes_HearEachOtherVerbatim_AndCountTogether()
    {
        await FormAsync();
        DialectClient one = await One.Connect(DialectKind.RobotChat), two = await Two.Connect(DialectKind.RobotChat);
        await one.HearUntil(Users(2));
        await two.HearUntil(Users(2));
        TestClient ann = await Three.Identify("ann");
        await ann.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("robot-chat"));
        await one.Expect(Users(3));
        await two.Expect(Users(3));

        await one.Send("plain", "\"quoted\"", """{"x":  1}""");
        await two.Expect("plain", "\"quoted\"", """{"x":  1}""");
        foreach (string data in (string[])["\"plain\"", "\"quoted\"", """{"x":  1}"""]) (await ann.HearMessage()).ShouldBe(data);
        await ann.Ask<ServerPayload.Ok>(ToRoom("robot-chat", "[1]"));
        await one.Expect("[1]");
        await two.Expect("[1]");

        two.Disconnect();
        await one.Expect(Users(2));
    }

    [Fact]
    public async Task Chatters_OnTwoNodes_HaveIdsOfTheirOwn_AndHearEachOtherVerbatim()
    {
        await FormAsync();
        DialectClient one = await Chatter(One, "1"), two = await Chatter(Two, "2");
        TestClient ann = await Three.Identify("ann");
        await ann.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("5"));

        const string Frame = """{"user_id": 9,  "message": "hi", "command_status": false}""";
        await one.Send(Frame);
        await two.Expect(Frame.Replace("9", "1"));
        (await ann.Hear<ServerPayload.Message>()).Data.ToString().ShouldStartWith("""{"type":"TEXT","author":"chatroom_1",""");
        await ann.Ask<ServerPayload.Ok>(ToRoom("5", "\"hello\""));
        await one.Expect("""{"message": "hello", "user_id": "ann"}""");
        await two.Expect("""{"message": "hello", "user_id": "ann"}""");
    }

    [Fact]
    public async Task ManyRobots_ComingAndGoingAtRandom_AllHaveHeardTheTruth_WhenItIsQuietAgain()
    {
        await FormAsync();
        var random = new Random(4);
        TestNode[] nodes = [One, Two, Three];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        List<DialectClient> here = [];
        for (int i = 0; i < 300; i++)
        {
            if (here.Count > 20 && random.Next(2) == 0)
            {
                int at = random.Next(here.Count);
                here[at].Disconnect();
                here.RemoveAt(at);
            }
            else here.Add(await nodes[random.Next(3)].Connect(DialectKind.RobotChat));
        }

        // Slowly, as the robots have to answer pings meanwhile.
        while (!here.TrueForAll(robot => robot.Last == Users(here.Count)))
        {
            Advance(0.05);
            foreach (DialectClient robot in here) _ = robot.Send(ClientFrames.Frame(Opcode.Pong, []));
            await Task.Delay(5);
            patience.IsCancellationRequested.ShouldBeFalse(
                $"{here.Count} are here, on the nodes {string.Join(", ", nodes.Select(node => node.View.Clients.Count))}, and heard "
                + string.Join(", ", here.CountBy(robot => robot.Last ?? "nothing")));
        }
        foreach (TestNode node in nodes) node.View.Clients.Count.ShouldBe(here.Count);
    }

    [Fact]
    public async Task ANodeThatIsGone_TakesItsRobotsWithIt()
    {
        await FormAsync();
        DialectClient one = await One.Connect(DialectKind.RobotChat), two = await Two.Connect(DialectKind.RobotChat);
        await one.HearUntil(Users(2));
        await two.HearUntil(Users(2));

        foreach (TestNode node in (TestNode[])[One, Three]) node.Sees(Up(One), Up(Three));

        await one.Expect(Users(1));
    }

    private static async Task<DialectClient> Chatter(TestNode node, string id)
    {
        DialectClient client = await node.Connect(DialectKind.Chatroom);
        (await client.HearUntil("10"))[1].ShouldBe(id);
        await client.Send("5");
        return client;
    }

    private static string Users(int count) => $$"""{"type": "users", "count": {{count}}}""";
}
