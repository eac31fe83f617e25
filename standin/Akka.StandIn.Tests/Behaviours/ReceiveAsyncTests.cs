using Akka.Actor;

namespace Akka.StandIn.Tests.Behaviours;

public sealed class ReceiveAsyncTests : Contract
{
    private readonly TaskCompletionSource<string> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public void TheNextMessage_WaitsForTheTask()
    {
        var actor = StartAsking();

        actor.Tell("ask", TestActor);
        actor.Tell(1, TestActor);
        ExpectMsg("asked");
        ExpectNoMsg(TimeSpan.Zero);
        _answer.SetResult("answer");

        ExpectMsg("answer");
        ExpectMsg(1);
    }

    [Fact]
    public void AfterAnAwait_ContextAndSenderAreStillThere()
    {
        var actor = StartAsking();

        actor.Tell("ask", TestActor);
        ExpectMsg("asked");
        _answer.SetResult("answer");

        ExpectMsg("answer");
        LastSender.ShouldBe(actor);
    }

    [Fact]
    public void AnException_FailsTheActor()
    {
        var actor = StartAsking();
        actor.Tell("ask", TestActor);
        ExpectMsg("asked");

        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => _answer.SetException(Failure));

        actor.Tell(1, TestActor);
        ExpectMsg(1);
    }

    [Fact]
    public void AnActor_CanBeStoppedWhileItAwaits()
    {
        var actor = StartAsking();
        Watch(actor);
        actor.Tell("ask", TestActor);
        ExpectMsg("asked");

        Sys.Stop(actor);

        ExpectTerminated(actor);
        _answer.SetResult("too late");
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void ATaskThatHasEndedAlready_LetsTheActorGoOn()
    {
        var actor = StartAsking();
        _answer.SetResult("answer");

        actor.Tell("ask", TestActor);
        actor.Tell(1, TestActor);

        ReceiveN(3).ShouldBe(["asked", "answer", 1]);
    }

    private IActorRef StartAsking()
    {
        var answer = _answer.Task;
        return Sys.ActorOf(Props.Create(() => new Asking(answer)));
    }

    private sealed class Asking : ReceiveActor
    {
        public Asking(Task<string> answer)
        {
            ReceiveAsync<string>(async _ =>
            {
                Sender.Tell("asked");
                Sender.Tell(await answer);
            });
            ReceiveAny(message => Sender.Tell(message));
        }
    }
}
