using Akka.Actor;
using Akka.Event;

namespace Akka.StandIn.Tests.Behaviours;

public sealed class StashTests : Contract
{
    [Fact]
    public void UnstashAll_DeliversInOrder_BeforeAllElse()
    {
        var actor = Sys.ActorOf(Props.Create<Opening>());

        foreach (var message in new object[] { 1, 2, 3, "open", 4 })
            actor.Tell(message, TestActor);

        ReceiveN(4).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void Unstash_DeliversTheOldest()
    {
        var actor = Sys.ActorOf(Props.Create<Opening>());

        foreach (var message in new object[] { 1, 2, "one", 3 })
            actor.Tell(message, TestActor);

        ReceiveN(2).ShouldBe([1, 3]);
    }

    [Fact]
    public void AStashedMessage_KeepsItsSender()
    {
        var actor = Sys.ActorOf(Props.Create<Opening>());

        actor.Tell(1, Reports);
        actor.Tell("open", TestActor);

        Reports.ExpectMsg(1);
    }

    [Fact]
    public void Restart_DeliversTheStash()
    {
        var actor = Sys.ActorOf(Props.Create<Opening>());

        EventFilter.Exception<InvalidOperationException>().ExpectOne(() =>
        {
            actor.Tell(1, TestActor);
            actor.Tell(Failure, TestActor);
            actor.Tell("open", TestActor);
        });

        ExpectMsg(1);
    }

    [Fact]
    public void Stop_MakesDeadLettersOfTheStash()
    {
        var actor = Sys.ActorOf(Props.Create<Opening>());
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        actor.Tell(1);
        actor.Tell(PoisonPill.Instance);

        ExpectMsg<DeadLetter>().Message.ShouldBe(1);
    }

    [Fact]
    public void StashingTheSameMessageTwice_Fails()
    {
        var actor = Sys.ActorOf(Props.Create<Opening>());

        actor.Tell("twice", TestActor);

        ExpectMsg<string>().ShouldContain("more than once");
    }

    private sealed class Opening : ReceiveActor, IWithUnboundedStash
    {
        public Opening()
        {
            Receive((Action<Exception>)(failure => throw failure));
            Receive<string>(message => message == "twice", _ =>
            {
                Stash.Stash();
                Sender.Tell(Should.Throw<IllegalActorStateException>(Stash.Stash).Message);
            });
            Receive<string>(message => message == "open", _ =>
            {
                Become(Open);
                Stash.UnstashAll();
            });
            Receive<string>(message => message == "one", _ =>
            {
                Become(Open);
                Stash.Unstash();
            });
            ReceiveAny(_ => Stash.Stash());
        }

        public IStash Stash { get; set; } = null!;

        private void Open() => ReceiveAny(message => Sender.Tell(message));
    }
}
