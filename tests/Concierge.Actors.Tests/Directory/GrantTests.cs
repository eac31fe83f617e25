using System.Collections.Immutable;
using Akka.Actor;
using Akka.TestKit;
using Concierge.Actors.Directory;
using Concierge.Actors.Nodes;
using Concierge.Actors.Sessions;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Directory;

// Of two who have had one name, the one to whom it was granted later has it, whichever word comes first. The test plays
// the registrar and another node.
public class GrantTests : ConciergeTest
{
    private readonly DirectoryView _view = new();
    private readonly NodeId _here = new("here", 1);
    private readonly TestProbe _registrar;
    private readonly TestProbe _link;
    private readonly IActorRef _directory;
    private readonly Peer _peer;

    public GrantTests()
    {
        _registrar = CreateTestProbe();
        _link = CreateTestProbe();
        _directory = Sys.ActorOf(DirectoryActor.Props(_here, _view, new ClusterView { Membership = Membership.Of(_here) }, Metrics, null));
        _peer = new Peer(new NodeId("there", 1), _link, _link.Ref);
        _directory.Tell(new RegistrarActor.Enrol(Guid.NewGuid()), _registrar);
        _registrar.ExpectMsg<RegistrarActor.Enrolled>();
    }

    [Fact]
    public async Task AFormerHolder_OfWhomIsHeardTooLate_IsNotHeardOf()
    {
        ClientEntry ann = await Join("ann", grant: 2);
        await Apply(Joined("ann", grant: 1, out Guid former), new Change.Left(former));

        _view.TryGetClient("ann", out ClientEntry? holder).ShouldBeTrue();
        holder.ShouldBeSameAs(ann);
        _view.TryGetClient(former, out _).ShouldBeFalse();
    }

    [Fact]
    public async Task AFormerHolder_WhoseLeavingIsStillOnItsWay_HasLeft()
    {
        await Apply(Joined("ann", grant: 1, out Guid former));
        ClientEntry ann = await Join("ann", grant: 2);

        _view.TryGetClient(former, out _).ShouldBeFalse();
        await Apply(new Change.Left(former));
        _view.TryGetClient("ann", out ClientEntry? holder).ShouldBeTrue();
        holder.ShouldBeSameAs(ann);
    }

    [Fact]
    public async Task AFormerService_OfWhichIsHeardTooLate_IsNotHeardOf()
    {
        await Apply(Joined("ann", grant: 1, out Guid ann), Joined("bob", grant: 2, out Guid bob));
        Guid newer = Guid.NewGuid(), older = Guid.NewGuid();
        await Apply(new Change.Created(bob, newer, "news", null, 4), new Change.Created(ann, older, "news", null, 3));

        _view.TryGetService("news", out ServiceEntry? news).ShouldBeTrue();
        news!.Id.ShouldBe(newer);
        _view.TryGetService(older, out _).ShouldBeFalse();
    }

    [Fact]
    public async Task ARegistrar_ThatHasBeenReplaced_GrantsNothing()
    {
        TestProbe next = CreateTestProbe();
        TestProbe session = CreateTestProbe();
        _directory.Tell(new DirectoryActor.Join(Client("ann", session), null), session);
        var claim = await _registrar.ExpectMsgAsync<RegistrarActor.Claim>();
        _directory.Tell(new RegistrarActor.Enrol(Guid.NewGuid()), next);
        _directory.Tell(new RegistrarActor.Granted(claim.Id, claim.Name, 9), _registrar);

        (await next.ExpectMsgAsync<RegistrarActor.Enrolled>()).LatestGrant.ShouldBe(0);
        await next.ExpectMsgAsync<RegistrarActor.Claim>();
        _directory.Tell(new RegistrarActor.Granted(claim.Id, claim.Name, 1), next);
        (await session.ExpectMsgAsync<SessionActor.Answer>()).Outcome.ShouldBe(Outcome.Done);
        _view.TryGetClient("ann", out ClientEntry? ann).ShouldBeTrue();
        ann!.Grant.ShouldBe(1);
    }

    private static Change.Joined Joined(string name, long grant, out Guid uuid)
    {
        uuid = Guid.NewGuid();
        return new Change.Joined(new ClientInfo(name, null, uuid, []), default, grant);
    }

    private async Task<ClientEntry> Join(string name, long grant)
    {
        TestProbe session = CreateTestProbe();
        ClientEntry client = Client(name, session);
        _directory.Tell(new DirectoryActor.Join(client, null), session);
        var claim = await _registrar.ExpectMsgAsync<RegistrarActor.Claim>();
        _directory.Tell(new RegistrarActor.Granted(claim.Id, claim.Name, grant), _registrar);
        (await session.ExpectMsgAsync<SessionActor.Answer>()).Outcome.ShouldBe(Outcome.Done);
        return client;
    }

    private ClientEntry Client(string name, TestProbe session) =>
        new(new ClientInfo(name, null, Guid.NewGuid(), []), default, false, new TestClient(Metrics, ClosingTime, 1000).Connection.Outbox, session);

    private async Task Apply(params Change[] changes)
    {
        _directory.Tell(new DirectoryActor.Apply(_peer, changes.ToImmutableArray()), _link);
        await _link.ExpectMsgAsync<PeerActor.Applied>();
    }
}
