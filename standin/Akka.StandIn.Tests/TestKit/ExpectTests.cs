using Akka.Actor;
using Xunit.Sdk;

namespace Akka.StandIn.Tests.Kit;

public class ExpectTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void ExpectMsg_ReturnsTheNextMessage_InEachOfItsForms()
    {
        foreach (var number in Enumerable.Range(1, 5))
            TestActor.Tell(number);

        ExpectMsg<int>().ShouldBe(1);
        ExpectMsg(2).ShouldBe(2);
        ExpectMsg<int>(number => number == 3).ShouldBe(3);
        ExpectMsg<int>(number => { number.ShouldBe(4); }).ShouldBe(4);
        LastMessage.ShouldBe(4);
        HasMessages.ShouldBeTrue();
        ExpectMsg<object>().ShouldBe(5);
        HasMessages.ShouldBeFalse();
    }

    [Fact]
    public async Task ExpectMsgAsync_DoesTheSame()
    {
        var probe = CreateTestProbe();
        foreach (var number in Enumerable.Range(1, 5))
            probe.Send(TestActor, number);

        (await ExpectMsgAsync<int>()).ShouldBe(1);
        (await ExpectMsgAsync(2)).ShouldBe(2);
        (await ExpectMsgAsync<int>(number => number == 3)).ShouldBe(3);
        (await ExpectMsgFromAsync<int>(probe)).ShouldBe(4);
        (await ExpectMsgFromAsync(probe, 5)).ShouldBe(5);
    }

    [Fact]
    public void ExpectMsg_FailsTheTest_WhenNothingComes_OrSomethingElse()
    {
        Should.Throw<XunitException>(() => ExpectMsg<int>(Short)).Message.ShouldContain("Timeout");

        foreach (var message in new object[] { "text", 1, 2, 3 })
            TestActor.Tell(message);

        Should.Throw<XunitException>(() => ExpectMsg<int>()).Message.ShouldContain("text");
        Should.Throw<XunitException>(() => ExpectMsg(5));
        Should.Throw<XunitException>(() => ExpectMsg<int>(number => number == 5, hint: "a five")).Message.ShouldContain("a five");
        Should.Throw<ShouldAssertException>(() => ExpectMsg<int>(number => { number.ShouldBe(5); }));
    }

    [Fact]
    public void ExpectMsg_ComparesTextWithBraces()
    {
        TestActor.Tell("{a}");

        Should.Throw<XunitException>(() => ExpectMsg("{0}")).Message.ShouldContain("{a}");
    }

    [Fact]
    public void ExpectMsgFrom_LooksAtTheSender()
    {
        var (right, wrong) = (CreateTestProbe(), CreateTestProbe());
        right.Send(TestActor, "a");
        right.Send(TestActor, "b");
        right.Send(TestActor, "c");
        wrong.Send(TestActor, "d");

        ExpectMsgFrom<string>(right).ShouldBe("a");
        LastSender.ShouldBe(right.Ref);
        ExpectMsgFrom(right, "b");
        ExpectMsgFrom<string>(right, text => text == "c");
        Should.Throw<XunitException>(() => ExpectMsgFrom<string>(right));
    }

    [Fact]
    public void ExpectNoMsg_FailsAtTheFirstMessage()
    {
        ExpectNoMsg(TimeSpan.Zero);
        ExpectNoMsg(Short);
        ExpectNoMsg(10);
        TestActor.Tell("surprise");

        Should.Throw<XunitException>(() => ExpectNoMsg(TimeSpan.FromSeconds(60))).Message.ShouldContain("surprise");
    }

    [Fact]
    public void ExpectMsgAnyOf_TakesOneOfThem()
    {
        TestActor.Tell("b");
        TestActor.Tell("x");

        ExpectMsgAnyOf(new[] { "a", "b" }).ShouldBe("b");
        Should.Throw<XunitException>(() => ExpectMsgAnyOf(new[] { "a", "b" })).Message.ShouldContain("x");
    }

    [Fact]
    public async Task ExpectMsgAllOf_TakesThemInAnyOrder_EachOnce()
    {
        foreach (var text in new[] { "b", "a", "a", "d", "c", "a", "a" })
            TestActor.Tell(text);

        ExpectMsgAllOf("a", "b").ShouldBe(["b", "a"]);
        var received = new List<string>();
        await foreach (var text in ExpectMsgAllOfAsync(new[] { "c", "d", "a" }))
            received.Add(text);
        received.ShouldBe(["a", "d", "c"]);
        var failure = Should.Throw<XunitException>(() => ExpectMsgAllOf(TimeSpan.FromSeconds(5), "a", "b"));
        failure.Message.ShouldContain("not found [b]");
        failure.Message.ShouldContain("found unexpected [a]");
    }

    [Fact]
    public void ExpectTerminated_FollowsAWatch()
    {
        var (first, second) = (Sys.ActorOf(Props.Create<Silent>()), Sys.ActorOf(Props.Create<Silent>()));
        Watch(first);
        Watch(second);
        Unwatch(second);

        Sys.Stop(second);
        Sys.Stop(first);

        ExpectTerminated(first).ActorRef.ShouldBe(first);
        ExpectNoMsg(Short);
    }

    [Fact]
    public async Task WatchAsync_WatchesToo()
    {
        var actor = Sys.ActorOf(Props.Create<Silent>());
        await WatchAsync(actor);

        actor.Tell(PoisonPill.Instance);

        await ExpectTerminatedAsync(actor);
        LastMessage.ShouldBeOfType<Terminated>();
    }

    [Fact]
    public void IgnoredMessages_DontShow()
    {
        IgnoreMessages<int>(number => number > 1);
        TestActor.Tell(1);
        TestActor.Tell(2);
        TestActor.Tell("text");
        ReceiveN(2).ShouldBe(new object[] { 1, "text" });

        IgnoreMessages<string>();
        TestActor.Tell("text");
        TestActor.Tell(3);
        ExpectMsg(3);

        IgnoreNoMessages();
        TestActor.Tell("text");
        ExpectMsg("text");
    }
}
