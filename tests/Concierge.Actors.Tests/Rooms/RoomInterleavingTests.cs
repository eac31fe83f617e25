using Concierge.Actors.Directory;
using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace Concierge.Actors.Tests.Rooms;

// Whatever several clients do to a few rooms at the same time, everything agrees in the end.
public class RoomInterleavingTests : ConciergeTest
{
    private const int Clients = 4;

    private static readonly string[] Names = ["r0", "r1"];

    // A client's frames, all in one read, and whether it leaves right behind them.
    private static readonly Gen<(ClientPayload[] Frames, bool Leaves)[]> Deeds = Gen.ArrayOf(
        from frames in Gen.ArrayOf(
            from room in Gen.Elements(Names)
            from joins in Gen.Elements(true, false)
            select joins ? (ClientPayload)new ClientPayload.RoomJoin(room) : new ClientPayload.RoomLeave(room)).Resize(20)
        from leaves in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        select (frames, leaves), Clients);

    private int _round;
    private TestClient? _witness;

    [Fact]
    public void AllAtOnce_EveryFrameIsAnsweredOnce_AndEverythingAgreesInTheEnd() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(640_209, 1),
        Prop.ForAll(Deeds.ToArbitrary(), deeds => DoAllAtOnceAsync(deeds).GetAwaiter().GetResult()));

    private async Task DoAllAtOnceAsync((ClientPayload[] Frames, bool Leaves)[] deeds)
    {
        _round++;
        TestClient witness = _witness ??= await Identify("witness");
        var clients = new TestClient[Clients];
        for (int i = 0; i < Clients; i++)
        {
            clients[i] = await Identify($"c{i}_{_round}", presence: i % 2 == 0);
            await witness.Hear<ServerPayload.ClientJoined>();
        }
        for (int i = 0; i < Clients; i++)
        {
            _ = clients[i].Send(deeds[i].Frames);
            if (deeds[i].Leaves) clients[i].Disconnect();
        }
        for (int i = 0; i < Clients; i++)
        {
            if (deeds[i].Leaves)
            {
                await witness.Hear<ServerPayload.ClientLeft>();
                continue;
            }
            for (int seq = 0; seq < deeds[i].Frames.Length; seq++) CheckAnswer(deeds[i].Frames[seq], await clients[i].Answered(), seq, clients[i]);
        }

        foreach (ClientEntry client in View.Clients.Snapshot())
            client.Rooms.ShouldBe(View.Rooms.Where(room => room.Members.Contains(client)), ignoreOrder: true);
        foreach (RoomEntry room in View.Rooms)
        {
            room.Members.Snapshot().ShouldNotBeEmpty();
            room.Members.Snapshot().ShouldBeSubsetOf(View.Clients.Snapshot());
        }
        await EndAsync([.. clients.Where((_, index) => !deeds[index].Leaves)], witness);
    }

    private static void CheckAnswer(ClientPayload frame, ServerPayload answer, int seq, TestClient client)
    {
        answer.Seq.ShouldBe(seq);
        if (frame is ClientPayload.RoomJoin) answer.ShouldBeOfType<ServerPayload.RoomJoinResult>().Room.Members.ShouldContain(client.Uuid);
        else if (answer is not ServerPayload.InvalidRoom) answer.ShouldBeOfType<ServerPayload.RoomLeaveResult>().Room.Members.ShouldNotContain(client.Uuid);
    }

    // When all are gone, so are the rooms; and they can be joined again.
    private async Task EndAsync(TestClient[] clients, TestClient witness)
    {
        foreach (TestClient client in clients) client.Disconnect();
        foreach (TestClient _ in clients) await witness.Hear<ServerPayload.ClientLeft>();
        View.Rooms.ShouldBeEmpty();
        foreach (string name in Names)
        {
            (await witness.Ask<ServerPayload.RoomJoinResult>(new ClientPayload.RoomJoin(name))).Room.ShouldBe(new RoomInfo(name, [witness.Uuid]));
            (await witness.Ask<ServerPayload.RoomLeaveResult>(new ClientPayload.RoomLeave(name))).Successful.ShouldBeTrue();
        }
    }
}
