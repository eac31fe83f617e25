using Concierge.Actors.Connections;

namespace Concierge.Actors.Tests.Connections;

public class FlushQueueTests
{
    private readonly FlushQueue _queue = new();

    [Fact]
    public void FlushSome_OfFew_SendsAllAtOnce()
    {
        ScriptedWire[] wires = Fill(256);

        _queue.FlushSome().ShouldBeFalse();
        wires.ShouldAllBe(wire => wire.Taken.Length == 1);
    }

    [Fact]
    public void FlushSome_OfMany_SendsThemASliceAtATime_InOrder()
    {
        ScriptedWire[] wires = Fill(600);

        _queue.FlushSome().ShouldBeTrue();
        wires.TakeWhile(wire => wire.Taken.Length == 1).Count().ShouldBe(256);
        wires.Count(wire => wire.Taken.Length == 1).ShouldBe(256);
        _queue.FlushSome().ShouldBeTrue();
        _queue.FlushSome().ShouldBeFalse();
        wires.ShouldAllBe(wire => wire.Taken.Length == 1);
    }

    [Fact]
    public void Add_BetweenSlices_QueuesBehindWhatWaits()
    {
        Fill(300);
        _queue.FlushSome();
        ScriptedWire[] late = Fill(300);
        _queue.FlushSome().ShouldBeTrue();

        late.Count(wire => wire.Taken.Length == 1).ShouldBe(256 - 44);
        _queue.FlushSome().ShouldBeFalse();
        late.ShouldAllBe(wire => wire.Taken.Length == 1);
    }

    [Fact]
    public void FlushSome_OfNothing_HasNoMore() => _queue.FlushSome().ShouldBeFalse();

    private ScriptedWire[] Fill(int count)
    {
        ScriptedWire[] wires = [.. Enumerable.Range(0, count).Select(_ => new ScriptedWire())];
        foreach (ScriptedWire wire in wires)
        {
            var outbox = new Outbox(wire, 100, TimeProvider.System);
            outbox.Enqueue(Lane.Others, [1]);
            _queue.Add(outbox);
        }
        return wires;
    }
}
