using Akka.Actor;
using Akka.TestKit;
using Concierge.Actors.Nodes;
using Concierge.Actors.Telemetry;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Telemetry;

// Whoever asks a node hears how all of them do.
public class ClusterReportTests : ClusterTest
{
    [Fact]
    public async Task EveryNode_CountsItsOwn()
    {
        await FormAsync();
        TestClient ann = await One.Identify("ann"), bob = await Two.Identify("bob");
        await Two.Identify("cid");
        await ann.Ask<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate("news", null));
        foreach (TestClient client in (TestClient[])[ann, bob]) await client.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("lobby"));
        Two.Metrics.CountReceived(3, 500);
        Advance(5);

        ClusterReport report = await One.Actor.Ask<ClusterReport>(ClusterReport.Request.Instance);

        report.Nodes.Select(node => (node.Name, node.Status, node.IsSelf)).ShouldBe([("one", "up", true), ("three", "up", false), ("two", "up", false)]);
        NodeFigures one = report.Nodes[0].Figures.ShouldNotBeNull(), three = report.Nodes[1].Figures.ShouldNotBeNull(), two = report.Nodes[2].Figures.ShouldNotBeNull();
        (one.Clients, one.Services, one.Rooms).ShouldBe((1, 1, 1));
        (two.Clients, two.Services, two.Rooms).ShouldBe((2, 0, 1));
        (three.Clients, three.Services, three.Rooms).ShouldBe((0, 0, 0));
        (two.MessagesReceived, two.BytesReceived).ShouldBe((3, 500));
        two.MessagesSent.ShouldBeGreaterThan(0);
        two.Uptime.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(5));
        report.Nodes.ShouldAllBe(node => node.Roles.SequenceEqual(new[] { "tested" }));
    }

    [Fact]
    public async Task ANodeAlone_ReportsAtOnce()
    {
        TestNode alone = await AddAsync("alone");

        ClusterReport.Node node = (await alone.Actor.Ask<ClusterReport>(ClusterReport.Request.Instance)).Nodes.ShouldHaveSingleItem();

        node.IsSelf.ShouldBeTrue();
        node.Status.ShouldBe("joining");
    }

    [Fact]
    public async Task HoweverManyAsk_ANodeIsAskedOnceASecond()
    {
        TestProbe other = CreateTestProbe();
        TestNode asked = await SeeingAsync("asked", other, Up(One));
        Task<ClusterReport>[] first = [.. Enumerable.Range(0, 20).Select(_ => asked.Actor.Ask<ClusterReport>(ClusterReport.Request.Instance))];
        await other.ExpectMsgAsync<NodeFigures.Request>();
        other.Reply(FiguresOf(One, clients: 1));
        foreach (ClusterReport report in await Task.WhenAll(first)) ClientsOfOther(report).ShouldBe(1);

        ClientsOfOther(await asked.Actor.Ask<ClusterReport>(ClusterReport.Request.Instance)).ShouldBe(1);
        await other.ExpectNoMsgAsync(TimeSpan.Zero);
        Advance(1);
        Task<ClusterReport> second = asked.Actor.Ask<ClusterReport>(ClusterReport.Request.Instance);
        await other.ExpectMsgAsync<NodeFigures.Request>();
        other.Reply(FiguresOf(One, clients: 2));
        ClientsOfOther(await second).ShouldBe(2);
    }

    [Fact]
    public async Task ANodeThatDoesNotAnswer_IsListed_UnderTheNameThatItOnceTold()
    {
        TestProbe other = CreateTestProbe();
        TestNode asked = await SeeingAsync("asked", other, Up(One));
        Task<ClusterReport> answered = asked.Actor.Ask<ClusterReport>(ClusterReport.Request.Instance);
        await other.ExpectMsgAsync<NodeFigures.Request>();
        other.Reply(FiguresOf(One, clients: 1));
        await answered;
        Advance(1);

        Task<ClusterReport> silent = asked.Actor.Ask<ClusterReport>(ClusterReport.Request.Instance);
        await other.ExpectMsgAsync<NodeFigures.Request>();
        Advance(1);
        ClusterReport.Node node = (await silent).Nodes.Single(it => !it.IsSelf);
        (node.Name, node.Status, node.Figures).ShouldBe(("one", "up", null));
        // What comes too late is nobody's answer any more.
        other.Reply(FiguresOf(One, clients: 9));
        Advance(1);
        Task<ClusterReport> again = asked.Actor.Ask<ClusterReport>(ClusterReport.Request.Instance);
        await other.ExpectMsgAsync<NodeFigures.Request>();
        other.Reply(FiguresOf(One, clients: 2));
        ClientsOfOther(await again).ShouldBe(2);
    }

    [Fact]
    public async Task ANodeThatCannotBeReached_IsNotWaitedFor()
    {
        TestProbe other = CreateTestProbe();
        TestNode asked = await SeeingAsync("asked", other, Unreachable(One));

        ClusterReport.Node node = (await asked.Actor.Ask<ClusterReport>(ClusterReport.Request.Instance)).Nodes.Single(it => !it.IsSelf);

        (node.Name, node.Status, node.Figures).ShouldBe((null, "unreachable", null));
        await other.ExpectNoMsgAsync(TimeSpan.Zero);
    }

    // A node whose questions about figures the test answers.
    private async Task<TestNode> SeeingAsync(string name, TestProbe figures, NodeMember other)
    {
        TestNode node = Add(name, (id, actor) => actor == "figures" ? figures.Ref : One.Direct(id, actor));
        await node.Actor.Ask<ActorIdentity>(new Identify(null));
        node.Sees(Up(node), other);
        await Until(() => node.Cluster.Membership is not null);
        return node;
    }

    private static int? ClientsOfOther(ClusterReport report) => report.Nodes.Single(node => !node.IsSelf).Figures?.Clients;

    private static NodeFigures FiguresOf(TestNode node, int clients) => new()
    {
        Node = node.Self,
        Name = "one",
        Roles = [],
        Uptime = TimeSpan.Zero,
        Connections = clients,
        Clients = clients,
        Services = 0,
        Rooms = 0,
        MessagesReceived = 0,
        MessagesSent = 0,
        BytesReceived = 0,
        BytesSent = 0,
        OutboxBytes = 0,
    };
}
