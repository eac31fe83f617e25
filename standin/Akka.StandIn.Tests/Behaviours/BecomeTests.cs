using Akka.Actor;
using Akka.Event;

namespace Akka.StandIn.Tests.Behaviours;

public sealed class BecomeTests : Contract
{
    [Fact]
    public void Become_ReplacesTheBehaviour()
    {
        var actor = Sys.ActorOf(Props.Create<Moody>());

        actor.Tell("cheer", TestActor);
        actor.Tell("how?", TestActor);

        ExpectMsg("cheerful");
    }

    [Fact]
    public void BecomeStacked_CanBeTakenBack()
    {
        var actor = Sys.ActorOf(Props.Create<Moody>());

        actor.Tell("frighten", TestActor);
        actor.Tell("how?", TestActor);
        actor.Tell("calm", TestActor);
        actor.Tell("how?", TestActor);

        ExpectMsg("frightened");
        ExpectMsg("calm");
    }

    [Fact]
    public void UnbecomeStacked_NeverLosesTheLastBehaviour()
    {
        var actor = Sys.ActorOf(Props.Create<Moody>());

        actor.Tell("calm", TestActor);
        actor.Tell("how?", TestActor);

        ExpectMsg("calm");
    }

    [Fact]
    public void Restart_GoesBackToTheFirstBehaviour()
    {
        var actor = Sys.ActorOf(Props.Create<Moody>());
        actor.Tell("cheer", TestActor);

        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => actor.Tell("fail", TestActor));
        actor.Tell("how?", TestActor);

        ExpectMsg("calm");
    }

    [Fact]
    public void Handlers_AreTriedInTheirOrder()
    {
        var actor = Sys.ActorOf(Props.Create<Picky>());

        actor.Tell(7, TestActor);
        actor.Tell(70, TestActor);
        actor.Tell("text", TestActor);
        actor.Tell(1.5, TestActor);

        ExpectMsg("small");
        ExpectMsg("large");
        ExpectMsg("text");
        ExpectMsg("anything");
    }

    [Fact]
    public void AMessageThatNobodyHandles_IsPublished()
    {
        var actor = Sys.ActorOf(Props.Create<Moody>());
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));

        actor.Tell(42, TestActor);

        var unhandled = ExpectMsg<UnhandledMessage>();
        unhandled.Message.ShouldBe(42);
        unhandled.Recipient.ShouldBe(actor);
        unhandled.Sender.ShouldBe(TestActor);
    }

    [Theory]
    [InlineData(typeof(ConfiguredTooLate))]
    [InlineData(typeof(ConfiguredAfterAll))]
    public void Handlers_InTheWrongPlace_AreRefused(Type type) =>
        EventFilter.Exception<ActorInitializationException>().ExpectOne(() => Sys.ActorOf(Props.Create(type)));

    private sealed class ConfiguredTooLate : ReceiveActor
    {
        protected override void PreStart() => Receive<string>(_ => { });
    }

    private sealed class ConfiguredAfterAll : ReceiveActor
    {
        public ConfiguredAfterAll()
        {
            ReceiveAny(_ => { });
            Receive<string>(_ => { });
        }
    }

    private sealed class Moody : ReceiveActor
    {
        public Moody() => Mood("calm");

        private void Mood(string mood)
        {
            Receive<string>(message => message == "how?", _ => Sender.Tell(mood));
            Receive<string>(message => message == "cheer", _ => Become(() => Mood("cheerful")));
            Receive<string>(message => message == "frighten", _ => BecomeStacked(() => Mood("frightened")));
            Receive<string>(message => message == "calm", _ => UnbecomeStacked());
            Receive<string>(message => message == "fail", (Action<string>)(_ => throw Failure));
        }
    }

    private sealed class Picky : ReceiveActor
    {
        public Picky()
        {
            Receive<int>(number => number < 10, _ => Sender.Tell("small"));
            Receive<int>(_ => Sender.Tell("large"));
            Receive<string>(text =>
            {
                Sender.Tell(text);
                return true;
            });
            ReceiveAny(_ => Sender.Tell("anything"));
        }
    }
}
