using Concierge.Actors.Nodes;

namespace Concierge.Actors.Tests.Nodes;

// Whatever the way between two nodes loses, what one says the other hears, once and in order.
public class LinkTests
{
    private readonly OutgoingLink _outgoing = new();
    private readonly IncomingLink _incoming = new();

    [Fact]
    public void Items_GoTogether_AndAreDoneWhenAcknowledged()
    {
        Add(1, 2, 3);
        _outgoing.TryTake(out long first, out LinkItem[] items).ShouldBeTrue();
        first.ShouldBe(1);
        Numbers(items).ShouldBe([1, 2, 3]);
        _outgoing.TryTake(out _, out _).ShouldBeFalse();

        Numbers(_outgoing.Acknowledge(2)).ShouldBe([1, 2]);
        _outgoing.IsEmpty.ShouldBeFalse();
        Numbers(_outgoing.Acknowledge(3)).ShouldBe([3]);
        _outgoing.IsEmpty.ShouldBeTrue();
        _outgoing.Bytes.ShouldBe(0);
    }

    [Fact]
    public void Acknowledging_WhatWasNeverSent_ChangesNothing()
    {
        Add(1);
        _outgoing.Acknowledge(7).ShouldBeEmpty();
        _outgoing.TryTake(out long first, out _).ShouldBeTrue();
        first.ShouldBe(1);
    }

    [Fact]
    public void AGap_IsNoticed_AndWhatComesBehindItIsNotTaken()
    {
        _incoming.Receive(1, [Item(1)]).ShouldBeTrue();
        _incoming.Receive(3, [Item(3)]).ShouldBeFalse();
        _incoming.Receive(2, [Item(2), Item(3)]).ShouldBeTrue();
        Numbers(Drain()).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void WhatComesTwice_IsTakenOnce()
    {
        _incoming.Receive(1, [Item(1), Item(2)]).ShouldBeTrue();
        _incoming.Receive(1, [Item(1), Item(2), Item(3)]).ShouldBeTrue();
        _incoming.Receive(1, [Item(1)]).ShouldBeTrue();
        Numbers(Drain()).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void NoMoreIsOnItsWay_ThanTheWindowAllows()
    {
        for (int i = 0; i < 100; i++) _outgoing.Add(new LinkItem.Messages(Destination.Everyone.Instance, new byte[256 * 1024], 1));
        int taken = 0;
        while (_outgoing.TryTake(out _, out LinkItem[] items)) taken += items.Length;
        taken.ShouldBeInRange(15, 17);

        _outgoing.Acknowledge(taken).Count.ShouldBe(taken);
        _outgoing.TryTake(out long first, out _).ShouldBeTrue();
        first.ShouldBe(taken + 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void AWayThatLosesAndRepeats_LosesAndRepeatsNothing(int seed)
    {
        var random = new Random(seed);
        var heard = new List<long>();
        int said = 0;
        while (heard.Count < 1000)
        {
            for (int i = random.Next(20); i > 0 && said < 1000; i--) Add(++said);
            if (random.Next(4) == 0) _outgoing.Rewind();
            while (_outgoing.TryTake(out long first, out LinkItem[] items))
            {
                for (int copies = random.Next(3); copies > 0; copies--) _incoming.Receive(first, items);
            }
            heard.AddRange(Numbers(Drain()));
            if (random.Next(2) == 0) _outgoing.Acknowledge(_incoming.Done);
            else _outgoing.Rewind();
        }
        heard.ShouldBe(Enumerable.Range(1, 1000).Select(number => (long)number));
    }

    private static LinkItem.Complete Item(long number) => new(number);

    private static List<long> Numbers(IEnumerable<LinkItem> items) => [.. items.Cast<LinkItem.Complete>().Select(item => item.Number)];

    private void Add(params int[] numbers)
    {
        foreach (int number in numbers) _outgoing.Add(Item(number));
    }

    private List<LinkItem> Drain()
    {
        var items = new List<LinkItem>();
        for (; _incoming.Next is { } next; _incoming.Finish()) items.Add(next);
        return items;
    }
}
