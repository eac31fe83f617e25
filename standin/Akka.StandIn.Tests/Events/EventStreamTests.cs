using Akka.Actor;
using Akka.Event;

namespace Akka.StandIn.Tests.Events;

public sealed class EventStreamTests : Contract
{
    [Fact]
    public void ASubscriber_GetsItsTypeAndWhatDerivesFromIt()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Animal));

        Sys.EventStream.Publish("text");
        Sys.EventStream.Publish(new Animal());
        Sys.EventStream.Publish(new Dog());

        ExpectMsg<Animal>().ShouldNotBeOfType<Dog>();
        ExpectMsg<Dog>();
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Subscribe_Twice_ReportsNoChange()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Animal)).ShouldBeTrue();
        Sys.EventStream.Subscribe(TestActor, typeof(Animal)).ShouldBeFalse();

        Sys.EventStream.Publish(new Animal());

        ExpectMsg<Animal>();
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Unsubscribe_Ends()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Animal));
        Sys.EventStream.Subscribe(Reports, typeof(Animal));

        Sys.EventStream.Unsubscribe(TestActor, typeof(Animal));
        Sys.EventStream.Publish(new Animal());

        Reports.ExpectMsg<Animal>();
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void ADeadSubscriber_LosesItsSubscriptions()
    {
        var subscriber = StartSubject();
        Sys.EventStream.Subscribe(subscriber, typeof(Animal));
        Watch(subscriber);
        Sys.Stop(subscriber);
        ExpectTerminated(subscriber);

        AwaitAssert(() => Sys.EventStream.Unsubscribe(subscriber).ShouldBeFalse(), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void AMessageToTheDead_IsADeadLetter()
    {
        var dead = StartSubject();
        Watch(dead);
        Sys.Stop(dead);
        ExpectTerminated(dead);
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        dead.Tell("hello", Reports);

        var letter = ExpectMsg<DeadLetter>();
        letter.Message.ShouldBe("hello");
        letter.Sender.ShouldBe(Reports.Ref);
        letter.Recipient.ShouldBe(dead);
    }

    [Fact]
    public void ASuppressedMessage_IsNoDeadLetter()
    {
        var dead = StartSubject();
        Watch(dead);
        Sys.Stop(dead);
        ExpectTerminated(dead);
        Sys.EventStream.Subscribe(TestActor, typeof(AllDeadLetters));

        dead.Tell(PoisonPill.Instance);

        ExpectMsg<SuppressedDeadLetter>().Message.ShouldBe(PoisonPill.Instance);
    }

    private class Animal;

    private sealed class Dog : Animal;
}
