using Akka.Actor;

namespace Akka.StandIn.Tests.Kit;

public class TestProbeTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void AProbe_Answers()
    {
        var probe = CreateTestProbe();
        probe.Ref.Tell("question");
        probe.ExpectMsg("question");

        probe.Sender.ShouldBe(TestActor);
        probe.Reply("answer");

        ExpectMsgFrom(probe, "answer");
    }

    [Fact]
    public void AProbe_SendsAndForwards()
    {
        var (probe, target) = (CreateTestProbe(), CreateTestProbe("target"));
        probe.Send(target, "own");
        target.ExpectMsgFrom(probe, "own");

        TestActor.ShouldNotBe(probe.Ref);
        probe.Ref.Tell("theirs");
        probe.ExpectMsg("theirs");
        probe.Forward(target);
        target.ExpectMsgFrom(TestActor, "theirs");
        probe.Forward(target, "other");
        target.ExpectMsgFrom(TestActor, "other");
        target.Ref.Path.Name.ShouldBe("target");
    }

    [Fact]
    public void AProbe_IsAReference()
    {
        var probe = CreateTestProbe();
        IActorRef reference = probe;

        reference.Tell("hello", ActorRefs.NoSender);

        probe.ExpectMsg("hello");
        reference.Path.ShouldBe(probe.Ref.Path);
        reference.ShouldBe(probe.Ref);
        new HashSet<IActorRef> { probe.Ref }.Contains(probe).ShouldBeTrue();
    }

    [Fact]
    public void AProbe_Watches_AndIsWatched()
    {
        var (watcher, watched) = (CreateTestProbe(), CreateTestProbe());
        watcher.Watch(watched);

        Sys.Stop(watched.Ref);

        watcher.ExpectTerminated(watched.Ref);
    }

    [Fact]
    public async Task TheTestActor_IsTheSender_AlsoAfterAnAwait()
    {
        var probe = CreateTestProbe();
        probe.Ref.Tell("before");
        probe.ExpectMsgFrom(TestActor, "before");

        await Task.Run(() => { });

        probe.Ref.Tell("after");
        probe.ExpectMsgFrom(TestActor, "after");
    }

    [Fact]
    public void AMessage_IsThereAsSoonAsItWasTold()
    {
        for (var i = 0; i < 1000; i++)
        {
            TestActor.Tell(i);
            HasMessages.ShouldBeTrue();
            ReceiveOne(TimeSpan.Zero).ShouldBe(i);
        }
    }

    [Fact]
    public async Task MessagesFromManyThreads_AllArrive()
    {
        var probe = CreateTestProbe();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1000; i++)
                probe.Ref.Tell(i, ActorRefs.NoSender);
        })));

        probe.ReceiveN(4000).Cast<int>().GroupBy(number => number).ShouldAllBe(same => same.Count() == 4);
    }
}

public class NoImplicitSenderTests : Akka.TestKit.Xunit2.TestKit, Akka.TestKit.INoImplicitSender
{
    [Fact]
    public void WithoutImplicitSender_ThereIsNone()
    {
        TestActor.Tell("hello");

        ExpectMsg("hello");
        LastSender.ShouldNotBe(TestActor);
    }
}
