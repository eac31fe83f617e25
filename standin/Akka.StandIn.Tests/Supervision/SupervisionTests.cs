using Akka.Actor;
using Akka.Event;

namespace Akka.StandIn.Tests.Supervision;

public sealed class SupervisionTests : Contract
{
    [Fact]
    public void Resume_KeepsTheStateAndDropsTheMessage()
    {
        var child = StartChild(StartSubject(strategy: Always(Directive.Resume)), "child");
        child.Tell("count", TestActor);
        ExpectMsg(1);

        EventFilter.Warning(contains: Failure.Message).ExpectOne(() => child.Tell(Failure));

        child.Tell("count", TestActor);
        ExpectMsg(2);
    }

    [Fact]
    public void Restart_LosesTheStateAndKeepsTheMailbox()
    {
        var child = StartChild(StartSubject(strategy: Always(Directive.Restart)), "child");
        child.Tell("count", TestActor);
        ExpectMsg(1);

        EventFilter.Exception<InvalidOperationException>().ExpectOne(() =>
        {
            child.Tell(Failure);
            child.Tell("count", TestActor);
        });

        ExpectMsg(1);
    }

    [Fact]
    public void Stop_EndsTheChild()
    {
        var child = StartChild(StartSubject(strategy: Always(Directive.Stop)), "child");
        Watch(child);

        Fail(child);

        ExpectTerminated(child);
    }

    [Fact]
    public void Escalate_MakesItTheParentsFailure()
    {
        var grandparent = StartSubject(strategy: Always(Directive.Restart));
        var parent = StartChild(grandparent, "parent", Always(Directive.Escalate));
        var child = StartChild(parent, "child");

        Fail(child);

        Reports.ExpectMsg<Subject.Restarting>().Reason.ShouldBe(Failure);
        Reports.LastSender.ShouldBe(parent);
        Reports.ExpectMsg("PostStop");
        Reports.LastSender.ShouldBe(parent);
        Reports.ExpectMsg("PostStop");
        Reports.LastSender.ShouldBe(child);
        Reports.ExpectMsg<Subject.Restarted>();
    }

    [Fact]
    public void Escalate_AndResume_LetsBothGoOn()
    {
        var grandparent = StartSubject(strategy: Always(Directive.Resume));
        var parent = StartChild(grandparent, "parent", Always(Directive.Escalate));
        var child = StartChild(parent, "child");

        EventFilter.Warning(contains: Failure.Message).ExpectOne(() => child.Tell(Failure));

        child.Tell("still there");
        Reports.ExpectMsg("still there");
        parent.Tell("so am I");
        Reports.ExpectMsg("so am I");
    }

    [Fact]
    public void AChildThatFailsWhileItsParentIsSuspended_IsDecidedAfterwards()
    {
        using var gate = new ManualResetEventSlim();
        var grandparent = StartSubject(strategy: Always(Directive.Resume));
        var parent = StartChild(grandparent, "parent", Always(Directive.Escalate));
        var child = StartChild(parent, "child");

        EventFilter.Warning(contains: Failure.Message).Expect(2, () =>
        {
            grandparent.Tell(Subject.Do(_ => gate.Wait()));
            parent.Tell(Failure);
            child.Tell(Failure);
            gate.Set();
        });

        child.Tell("still there");
        Reports.ExpectMsg("still there");
        parent.Tell("so am I");
        Reports.ExpectMsg("so am I");
    }

    [Fact]
    public void ATopLevelActor_IsRestartedByDefault()
    {
        var subject = StartSubject();

        Fail(subject);

        Reports.ExpectMsg<Subject.Restarting>();
    }

    [Fact]
    public void Kill_StopsByDefault()
    {
        var subject = StartSubject();
        Watch(subject);

        EventFilter.Exception<ActorKilledException>().ExpectOne(() => subject.Tell(Kill.Instance));

        ExpectTerminated(subject);
    }

    [Fact]
    public void MoreRestartsThanAllowed_StopTheChild()
    {
        var strategy = new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ => Directive.Restart);
        var child = StartChild(StartSubject(strategy: strategy), "child");
        Watch(child);

        Fail(child);
        Fail(child);
        ExpectNoMsg(TimeSpan.Zero);
        Fail(child);

