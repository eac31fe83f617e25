using Akka.Actor;
using Concierge.Actors.Directory;
using FsCheck;
using FsCheck.Fluent;

namespace Concierge.Actors.Tests.Directory;

public class RosterTests
{
    private readonly Roster _roster = new();

    [Fact]
    public void Snapshot_HasTheMembersInTheOrderOfJoining()
    {
        ClientEntry[] clients = [.. Enumerable.Range(0, 100).Select(_ => NewClient())];
        foreach (ClientEntry client in clients) _roster.Add(client).ShouldBeTrue();
        _roster.Remove(clients[3]).ShouldBeTrue();
        _roster.Add(clients[3]).ShouldBeTrue();

        _roster.Snapshot().ShouldBe([.. clients[..3], .. clients[4..], clients[3]]);
    }

    [Fact]
    public void Snapshot_IsSharedUntilAChange_AndNeverChangesItself()
    {
        ClientEntry ann = NewClient(), bob = NewClient();
        _roster.Add(ann);
        ClientEntry[] before = _roster.Snapshot();
        _roster.Snapshot().ShouldBeSameAs(before);
        _roster.Add(bob);

        _roster.Snapshot().ShouldBe([ann, bob]);
        before.ShouldBe([ann]);
    }

    [Fact]
    public void Add_OfAMember_ChangesNothing()
    {
        ClientEntry ann = NewClient();
        _roster.Add(ann);
        ClientEntry[] before = _roster.Snapshot();

        _roster.Add(ann).ShouldBeFalse();
        _roster.Snapshot().ShouldBeSameAs(before);
    }

    [Fact]
    public void Remove_OfAStranger_ChangesNothing()
    {
        _roster.Remove(NewClient()).ShouldBeFalse();
        _roster.Count.ShouldBe(0);
    }

    [Fact]
    public void Roster_IsAnOrderedSet_WhateverIsDoneToIt()
    {
        ClientEntry[] clients = [.. Enumerable.Range(0, 6).Select(_ => NewClient())];
        Gen<(bool Add, int Client)[]> steps = Gen.ArrayOf(Gen.Zip(Gen.Elements(true, false), Gen.Choose(0, clients.Length - 1), (add, client) => (add, client)));

        Check.One(Config.QuickThrowOnFailure.WithReplay(640_209, 1), Prop.ForAll(steps.ToArbitrary(), done =>
        {
            var roster = new Roster();
            var expected = new List<ClientEntry>();
            foreach ((bool add, int index) in done)
            {
                ClientEntry client = clients[index];
                bool isNew = !expected.Contains(client);
                (add ? roster.Add(client) : roster.Remove(client)).ShouldBe(add == isNew);
                if (!add) expected.Remove(client);
                else if (isNew) expected.Add(client);
                roster.Contains(client).ShouldBe(add);
                roster.Snapshot().ShouldBe(expected);
                roster.Count.ShouldBe(expected.Count);
            }
        }));
    }

    [Fact]
    public async Task Readers_WhileOneWrites_AlwaysSeeWholeSnapshots()
    {
        const int Pairs = 5_000;
        ClientEntry always = NewClient();
        _roster.Add(always);
        bool done = false;
        Task<int>[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            int most = 0;
            while (!Volatile.Read(ref done))
            {
                ClientEntry[] members = _roster.Snapshot();
                members[0].ShouldBeSameAs(always);
                members.ShouldNotContain((ClientEntry)null!);
                most = Math.Max(most, members.Length);
            }
            return most;
        }))];
        for (int i = 0; i < Pairs; i++)
        {
            ClientEntry passing = NewClient();
            _roster.Add(passing);
            _roster.Remove(passing);
        }
        Volatile.Write(ref done, true);

        (await Task.WhenAll(readers)).ShouldAllBe(most => most <= 2);
        _roster.Snapshot().ShouldBe([always]);
    }

    private static ClientEntry NewClient() => new(new Protocol.ClientInfo("x", null, Guid.NewGuid(), []), default, true, null!, ActorRefs.Nobody);
}
