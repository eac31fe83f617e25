using System.Diagnostics;
using Concierge.Client;
using Concierge.EndToEnd.Tests.Programs;
using Concierge.EndToEnd.Tests.Wire;
using Concierge.Protocol;
using Xunit.Abstractions;

namespace Concierge.EndToEnd.Tests.Cluster;

/// <summary>One node after the other is stopped and started again, as docs/operations.md says, under clients of our SDK.</summary>
[Collection(nameof(TestCluster))]
public sealed class RollingRestartTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Count = 12;

    private readonly List<Member> _members = [];
    private TestCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync(output);
        for (int i = 0; i < Count; i++) _members.Add(await Member.JoinAsync(i, _cluster[i % 3].Url));
        // Each to the service of one on another node.
        foreach (Member member in _members) await member.Client.SubscribeAsync(NeighbourOf(member).Service);
    }

    public async Task DisposeAsync()
    {
        foreach (Member member in _members) await member.Client.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task RollingRestart_LosesNoName_AndDoublesNone()
    {
        // The oldest last: the registrar moves once.
        foreach (int node in (int[])[1, 2, 0])
        {
            Member[] affected = [.. _members.Where(member => member.Index % 3 == node)];
            Task[] back = [.. affected.Select(member => member.NextReconnectionAsync())];
            var since = Stopwatch.StartNew();
            await _cluster.StopAsync(node);
            output.WriteLine($"node {node + 1} had ended after {since.Elapsed.TotalSeconds:0.0} s");
            await _cluster.StartAsync(node);
            output.WriteLine($"and was ready after {since.Elapsed.TotalSeconds:0.0} s");
            await Patience.For(Task.WhenAll(back), "the node's clients to be back", _cluster[node].Program);
            output.WriteLine($"and had all its clients again after {since.Elapsed.TotalSeconds:0.0} s");
        }

        // A service that comes back is subscribed to again by those who hear of it.
        await Patience.For(Task.WhenAll(_members.Select(ExpectSubscriptionAsync)), "everybody to be subscribed again", _cluster[0].Program);
        WireClient[] witnesses = [await _cluster[0].JoinAsync(), await _cluster[1].JoinAsync(), await _cluster[2].JoinAsync()];
        await TestCluster.ShouldAgreeAsync(witnesses, [.. _members.Select(member => $"{member.Client.Uuid}"), .. witnesses.Select(witness => witness.Uuid)]);
        (await _members[0].Client.FetchClientsAsync()).Select(client => client.Name)
            .ShouldBe([.. _members.Select(member => member.Client.Name), .. witnesses.Select(witness => witness.Name)], ignoreOrder: true);
        (await _members[0].Client.FetchRoomAsync("lobby")).Members.ShouldBe(_members.Select(member => member.Client.Uuid), ignoreOrder: true);
        await ExpectRoundAsync();
        _cluster.ShouldHaveLoggedNoFault();
    }

    private Member NeighbourOf(Member member) => _members[(member.Index + 1) % Count];

    private async Task ExpectSubscriptionAsync(Member member)
    {
        Member owner = NeighbourOf(member);
        while (true)
        {
            ServiceInfo service = await member.Client.FetchServiceAsync(owner.Service);
            service.OwnerUuid.ShouldBe(owner.Client.Uuid);
            if (service.Subscribers.SequenceEqual([member.Client.Uuid])) return;
            await member.Subscriptions.TakeAsync();
        }
    }

    // Each says its name to its neighbour, by service: once there, and once only.
    private async Task ExpectRoundAsync()
    {
        foreach (Member member in _members) await member.Client.SendAsync(new Target.ToService(NeighbourOf(member).Service), RawJson.From($"\"{member.Client.Name}\""));
        foreach (Member member in _members)
        {
            string heard = await Patience.For(NeighbourOf(member).Messages.TakeAsync(), "a message", _cluster[0].Program) ?? "";
            heard.ShouldBe($"\"{member.Client.Name}\"");
        }
    }

    private sealed class Member
    {
        private readonly Lines _reconnections = new();

        private Member(int index) => Index = index;

        public int Index { get; }

        public ConciergeClient Client { get; private set; } = null!;

        public string Service => $"service_{Index}";

        public Lines Messages { get; } = new();

        /// <summary>A line whenever this client has been subscribed to something.</summary>
        public Lines Subscriptions { get; } = new();

        public static async Task<Member> JoinAsync(int index, Uri url)
        {
            var member = new Member(index);
            var options = new ConciergeClientOptions
            {
                Uri = url,
                Name = $"member_{index}",
                Reconnect = new ReconnectPolicy { MaxDelay = TimeSpan.FromMilliseconds(500) },
            };
            member.Client = await ConciergeClient.ConnectAsync(options, member.Attach);
            await member.Client.CreateServiceAsync(member.Service);
            await member.Client.JoinRoomAsync("lobby");
            return member;
        }

        public async Task NextReconnectionAsync() => (await _reconnections.TakeAsync()).ShouldBe("");

        private void Attach(ConciergeClient client)
        {
            client.MessageReceived += (message, _) =>
            {
                Messages.Add(message.Data.ToString());
                return default;
            };
            client.SubscriberJoined += (change, _) =>
            {
                if (change.Client.Uuid == client.Uuid) Subscriptions.Add(change.Service.Name);
                return default;
            };
            client.Reconnected += (reconnection, _) =>
            {
                _reconnections.Add(string.Join(' ', reconnection.LostServices.Concat(reconnection.LostRooms)));
                return default;
            };
        }
    }
}
