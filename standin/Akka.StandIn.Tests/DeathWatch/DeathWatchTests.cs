using Akka.Actor;

namespace Akka.StandIn.Tests.DeathWatch;

public sealed class DeathWatchTests : Contract
{
    [Fact]
    public void Watch_TellsOfTheEnd()
    {
        var watched = StartSubject();
        var watcher = StartSubject();
        watcher.Tell(Subject.Do(context => context.Watch(watched)));
        AwaitQuiet(watcher);

        Sys.Stop(watched);

        Reports.ExpectMsg("PostStop");
        var terminated = Reports.ExpectMsg<Subject.Heard>().Of;
        terminated.ActorRef.ShouldBe(watched);
        terminated.ExistenceConfirmed.ShouldBeTrue();
        terminated.AddressTerminated.ShouldBeFalse();
    }

    [Fact]
    public void Watch_OfTheDead_TellsAtOnce()
    {
        var dead = StartSubject();
        Watch(dead);
        Sys.Stop(dead);
        ExpectTerminated(dead);
        Reports.ExpectMsg("PostStop");
        var watcher = StartSubject();

        watcher.Tell(Subject.Do(context => context.Watch(dead)));

        Reports.ExpectMsg<Subject.Heard>().Of.ExistenceConfirmed.ShouldBeFalse();
    }

    [Fact]
    public void Watch_Twice_TellsOnce()
    {
        var watched = StartSubject();
        var watcher = StartSubject();
        watcher.Tell(Subject.Do(context => context.Watch(context.Watch(watched))));
        AwaitQuiet(watcher);

        Sys.Stop(watched);
        Reports.ExpectMsg("PostStop");
        Reports.ExpectMsg<Subject.Heard>();
        watcher.Tell("next");

        Reports.ExpectMsg("next");
    }

    [Fact]
    public void WatchWith_TellsTheGivenMessage()
    {
        var watched = StartSubject();
        var watcher = StartSubject();
        watcher.Tell(Subject.Do(context => context.WatchWith(watched, "gone")));
        AwaitQuiet(watcher);

        Sys.Stop(watched);

        Reports.ExpectMsg("PostStop");
        Reports.ExpectMsg("gone");
    }

    [Fact]
    public void Unwatch_CallsBackEvenWhatIsInTheMailbox()
    {
        using var gate = new ManualResetEventSlim();
        var watched = StartSubject();
        var watcher = StartSubject();
        watcher.Tell(Subject.Do(context => context.Watch(watched)));
        AwaitQuiet(watcher);
        watcher.Tell(Subject.Do(context =>
        {
            gate.Wait();
            context.Unwatch(watched);
        }));
        Watch(watched);

        Sys.Stop(watched);
        ExpectTerminated(watched);
        Reports.ExpectMsg("PostStop");
        gate.Set();
        watcher.Tell("next");

        Reports.ExpectMsg("next");
    }

    [Fact]
    public void Terminated_ComesAfterTheLastWords()
    {
        var watched = StartSubject();
        var watcher = StartSubject();
        watcher.Tell(Subject.Do(context => context.Watch(watched)));
        AwaitQuiet(watcher);

        watched.Tell(Subject.Do(context =>
        {
            watcher.Tell("last words", context.Self);
            context.Stop(context.Self);
        }));

        Reports.FishForMessage(message => message is "last words");
        Reports.FishForMessage(message => message is Subject.Heard);
    }

    [Fact]
    public void AParent_MayWatchItsChild_AndReuseTheNameAtOnce()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Renewing(Reports)));

        parent.Tell("stop child", TestActor);

        Reports.ExpectMsg("renewed");
    }

    [Fact]
    public void Terminated_LeftUnhandled_IsADeathPact()
    {
        var watched = StartSubject();
        var watcher = Sys.ActorOf(Props.Create(() => new Pact(watched)));
        AwaitQuiet(watcher);
        Watch(watcher);

        EventFilter.Exception<DeathPactException>().ExpectOne(() => Sys.Stop(watched));

        ExpectTerminated(watcher);
    }

    [Fact]
    public void AStoppedWatcher_HearsNothing()
    {
        var watched = StartSubject();
        var watcher = StartSubject();
        watcher.Tell(Subject.Do(context => context.Watch(watched)));
        AwaitQuiet(watcher);

        Sys.Stop(watcher);
        Reports.ExpectMsg("PostStop");
        Sys.Stop(watched);

        Reports.ExpectMsg("PostStop");
        Reports.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Identify_AnswersWithTheActor()
    {
        var subject = StartSubject();

        subject.Tell(new Identify("who?"), TestActor);

        ExpectMsg(new ActorIdentity("who?", subject));
    }

    [Fact]
    public void Identify_OfNobody_AnswersWithNull()
    {
        Sys.ActorSelection("/user/nobody").Tell(new Identify("who?"), TestActor);

        ExpectMsg<ActorIdentity>().Subject.ShouldBeNull();
    }

    [Fact]
    public async Task ASelection_FindsByPath()
    {
        var child = StartChild(StartSubject("parent"), "child");

        (await Sys.ActorSelection("/user/parent/child").ResolveOne(TimeSpan.FromSeconds(3))).ShouldBe(child);
        (await Sys.ActorSelection(child.Path).ResolveOne(TimeSpan.FromSeconds(3))).ShouldBe(child);
        await Should.ThrowAsync<ActorNotFoundException>(Sys.ActorSelection("/user/nobody").ResolveOne(TimeSpan.FromSeconds(3)));
    }

    private sealed class Pact : ReceiveActor
    {
        public Pact(IActorRef watched)
        {
            Context.Watch(watched);
            Receive<string>(_ => { });
        }
    }

    private sealed class Renewing : ReceiveActor
    {
        public Renewing(IActorRef reports)
        {
            var child = Context.Watch(Context.ActorOf(Subject.Props(ActorRefs.Nobody), "child"));
            Receive<string>(_ => Context.Stop(child));
            Receive<Terminated>(_ =>
            {
                Context.ActorOf(Subject.Props(ActorRefs.Nobody), "child");
                reports.Tell("renewed");
            });
        }
    }
}
