using System.Text;
using Concierge.Actors.Connections;
using Concierge.Protocol;
using Concierge.Protocol.WebSockets;

namespace Concierge.Actors.Tests.Connections;

public class OutboxTests
{
    private const int Limit = 1000;

    private readonly ScriptedWire _wire = new();
    private readonly ManualTime _time = new();
    private readonly List<CloseCode> _closed = [];
    private readonly Outbox _outbox;

    public OutboxTests() => _outbox = new Outbox(_wire, Limit, _time, _closed.Add);

    [Fact]
    public void Enqueue_UntilSomebodyFlushes_SendsNothing()
    {
        _outbox.Enqueue(Lane.Others, "a"u8.ToArray()).ShouldBeTrue();

        Sent().ShouldBe("");
        _outbox.PendingBytes.ShouldBe(1);
    }

    [Fact]
    public void Enqueue_WhenAnotherHasPromisedToFlush_AsksForNoSecondFlush()
    {
        _outbox.Enqueue(Lane.Others, "a"u8.ToArray()).ShouldBeTrue();
        _outbox.Enqueue(Lane.Own, "b"u8.ToArray()).ShouldBeFalse();
    }

    [Fact]
    public void Flush_OfManyFrames_MakesOneSendOfThem()
    {
        for (int i = 0; i < 50; i++) _outbox.Enqueue(Lane.Others, [(byte)'x']);
        _outbox.Flush();

        _wire.Sends.ShouldBe([50]);
        _outbox.PendingBytes.ShouldBe(0);
    }

    [Fact]
    public void Flush_AfterAFlush_IsAskedForAnew()
    {
        _outbox.Enqueue(Lane.Others, "a"u8.ToArray());
        _outbox.Flush();

        _outbox.Enqueue(Lane.Others, "b"u8.ToArray()).ShouldBeTrue();
        _outbox.Flush();
        Sent().ShouldBe("ab");
    }

    [Fact]
    public void Lanes_UnderAFloodFromOthers_LetControlGoFirstAndAnswersTakeTurns()
    {
        for (int i = 0; i < 5; i++) _outbox.Enqueue(Lane.Others, "x"u8.ToArray());
        for (int i = 0; i < 3; i++) _outbox.Enqueue(Lane.Own, "o"u8.ToArray());
        _outbox.Enqueue(Lane.Control, "p"u8.ToArray());
        _outbox.Flush();

        Sent().ShouldBe("poxoxoxxx");
    }

    [Fact]
    public void Lanes_KeepTheOrderWithinEach()
    {
        for (int i = 0; i < 200; i++) _outbox.Enqueue(Lane.Others, [(byte)i]);
        _outbox.Flush();

        _wire.Taken.ShouldBe(Enumerable.Range(0, 200).Select(i => (byte)i));
    }

    [Fact]
    public async Task Flush_WhenTheKernelTakesAPart_SendsTheRestInOrderLater()
    {
        _wire.Room = 3;
        _outbox.Send(Lane.Others, "hello "u8.ToArray());
        Sent().ShouldBe("hel");
        _outbox.Enqueue(Lane.Others, "world"u8.ToArray()).ShouldBeFalse("the writer at work takes it along");

        _wire.MakeRoom();
        _outbox.Close(CloseCode.Normal, "");
        await _outbox.Finished;
        Sent().ShouldStartWith("hello world");
    }

    [Fact]
    public void Enqueue_OverTheLimit_ClosesWith4010AndThrowsAwayWhatWaits()
    {
        _outbox.Enqueue(Lane.Others, new byte[Limit]);
        _outbox.Enqueue(Lane.Others, "x"u8.ToArray()).ShouldBeFalse();

        _closed.ShouldBe([CloseCode.SlowConsumer]);
        _wire.Taken.ShouldBe(ServerFrames.Close(CloseCode.SlowConsumer, "reads more slowly than it is sent to"));
    }

    [Fact]
    public void Enqueue_ExactlyUpToTheLimit_IsTaken()
    {
        _outbox.Enqueue(Lane.Others, new byte[Limit - 1]);
        _outbox.Enqueue(Lane.Own, new byte[1]);

        _outbox.IsClosed.ShouldBeFalse();
    }

    [Fact]
    public void Close_SendsWhatWaitsAndThenTheCloseFrame()
    {
        _outbox.Enqueue(Lane.Others, "last words"u8.ToArray());
        _outbox.Close(CloseCode.GoingAway, "bye").ShouldBeTrue();

        _wire.Taken.ShouldBe([.. "last words"u8, .. ServerFrames.Close(CloseCode.GoingAway, "bye")]);
        _outbox.Finished.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void Close_ASecondTime_ChangesNothing()
    {
        _outbox.Close(CloseCode.BadSecret, "");
        _outbox.Close(CloseCode.Unknown, "").ShouldBeFalse();

        _closed.ShouldBe([CloseCode.BadSecret]);
    }

    [Fact]
    public void Enqueue_AfterClose_IsDropped()
    {
        _outbox.Close(CloseCode.Normal, "");
        int before = _wire.Taken.Length;
        _outbox.Send(Lane.Others, "late"u8.ToArray());

        _wire.Taken.Length.ShouldBe(before);
    }

    [Fact]
    public async Task Close_OnASocketThatTakesNothing_DropsItAfterASecond()
    {
        _wire.Room = 0;
        _outbox.Send(Lane.Others, "stuck"u8.ToArray());
        _outbox.Close(CloseCode.SlowConsumer, "", discard: true);
        _wire.IsAborted.ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(1));
        await _outbox.Finished;
        _wire.IsAborted.ShouldBeTrue();
    }

    [Fact]
    public void Flush_OnABrokenConnection_EndsTheOutbox()
    {
        _wire.IsBroken = true;
        _outbox.Send(Lane.Others, "x"u8.ToArray());

        _outbox.IsClosed.ShouldBeTrue();
        _wire.IsAborted.ShouldBeTrue();
        _outbox.PendingBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Send_FromManyThreadsAtOnce_LosesAndReordersNothing()
    {
        const int Threads = 4, Each = 2000;
        var outbox = new Outbox(_wire, int.MaxValue, _time);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++) outbox.Send(Lane.Others, [(byte)thread, (byte)(i >> 8), (byte)i]);
        })));
        outbox.Close(CloseCode.Normal, "");
        await outbox.Finished;

        byte[] all = _wire.Taken;
        var last = Enumerable.Repeat(-1, Threads).ToArray();
        for (int at = 0; at < Threads * Each * 3; at += 3)
        {
            int number = all[at + 1] << 8 | all[at + 2];
            number.ShouldBe(last[all[at]] + 1);
            last[all[at]] = number;
        }
        last.ShouldAllBe(number => number == Each - 1);
    }

    private string Sent() => Encoding.ASCII.GetString(_wire.Taken);
}
