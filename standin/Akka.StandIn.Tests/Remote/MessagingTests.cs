using Akka.Actor;

namespace Akka.StandIn.Tests.Remote;

public sealed class MessagingTests : RemoteContract
{
    [Fact]
    public void AMessage_ReachesAnActorOfAnotherSystem_AndItsSenderCanBeAnswered()
    {
        AtOther().Tell(new Text("hello"), TestActor);

        ExpectMsg<Text>(Patience).Value.ShouldBe("hello");
        LastSender.Path.ToString().ShouldBe(PathAt(Other, "echo"));
        LastSender.Tell(new Text("again"), TestActor);
        ExpectMsg<Text>(Patience).Value.ShouldBe("again");
    }

    [Fact]
    public async Task Ask_IsAnsweredFromAnotherSystem()
    {
        (await AtOther().Ask<Text>(new Text("hello"), Patience)).Value.ShouldBe("hello");
        (await (await EchoAtOther()).Ask<Text>(new Text("again"), Patience)).Value.ShouldBe("again");
    }

    [Fact]
    public async Task MessagesOfOneSender_ArriveInTheirOrder()
    {
        const int Count = 20_000;
        var echo = await EchoAtOther();

        for (var i = 0; i < Count; i++)
            echo.Tell(i, TestActor);

        ReceiveN(Count, Patience).ShouldBe(Enumerable.Range(0, Count).Cast<object>());
    }

    [Fact]
    public async Task LargeAndSmallMessages_ArriveWhole()
    {
        var echo = await EchoAtOther();
        var large = new byte[1536 * 1024];
        new Random(1).NextBytes(large);

        echo.Tell(new Text("before"), TestActor);
        echo.Tell(new Blob(large), TestActor);
        echo.Tell(new Blob([]), TestActor);
        echo.Tell(new Text("after"), TestActor);

        ExpectMsg(new Text("before"), Patience);
        ExpectMsg<Blob>(Patience).Bytes.ShouldBe(large);
        ExpectMsg<Blob>(Patience).Bytes.ShouldBeEmpty();
        ExpectMsg(new Text("after"), Patience);
    }

    [Fact]
    public async Task AForwardedMessage_KeepsItsSender()
    {
        var third = Nodes.Start("third");
        var forwarder = third.ActorOf(Props.Create(() => new Forwarder(PathAt(Other, "echo"))), "forwarder");

        var remote = await Sys.ActorSelection(PathAt(third, "forwarder")).ResolveOne(Patience);
        remote.Tell(new Text("by way of a third"), TestActor);

        ExpectMsg(new Text("by way of a third"), Patience);
        LastSender.Path.Name.ShouldBe("echo");
        remote.Path.Uid.ShouldBe(forwarder.Path.Uid);
    }

    [Fact]
    public async Task AReferenceInsideAMessage_IsOfUseWhereItArrives()
    {
        Other.ActorOf(Props.Create<Greeter>(), "greeter");
        var greeter = await AtOther("greeter").ResolveOne(Patience);

        greeter.Tell(new Meet(TestActor), ActorRefs.NoSender);

        ExpectMsg(new Text("hello, stranger"), Patience);
        LastSender.ShouldBe(greeter);
    }

    [Fact]
    public void OneThatCannotBeWrittenOrRead_IsDropped_AndTheOthersArrive()
    {
        AtOther().Tell(new Text("before"), TestActor);
        AtOther().Tell(new Unwritable(), TestActor);
        AtOther().Tell(new Unreadable(), TestActor);
        AtOther().Tell(new Text("after"), TestActor);

        ExpectMsg(new Text("before"), Patience);
        ExpectMsg(new Text("after"), Patience);
    }

    [Fact]
    public async Task OneThatIsTooLong_IsDropped_AndTheOthersArrive()
    {
        var echo = await EchoAtOther();

        echo.Tell(new Blob(new byte[3 * 1024 * 1024]), TestActor);
        echo.Tell(new Text("after"), TestActor);

        ExpectMsg(new Text("after"), Patience);
    }

    [Fact]
    public void OneToNobodyThere_IsADeadLetterThere()
    {
        var letters = CreateTestProbe(Other);
        Other.EventStream.Subscribe(letters, typeof(Event.DeadLetter));

        AtOther("nobody").Tell(new Text("lost"), TestActor);

        letters.FishForMessage(message => message is Event.DeadLetter { Message: Text { Value: "lost" } }, Patience);
    }

    private sealed class Forwarder(string to) : UntypedActor
    {
        protected override void OnReceive(object message) => Context.ActorSelection(to).Tell(message, Sender);
    }

    private sealed class Greeter : ReceiveActor
    {
        public Greeter() => Receive<Meet>(meet => meet.Other.Tell(new Text("hello, stranger"), Self));
    }
}
