using Akka.Actor;
using Akka.Event;
using Akka.TestKit;
using Concierge.Actors.Directory;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Directory;

// Registrar and directory are resumed: what they know outlives a message that fails in them.
public class DirectoryFailureTests : ConciergeTest
{
    [Theory]
    [InlineData("directory")]
    [InlineData("registrar")]
    public async Task State_OutlivesAFailure(string actor)
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "news", bob);
        await Subscribe("news", bob);
        await Failure<ActorKilledException>().ExpectOneAsync(() =>
        {
            Sys.ActorSelection($"/user/concierge/{actor}").Tell(Kill.Instance);
            return Task.CompletedTask;
        });

        await ann.Ask<ServerPayload.Ok>(ToService("news", "1"));
        (await bob.HearMessage()).ShouldBe("1");
        (await bob.Ask<ServerPayload.ServiceCreateResult>(new ClientPayload.ServiceCreate("news", null))).Successful.ShouldBeFalse();
        TestClient impostor = await Connect();
        _ = impostor.Send(new ClientPayload.Identify("ann", null, "0.2.0", null, [], true));
        (await impostor.Closed()).ShouldBe(CloseCode.DuplicateAuth);
        ann.Disconnect();
        await bob.Hear<ServerPayload.ServiceDeleteResult>();
        await bob.Hear<ServerPayload.ClientLeft>();
    }

    [Fact]
    public async Task Session_WhoseRequestFails_IsToldSo_AndGoesOn()
    {
        TestClient ann = await Identify("ann");
        await Create(ann, "news");
        ServiceEntry news = View.Services.Single();
        ClientEntry unreachable = Unreachable();
        news.Subscribers.Add(unreachable);
        await Failure<NullReferenceException>().ExpectOneAsync(
            async () => await ann.Ask<ServerPayload.ErrorInternal>(new ClientPayload.SelfSubscribe("news")));

        news.Subscribers.Remove(unreachable);
        (await ann.Ask<ServerPayload.SelfUnsubscribeResult>(new ClientPayload.SelfUnsubscribe("news"))).Successful.ShouldBeTrue();
        await Subscribe("news", ann);
    }

    [Fact]
    public async Task Session_WhoseJoiningOfARoomFails_IsToldSo_AndCanLeaveIt()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Join("lobby", ann);
        RoomEntry lobby = View.Rooms.Single();
        ClientEntry unreachable = Unreachable();
        lobby.Members.Add(unreachable);
        await Failure<NullReferenceException>().ExpectOneAsync(
            async () => await bob.Ask<ServerPayload.ErrorInternal>(new ClientPayload.RoomJoin("lobby")));

        lobby.Members.Remove(unreachable);
        (await bob.Ask<ServerPayload.RoomLeaveResult>(new ClientPayload.RoomLeave("lobby"))).Successful.ShouldBeTrue();
        (await bob.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin("lobby"))).Room.Members.ShouldBe([ann.Uuid, bob.Uuid]);
    }

    [Fact]
    public async Task Client_WhoseJoiningFails_IsClosedWith4000_AndItsNameIsFree()
    {
        TestClient ann = await Identify("ann");
        ClientEntry unreachable = Unreachable();
        View.Watchers.Add(unreachable);
        await Failure<NullReferenceException>().ExpectAsync(2, async () =>
        {
            TestClient bob = await Connect();
            _ = bob.Send(new ClientPayload.Identify("bob", null, "0.2.0", null, [], true));
            (await bob.Closed()).ShouldBe(CloseCode.Unknown);
        });

        View.Watchers.Remove(unreachable);
        await (await Connect()).Identify("bob");
        (await ann.Hear<ServerPayload.ClientJoined>()).Client.Name.ShouldBe("bob");
    }

    [Fact]
    public async Task Events_AreSent_EvenIfTheDirectoryFailedWhileItQueuedThem()
    {
        TestClient ann = await Identify("ann");
        ClientEntry unreachable = Unreachable();
        View.Watchers.Add(unreachable);
        await Failure<NullReferenceException>().ExpectAsync(2, async () =>
        {
            TestClient bob = await Connect();
            _ = bob.Send(new ClientPayload.Identify("bob", null, "0.2.0", null, [], true));
            await bob.Closed();
            await ann.Hear<ServerPayload.ClientJoined>();
        });
    }

    // Akka.NET logs the failure of an actor that is resumed as a warning.
    private IEventFilterApplier Failure<T>()
        where T : Exception => EventFilter.Custom<Warning>(warning => warning.Cause is T);

    // No client is like this: it makes the directory fail when it queues an event for it.
    private ClientEntry Unreachable() => new(new ClientInfo("x", null, Guid.NewGuid(), []), default, true, null!, TestActor);
}
