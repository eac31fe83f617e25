using Akka.Actor;
using Akka.TestKit;
using Concierge.Actors.Directory;
using Concierge.Actors.Rooms;
using Concierge.Actors.Sessions;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Rooms;

// A room ends with its last member, while others may be on their way into it. The test plays the directory.
public class RoomEndTests : ConciergeTest
{
    private readonly TestProbe _directory;
    private readonly IActorRef _rooms;

    public RoomEndTests()
    {
        _directory = CreateTestProbe();
        _rooms = Sys.ActorOf(RoomsActor.Props(_directory.Ref, Metrics));
    }

    [Fact]
    public async Task LeavingAndJoining_RightBehindOneAnother_LoseNobody()
    {
        ClientEntry ann = Client(), bob = Client();
        for (int i = 0; i < 100; i++)
        {
            RoomActor.Request[] requests = [new RoomActor.Join("r", ann), new RoomActor.Leave("r", ann), new RoomActor.Join("r", bob), new RoomActor.Leave("r", bob)];
            foreach (RoomActor.Request request in requests) _rooms.Tell(request);

            (await _directory.ExpectMsgAsync<DirectoryActor.RoomJoined>()).Request.ShouldBeSameAs(requests[0]);
            (await _directory.ExpectMsgAsync<DirectoryActor.RoomLeft>()).Request.ShouldBeSameAs(requests[1]);
            (await _directory.ExpectMsgAsync<DirectoryActor.RoomJoined>()).Request.ShouldBeSameAs(requests[2]);
            (await _directory.ExpectMsgAsync<DirectoryActor.RoomLeft>()).Request.ShouldBeSameAs(requests[3]);
        }
    }

    [Fact]
    public async Task ARoom_ThatReportsItselfEmpty_WhileAnotherIsOnTheWay_GoesOn()
    {
        IActorRef room = await JoinedAsync(Client());
        (await JoinedAsync(Client())).ShouldBe(room);

        // What it says when its first member left before it knew of the second.
        _rooms.Tell(new RoomActor.Emptied("r", 1), room);

        (await JoinedAsync(Client())).ShouldBe(room);
    }

    [Fact]
    public async Task ARoom_ThatReportsItselfEmpty_AndHasDealtWithEverything_Ends_AndTheNextIsAnother()
    {
        ClientEntry ann = Client();
        IActorRef room = await JoinedAsync(ann);
        Watch(room);
        _rooms.Tell(new RoomActor.Leave("r", ann));
        await ExpectTerminatedAsync(room);
        await _directory.ExpectMsgAsync<DirectoryActor.RoomLeft>();

        IActorRef next = await JoinedAsync(ann);
        next.ShouldNotBe(room);
        // What the one before had still to say is of no concern to this one.
        _rooms.Tell(new RoomActor.Emptied("r", 1), room);
        (await JoinedAsync(Client())).ShouldBe(next);
    }

    [Fact]
    public async Task ARoom_WhoseMembersSessionsEnd_Ends()
    {
        TestProbe session = CreateTestProbe();
        IActorRef room = await JoinedAsync(Client(session.Ref));
        Watch(room);
        Sys.Stop(session.Ref);

        await ExpectTerminatedAsync(room);
    }

    [Fact]
    public async Task ARoom_JoinedByASessionThatHasEnded_Ends()
    {
        TestProbe session = CreateTestProbe();
        Watch(session.Ref);
        Sys.Stop(session.Ref);
        await ExpectTerminatedAsync(session.Ref);
        IActorRef room = await JoinedAsync(Client(session.Ref));

        Watch(room);
        await ExpectTerminatedAsync(room);
    }

    [Fact]
    public async Task Leave_OfARoomThatHasEnded_ChangesNothing()
    {
        TestProbe session = CreateTestProbe();
        var leave = new RoomActor.Leave("r", Client(session.Ref));
        _rooms.Tell(leave);

        (await session.ExpectMsgAsync<SessionActor.Answer>()).ShouldBe(new SessionActor.Answer(leave, Outcome.Unchanged));
    }

    [Fact]
    public async Task ARoom_KeepsItsMembers_WhenAMessageFailsInIt()
    {
        TestProbe session = CreateTestProbe();
        ClientEntry ann = Client(session.Ref);
        IActorRef room = await JoinedAsync(ann);
        room.Tell(Kill.Instance);
        var again = new RoomActor.Join("r", ann);
        _rooms.Tell(again);

        (await session.ExpectMsgAsync<SessionActor.Answer>()).ShouldBe(new SessionActor.Answer(again, Outcome.Unchanged));
    }

    private async Task<IActorRef> JoinedAsync(ClientEntry client)
    {
        var join = new RoomActor.Join("r", client);
        _rooms.Tell(join);
        var joined = await _directory.ExpectMsgAsync<DirectoryActor.RoomJoined>();
        joined.Request.ShouldBeSameAs(join);
        return _directory.Sender;
    }

    private ClientEntry Client(IActorRef? session = null)
    {
        var info = new ClientInfo("x", null, Guid.NewGuid(), []);
        return new ClientEntry(info, default, true, new TestClient(Metrics, ClosingTime, 1000).Connection.Outbox, session ?? TestActor);
    }
}
