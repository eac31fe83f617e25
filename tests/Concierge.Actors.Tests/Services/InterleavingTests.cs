using Concierge.Actors.Directory;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace Concierge.Actors.Tests.Services;

// Whatever several clients do to several services, what they are answered, what they hear and what the view shows agree.
public class InterleavingTests : ConciergeTest
{
    private const int Clients = 4, Services = 3;

    private static readonly Gen<Move[]> Moves = Gen.ArrayOf(
        from client in Gen.Choose(0, Clients - 1)
        from deed in Gen.Frequency(
            (4, Gen.Constant(Deed.Create)), (2, Gen.Constant(Deed.Delete)), (6, Gen.Constant(Deed.Subscribe)),
            (3, Gen.Constant(Deed.Unsubscribe)), (1, Gen.Constant(Deed.Leave)))
        from service in Gen.Choose(0, Services - 1)
        select new Move(client, deed, service)).Resize(60);

    private int _round;
    private TestClient? _witness;

    [Fact]
    public void OneStepAfterTheOther_EverybodyIsToldExactlyWhatTheProtocolSays() => Holds(50, FollowTheModelAsync);

    [Fact]
    public void AllAtOnce_EveryFrameIsAnsweredOnce_AndEverythingAgreesInTheEnd() => Holds(50, DoAllAtOnceAsync);

    private static void Holds(int times, Func<Move[], Task> property) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(times).WithReplay(640_209, 1),
            Prop.ForAll(Moves.ToArbitrary(), moves => property(moves).GetAwaiter().GetResult()));

    private async Task FollowTheModelAsync(Move[] moves)
    {
        (TestClient[] clients, TestClient witness) = await StartAsync();
        var model = new Model([.. clients.Select(client => client.Info)]);
        foreach (Move move in moves)
        {
            if (move.Deed == Deed.Leave)
            {
                TestClient leaving = clients[move.Client];
                await CompareAsync(leaving, move.Client);
                leaving.Disconnect();
                await HearLeaveAsync(witness);
                clients[move.Client] = await Identify(leaving.Info.Name);
                model.Leave(move.Client, clients[move.Client].Info);
            }
            else
            {
                ServerPayload expected = model.Do(move), answer = await AskAsync(clients[move.Client], move);
                (answer with { Seq = null }).ShouldBe(expected, $"{move}");
            }
        }
        for (int i = 0; i < Clients; i++)
        {
            await CompareAsync(clients[i], i);
            (await clients[i].Ask<ServerPayload.SelfFetchResult>(new ClientPayload.SelfFetch())).Subscriptions.ShouldBe(model.Subscriptions(i));
        }
        var all = await witness.Ask<ServerPayload.ServiceFetchAllResult>(new ClientPayload.ServiceFetchAll());
        all.Services.OrderBy(service => service.Name).ShouldBe(model.Services.OrderBy(service => service.Name));
        await EndAsync(clients, witness);

        async Task CompareAsync(TestClient client, int index)
        {
            await witness.Ask<ServerPayload.Ok>(To(client, "\"so far\""));
            ILookup<bool, ServerPayload> heard = (await client.HearUntil("\"so far\"")).ToLookup(said => IsOf(said, client.Uuid));
            heard[true].ShouldBe(model.HeardOfItself(index));
            heard[false].ShouldBe(model.HeardOfOthers(index));
        }
    }

    private async Task DoAllAtOnceAsync(Move[] moves)
    {
        (TestClient[] clients, TestClient witness) = await StartAsync();
        var expected = new int[Clients];
        var left = new HashSet<int>();
        // What a client does goes in one read, up to its leaving; all clients do it at the same time.
        foreach (IGrouping<int, Move> own in moves.GroupBy(move => move.Client))
        {
            ClientPayload[] payloads = [.. own.TakeWhile(move => move.Deed != Deed.Leave).Select(Payload)];
            expected[own.Key] = payloads.Length;
            _ = clients[own.Key].Send(payloads);
            if (payloads.Length < own.Count())
            {
                clients[own.Key].Disconnect();
                left.Add(own.Key);
            }
        }
        for (int i = 0; i < Clients; i++)
        {
            if (left.Contains(i)) continue;
            for (int seq = 0; seq < expected[i]; seq++) (await clients[i].Answered()).Seq.ShouldBe(seq);
        }
        foreach (int _ in left) await HearLeaveAsync(witness);

        View.Clients.Count.ShouldBe(Clients - left.Count + 1);
        foreach (ClientEntry client in View.Clients.Snapshot())
        {
            client.Services.ShouldBe(View.Services.Where(service => service.Owner == client), ignoreOrder: true);
            client.Subscriptions.ShouldBe(View.Services.Where(service => service.Subscribers.Contains(client)), ignoreOrder: true);
        }
        foreach (ServiceEntry service in View.Services)
        {
            service.Subscribers.Snapshot().ShouldBeSubsetOf(View.Clients.Snapshot());
            var asked = await witness.Ask<ServerPayload.ServiceFetchResult>(new ClientPayload.ServiceFetch(service.Name));
            asked.Service.ShouldBe(service.Describe());
        }
        await EndAsync([.. clients.Where((_, index) => !left.Contains(index))], witness);
    }

    private async Task<(TestClient[] Clients, TestClient Witness)> StartAsync()
    {
        _round++;
        _witness ??= await Identify("witness");
        var clients = new TestClient[Clients];
        for (int i = 0; i < Clients; i++)
        {
            clients[i] = await Identify($"c{i}_{_round}");
            foreach (TestClient earlier in clients[..i]) await earlier.Hear<ServerPayload.ClientJoined>();
        }
        return (clients, _witness);
    }

    // Nothing of a round is left for the next: the names of its services are free again.
    private static async Task EndAsync(TestClient[] clients, TestClient witness)
    {
        foreach (TestClient client in clients) client.Disconnect();
        foreach (TestClient _ in clients) await HearLeaveAsync(witness);
        for (int i = 0; i < Services; i++)
        {
            string name = new Move(0, Deed.Create, i).Name;
            (await witness.Ask<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate(name, null))).Successful.ShouldBeTrue();
            await witness.Ask<ServerPayload.ServiceDeleteResult>(new ClientPayload.ServiceDelete(name));
        }
    }

    private static async Task HearLeaveAsync(TestClient witness)
    {
        while (await witness.Hear() is not ServerPayload.ClientLeft)
        {
        }
    }

    private static async Task<ServerPayload> AskAsync(TestClient client, Move move)
    {
        _ = client.Send(Payload(move));
        return await client.Answered();
    }

    private static ClientPayload Payload(Move move) => move.Deed switch
    {
        Deed.Create => new ClientPayload.ServiceCreate(move.Name, null),
        Deed.Delete => new ClientPayload.ServiceDelete(move.Name),
        Deed.Subscribe => new ClientPayload.SelfSubscribe(move.Name),
        _ => new ClientPayload.SelfUnsubscribe(move.Name),
    };

    // Own copies and the events of others come in different lanes, and are in order within each.
    private static bool IsOf(ServerPayload said, Guid client) => said switch
    {
        ServerPayload.ServiceCreateResult(_, var service) => service.OwnerUuid == client,
        ServerPayload.ServiceDeleteResult(var service) => service.OwnerUuid == client,
        ServerPayload.ServiceClientSubscribed(var subscriber, _) => subscriber.Uuid == client,
        _ => false,
    };
}
