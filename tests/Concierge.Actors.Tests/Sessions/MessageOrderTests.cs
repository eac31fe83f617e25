using Concierge.Actors.Tests.Hub;
using Concierge.Protocol;

namespace Concierge.Actors.Tests.Sessions;

public class MessageOrderTests : ConciergeTest
{
    [Fact]
    public async Task Messages_FromOneClientToAnother_ArriveInOrder_WhateverTheirTargets()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "news", bob);
        await Subscribe("news", bob);
        Target[] targets =
        [
            Target.Everyone, new Target.ToName("bob"), new Target.ToService("news"), new Target.ToUuid(bob.Uuid),
            new Target.ToServiceClient("news", bob.Uuid),
        ];
        const int Count = 500;
        var random = new Random(1);
        await ann.Send([.. Enumerable.Range(0, Count).Select(i =>
            new ClientPayload.Message(targets[random.Next(targets.Length)], RawJson.From($"{i}")))]);

        for (int i = 0; i < Count; i++) (await bob.HearMessage()).ShouldBe($"{i}");
    }

    [Fact]
    public async Task Messages_InSeveralReads_ArriveInOrder()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        for (int i = 0; i < 50; i++) _ = ann.Send(ToAll($"{2 * i}"), To(bob, $"{2 * i + 1}"));

        for (int i = 0; i < 100; i++) (await bob.HearMessage()).ShouldBe($"{i}");
    }

    [Fact]
    public async Task Messages_OfOneReadToTheSameReceivers_ArriveInOneSend()
    {
        (TestClient ann, TestClient bob, TestClient cid) = await Identify("ann", "bob", "cid");
        int before = bob.Wire.Sends.Count;
        await ann.Send([.. Enumerable.Range(0, 100).Select(i => ToAll($"{i}"))]);

        for (int i = 0; i < 100; i++)
        {
            (await bob.HearMessage()).ShouldBe($"{i}");
            (await cid.HearMessage()).ShouldBe($"{i}");
            (await ann.HearMessage()).ShouldBe($"{i}");
        }
        bob.Wire.Sends.Count.ShouldBe(before + 1);
    }

    [Fact]
    public async Task Messages_ThatSwitchReceivers_ReachEachInOrder()
    {
        (TestClient ann, TestClient bob, TestClient cid) = await Identify("ann", "bob", "cid");
        await ann.Send([.. Enumerable.Range(0, 90).Select(i => (i % 3) switch
        {
            0 => To(bob, $"{i}"),
            1 => To(cid, $"{i}"),
            _ => ToAll($"{i}"),
        })]);

        for (int i = 0; i < 90; i++)
        {
            if (i % 3 != 1) (await bob.HearMessage()).ShouldBe($"{i}");
            if (i % 3 != 0) (await cid.HearMessage()).ShouldBe($"{i}");
        }
    }

    [Fact]
    public async Task Messages_OfOneRead_EachHaveTheirOwnTargetAndService()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        await Create(ann, "a", bob);
        await Create(ann, "b", bob);
        await Subscribe("a", bob);
        await Subscribe("b", bob);
        await ann.Send(ToService("a", "1"), ToService("b", "2"), ToAll("3"), ToService("a", "4"));

        for (int i = 1; i <= 4; i++)
        {
            var heard = await bob.Hear<ServerPayload.Message>();
            heard.Data.ToString().ShouldBe($"{i}");
            string? service = i switch { 1 or 4 => "a", 2 => "b", _ => null };
            heard.Origin.Service?.Name.ShouldBe(service);
            heard.Target.ShouldBe(service is null ? Target.Everyone : new Target.ToService(service));
        }
    }

    [Fact]
    public async Task AReceiver_ThatJoinsBetweenTwoBroadcasts_GetsTheSecondAlone()
    {
        TestClient ann = await Identify("ann");
        await ann.Ask<ServerPayload.Ok>(ToAll("1"));
        TestClient bob = await Identify("bob");
        await ann.Ask<ServerPayload.Ok>(ToAll("2"));

        (await bob.HearMessage()).ShouldBe("2");
        bob.History.First().ShouldBeOfType<ServerPayload.Hello>();
    }

    [Fact]
    public async Task Broadcasts_LargerThanAChunk_ArriveWholeAndInOrder()
    {
        (TestClient ann, TestClient bob) = await Identify("ann", "bob");
        string[] data = [.. Enumerable.Range(0, 20).Select(i => $"\"{i}{new string('x', i * 3_000)}\"")];
        await ann.Send([.. data.Select(ToAll)]);

        foreach (string expected in data) (await bob.HearMessage()).ShouldBe(expected);
    }

    [Fact]
    public async Task Broadcast_ToMoreThanASliceOfReceivers_ReachesThemAll()
    {
        const int Count = 600;
        TestClient ann = await Identify("ann", presence: false);
        TestClient[] others = await Task.WhenAll(Enumerable.Range(0, Count).Select(i => Identify($"c{i}", presence: false)));
        await ann.Send(ToAll("1"), ToAll("2"), To(others[^1], "3"));

        foreach (TestClient other in others)
        {
            (await other.HearMessage()).ShouldBe("1");
            (await other.HearMessage()).ShouldBe("2");
        }
        (await others[^1].HearMessage()).ShouldBe("3");
    }

    [Fact]
    public async Task ABurst_ThatIsLargerThanAReceiversQueue_HarmsNobodyWhoKeepsUp()
    {
        const int QueueLimit = 256 * 1024;
        TestClient ann = await Identify("ann", presence: false), bob = await Identify("bob", outgoingLimit: QueueLimit);
        string data = $"\"{new string('x', 1_000)}\"";
        await ann.Send([.. Enumerable.Repeat(ToAll(data), 500)]);

        for (int i = 0; i < 500; i++) (await bob.HearMessage()).ShouldBe(data);
        bob.IsClosed.ShouldBeFalse();
    }
}
