using Akka.Actor;
using Akka.Event;

namespace Akka.StandIn.Tests.Lifecycle;

public sealed class FailingStartTests : Contract
{
    [Theory]
    [InlineData(typeof(FailsInConstructor))]
    [InlineData(typeof(FailsInPreStart))]
    public void AnActorThatFailsToStart_IsStoppedAndLogged(Type type)
    {
        IActorRef? failing = null;

        EventFilter.Exception<ActorInitializationException>().ExpectOne(() =>
        {
            failing = Sys.ActorOf(Props.Create(type));
            Watch(failing);
        });

        ExpectTerminated(failing);
    }

    [Fact]
    public void MessagesToIt_AreDeadLetters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        EventFilter.Exception<ActorInitializationException>().ExpectOne(() => Sys.ActorOf(Props.Create<FailsInPreStart>()).Tell("hello"));

        ExpectMsg<DeadLetter>().Message.ShouldBe("hello");
    }

    [Fact]
    public void TheParent_MayHaveItTryAgain()
    {
        var parent = StartSubject(strategy: Always(Directive.Restart));
        FailsAtFirst.Attempts = 0;

        EventFilter.Exception<ActorInitializationException>().ExpectOne(() =>
            parent.Tell(Subject.Do(context => context.ActorOf(Props.Create<FailsAtFirst>(), "child").Forward("hello"))));

        ExpectMsg("hello");
        FailsAtFirst.Attempts.ShouldBe(2);
    }

    [Fact]
    public void TheLog_NamesItsPathAndTheCause()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Error));

        var failing = Sys.ActorOf(Props.Create<FailsInPreStart>(), "failing");

        var error = ExpectMsg<Error>();
        error.LogSource.ShouldBe(failing.Path.ToString());
        error.Cause.ShouldBeOfType<ActorInitializationException>().InnerException.ShouldBe(Failure);
    }

    private abstract class Failing : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class FailsInConstructor : Failing
    {
        public FailsInConstructor() => throw Failure;
    }

    private sealed class FailsInPreStart : Failing
    {
        protected override void PreStart() => throw Failure;
    }

    private sealed class FailsAtFirst : Failing
    {
        internal static int Attempts { get; set; }

        protected override void PreStart()
        {
            if (++Attempts == 1)
                throw Failure;
        }
    }
}
