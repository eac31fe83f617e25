using Concierge.Actors.Files;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Directory;

public class LeavingTests : ConciergeTest
{
    [Fact]
    public async Task Leaving_IsTold_ServicesFirst_ThenSubscriptions_ThenTheClient()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "a1", bob);
        await Create(ann, "a2", bob);
        await Create(bob, "b1", ann);
        await Create(bob, "b2", ann);
        await Subscribe("b1", bob, ann);
        await Subscribe("b2", ann);
        await Subscribe("a1", bob);
        ann.Disconnect();

        (await bob.Hear<ServerPayload.ServiceDeleteResult>()).Service.Name.ShouldBe("a1");
        (await bob.Hear<ServerPayload.ServiceDeleteResult>()).Service.Name.ShouldBe("a2");
        var unsubscribed = await bob.Hear<ServerPayload.ServiceClientUnsubscribed>();
        unsubscribed.Client.ShouldBe(ann.Info);
        unsubscribed.Service.Name.ShouldBe("b1");
        (await bob.Hear<ServerPayload.ClientLeft>()).Client.ShouldBe(ann.Info);
        (await bob.Ask<ServerPayload.SelfFetchResult>(new ClientPayload.SelfFetch())).Subscriptions
            .ShouldBe([new ServiceInfo("b1", null, bob.Uuid, [bob.Uuid])]);
        (await bob.Ask<ServerPayload.ServiceFetchResult>(new ClientPayload.ServiceFetch("b2"))).Service.Subscribers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leaving_IsTheSame_ByACloseFrameOrTheSocketsEnd(bool closes)
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        if (closes) await ann.Send(ClientFrames.Close(CloseCode.Normal));
        else ann.Disconnect();

        (await bob.Hear<ServerPayload.ClientLeft>()).Client.ShouldBe(ann.Info);
        await bob.Ask<ServerPayload.InvalidUuid>(new ClientPayload.ClientFetch(ann.Uuid));
        await bob.Ask<ServerPayload.InvalidName>(new ClientPayload.Message(new Target.ToName("ann"), Data("hi")));
    }

    [Fact]
    public async Task Names_AreFree_WhenOthersHearThatTheClientLeft()
    {
        TestClient bob = await Identify("bob");
        for (int i = 0; i < 20; i++)
        {
            TestClient ann = await Identify("ann");
            await bob.Hear<ServerPayload.ClientJoined>();
            await Create(ann, "news", bob);
            ann.Disconnect();
            await bob.Hear<ServerPayload.ServiceDeleteResult>();
            (await bob.Hear<ServerPayload.ClientLeft>()).Client.ShouldBe(ann.Info);
        }
    }

    [Fact]
    public async Task Leaving_BeforeHello_FreesTheName()
    {
        TestClient bob = await Identify("bob");
        for (int i = 0; i < 20; i++)
        {
            TestClient hasty = await Connect();
            _ = hasty.Send(new ClientPayload.Identify("ann", null, "0.2.0", null, [], true));
            hasty.Disconnect();
            await bob.Hear<ServerPayload.ClientJoined>();
            await bob.Hear<ServerPayload.ClientLeft>();
        }
    }

    [Fact]
    public async Task TwoClients_RacingForAName_GetItOnce()
    {
        for (int i = 0; i < 20; i++)
        {
            TestClient[] racers = [await Connect(), await Connect(), await Connect()];
            foreach (TestClient racer in racers) _ = racer.Send(new ClientPayload.Identify($"ann{i}", null, "0.2.0", null, [], false));
            var closes = racers.Select(racer => racer.Closed()).ToHashSet();
            for (int losers = 0; losers < 2; losers++)
            {
                Task<CloseCode> close = await Task.WhenAny(closes);
                (await close).ShouldBe(CloseCode.DuplicateAuth);
                closes.Remove(close);
            }
            TestClient winner = racers.Single(racer => !racer.IsClosed);
            (await winner.Identified($"ann{i}")).Uuid.ShouldBe(winner.Uuid);
            closes.Single().IsCompleted.ShouldBeFalse();
        }
    }
}

public class LeavingWithFilesTests : ConciergeTest
{
    private readonly PlayedFiles _files;

    public LeavingWithFilesTests()
        : this(new PlayedFiles())
    {
    }

    private LeavingWithFilesTests(PlayedFiles files)
        : base(files: files) => _files = files;

    [Fact]
    public async Task Files_AreDeletedOnce_WhenNobodyFindsTheClientAnyMore()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        bool found = true;
        _files.OnDelete = client =>
        {
            found = View.TryGetClient(client, out _);
            return Task.CompletedTask;
        };
        ann.Disconnect();
        await bob.Hear<ServerPayload.ClientLeft>();

        found.ShouldBeFalse();
        _files.Deleted.ShouldBe([ann.Uuid]);
    }

    [Fact]
    public async Task Name_IsTaken_UntilTheFilesAreDeleted_AndOnlyThenTheClientHasLeft()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        var deletion = new TaskCompletionSource();
        _files.OnDelete = _ => deletion.Task;
        ann.Disconnect();
        await AwaitConditionAsync(() => _files.Deleted.Count == 1);
        TestClient tooEarly = await Connect();
        _ = tooEarly.Send(new ClientPayload.Identify("ann", null, "0.2.0", null, [], true));
        (await tooEarly.Closed()).ShouldBe(CloseCode.DuplicateAuth);
        await bob.HearsNothingElseFrom(bob);

        deletion.SetResult();
        (await bob.Hear<ServerPayload.ClientLeft>()).Client.ShouldBe(ann.Info);
        await (await Connect()).Identify("ann");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Files_ThatCannotBeDeleted_AreLogged_AndTheClientLeavesAllTheSame(bool throwsAtOnce)
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        _files.OnDelete = _ => throwsAtOnce ? throw new IOException("disk") : Task.FromException(new IOException("disk"));
        await EventFilter.Exception<IOException>(contains: "disk").ExpectOneAsync(async () =>
        {
            ann.Disconnect();
            (await bob.Hear<ServerPayload.ClientLeft>()).Client.ShouldBe(ann.Info);
        });

        await (await Connect()).Identify("ann");
    }

    private sealed class PlayedFiles : IClientFiles
    {
        public Func<Guid, Task> OnDelete { get; set; } = _ => Task.CompletedTask;

        public List<Guid> Deleted { get; } = [];

        public Task DeleteAllAsync(Guid client)
        {
            Deleted.Add(client);
            return OnDelete(client);
        }

        public Task<FileContent> OpenAsync(Guid client, string path, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IFileUpload> BeginUploadAsync(Guid client, bool isProven, CancellationToken cancellation) => throw new NotSupportedException();

        public Task DeleteAsync(Guid client, bool isProven, string path, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