        ExpectTerminated(child);
    }

    [Fact]
    public void NoRestartsAllowed_StopsAtTheFirstFailure()
    {
        var strategy = new OneForOneStrategy(0, TimeSpan.FromMinutes(1), _ => Directive.Restart);
        var child = StartChild(StartSubject(strategy: strategy), "child");
        Watch(child);

        Fail(child);

        ExpectTerminated(child);
    }

    [Fact]
    public void TheDecider_IsAskedForEachFailure()
    {
        var strategy = new OneForOneStrategy(Decider.From(Directive.Stop, Directive.Resume.When<FormatException>()));
        var child = StartChild(StartSubject(strategy: strategy), "child");
        Watch(child);

        EventFilter.Warning(contains: "format").ExpectOne(() => child.Tell(new FormatException("format")));
        AwaitQuiet(child);
        Fail(child);

        ExpectTerminated(child);
    }

    [Fact]
    public void AllForOne_RestartsTheSiblingsToo()
    {
        var parent = StartSubject(strategy: new AllForOneStrategy(_ => Directive.Restart));
        var failing = StartChild(parent, "failing");
        var sibling = StartChild(parent, "sibling");
        sibling.Tell("count", TestActor);
        ExpectMsg(1);

        Fail(failing);

        AwaitAssert(() =>
        {
            sibling.Tell("count", TestActor);
            ExpectMsg(1);
        });
        Reports.ReceiveN(8).OfType<Subject.Restarted>().Count().ShouldBe(2);
    }

    [Fact]
    public void OneForOne_LeavesTheSiblingsAlone()
    {
        var parent = StartSubject(strategy: Always(Directive.Restart));
        var failing = StartChild(parent, "failing");
        var sibling = StartChild(parent, "sibling");
        sibling.Tell("count", TestActor);
        ExpectMsg(1);

        Fail(failing);
        Reports.FishForMessage(message => message is "PreStart");

        sibling.Tell("count", TestActor);
        ExpectMsg(2);
    }

    [Fact]
    public void PropsStrategy_GoesBeforeTheActors()
    {
        var props = Subject.Props(Reports, Always(Directive.Restart)).WithSupervisorStrategy(Always(Directive.Stop));
        var parent = Sys.ActorOf(props);
        Reports.ExpectMsg("PreStart");
        var child = StartChild(parent, "child");
        Watch(child);

        Fail(child);

        ExpectTerminated(child);
    }

    [Fact]
    public void AnUnhandledException_IsLoggedWithThePathAndTheCause()
    {
        var subject = StartSubject("failing");
        Sys.EventStream.Subscribe(TestActor, typeof(Error));

        subject.Tell(Failure);

        var error = ExpectMsg<Error>();
        error.LogSource.ShouldBe(subject.Path.ToString());
        error.Cause.ShouldBe(Failure);
        error.Message.ToString().ShouldBe(Failure.Message);
    }

    [Fact]
    public void FailingAgainWhileRestarting_IsANewFailure()
    {
        var parent = StartSubject(strategy: new OneForOneStrategy(failure => failure is PostRestartException ? Directive.Stop : Directive.Restart));
        parent.Tell(Subject.Do(context => context.ActorOf(Props.Create<FailsInPostRestart>(), "child").Forward("hello")));
        ExpectMsg("hello");
        var child = LastSender;
        Watch(child);

        EventFilter.Exception<PostRestartException>().ExpectOne(() => child.Tell(Failure));

        ExpectTerminated(child);
    }

    [Fact]
    public void FailingInPostStop_IsLoggedAndStillStops()
    {
        var subject = Sys.ActorOf(Props.Create<FailsInPostStop>());
        Watch(subject);

        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => Sys.Stop(subject));

        ExpectTerminated(subject);
    }

    private sealed class FailsInPostRestart : UntypedActor
    {
        protected override void PostRestart(Exception reason) => throw new FormatException();

        protected override void OnReceive(object message)
        {
            if (message is Exception failure)
                throw failure;
            Sender.Tell(message);
        }
    }

    private sealed class FailsInPostStop : UntypedActor
    {
        protected override void PostStop() => throw Failure;

        protected override void OnReceive(object message) { }
    }
}
