using Akka.Actor;
using Akka.Event;

namespace Akka.StandIn.Tests.Mailboxes;

public sealed class MailboxTests : Contract
{
    [Fact]
    public void Messages_FromOneSender_ArriveInTheirOrder()
    {
        var subject = StartSubject();

        foreach (var number in Enumerable.Range(0, 5000))
            subject.Tell(number);

        Reports.ReceiveN(5000).ShouldBe(Enumerable.Range(0, 5000).Cast<object>());
    }

    [Fact]
    public void Messages_FromManyThreads_ArriveAllAndInEachOnesOrder()
    {
        var subject = StartSubject();

        Parallel.For(0, 8, writer =>
        {
            for (var number = 0; number < 1000; number++)
                subject.Tell((writer, number), ActorRefs.NoSender);
        });

        var received = Reports.ReceiveN(8000).Cast<(int Writer, int Number)>().ToList();
        foreach (var ofOneWriter in received.GroupBy(message => message.Writer))
            ofOneWriter.Select(message => message.Number).ShouldBe(Enumerable.Range(0, 1000));
    }

    [Fact]
    public async Task AnActor_HandlesOneMessageAtATime()
    {
        var counter = Sys.ActorOf(Props.Create(() => new Counter()));

        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 5000; i++)
                counter.Tell("count", ActorRefs.NoSender);
        });

        (await counter.Ask<int>("total", TimeSpan.FromSeconds(10))).ShouldBe(40_000);
    }

    [Fact]
    public void ABusyActor_LeavesTheThreadToOthers()
    {
        var busy = Sys.ActorOf(Props.Create(() => new Perpetual()));
        busy.Tell("go on");

        StartSubject().Tell("hello");

        Reports.ExpectMsg("hello");
    }

    [Fact]
    public void Stop_OvertakesMessagesInTheMailbox()
    {
        using var gate = new ManualResetEventSlim();
        var parent = StartSubject();
        var subject = StartChild(parent, "busy");
        subject.Tell(Subject.Do(_ =>
        {
            Reports.Ref.Tell("busy");
            gate.Wait();
        }));
        Reports.ExpectMsg("busy");
        subject.Tell("too late");

        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        parent.Tell(Subject.Do(context => context.Stop(subject)));
        AwaitQuiet(parent);
        gate.Set();

        Reports.ExpectMsg("PostStop");
        ExpectMsg<DeadLetter>().Message.ShouldBe("too late");
    }

    [Fact]
    public void PoisonPill_WaitsItsTurn()
    {
        var subject = StartSubject();
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        subject.Tell("before");
        subject.Tell(PoisonPill.Instance);
        Reports.ExpectMsg("before");
        Reports.ExpectMsg("PostStop");
        AwaitAssert(() =>
        {
            subject.Tell("after");
            ExpectMsg<DeadLetter>().Message.ShouldBe("after");
        });
    }

    [Fact]
    public void Tell_WithoutASender_ComesFromDeadLetters()
    {
        var subject = StartSubject();

        subject.Tell(Subject.Do(context => Reports.Ref.Tell("sender", context.Sender)), ActorRefs.NoSender);

        Reports.ExpectMsg("sender");
        Reports.LastSender.ShouldBe(Sys.DeadLetters);
    }

    [Fact]
    public void Tell_FromWithinAnActor_ComesFromIt()
    {
        var subject = StartSubject();

        subject.Tell(Subject.Do(_ => Reports.Ref.Tell("hello")));

        Reports.ExpectMsg("hello");
        Reports.LastSender.ShouldBe(subject);
    }

    [Fact]
    public void Forward_KeepsTheSender()
    {
        var subject = StartSubject();

        subject.Tell(Subject.Do(_ => Reports.Ref.Forward("hello")), TestActor);

        Reports.ExpectMsg("hello");
        Reports.LastSender.ShouldBe(TestActor);
    }

    [Fact]
    public void Tell_OfNull_Throws()
    {
        var subject = StartSubject();

        Should.Throw<ArgumentNullException>(() => subject.Tell(null!, ActorRefs.NoSender));
    }

    private sealed class Counter : UntypedActor
    {
        private int _inside;
        private int _total;

        protected override void OnReceive(object message)
        {
            if (Interlocked.Increment(ref _inside) != 1)
                throw new InvalidOperationException("Two threads are in the actor.");
            if (message is "total")
                Sender.Tell(_total);
            else
                _total++;
            Interlocked.Decrement(ref _inside);
        }
    }

    private sealed class Perpetual : UntypedActor
    {
        protected override void OnReceive(object message) => Self.Tell(message);
    }
}
