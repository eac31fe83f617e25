using Akka.Actor;
using Akka.TestKit;

namespace Akka.StandIn.Tests;

/// <summary>What the tests of Akka.NET's contract share: a probe for reports, and actors that report to it.</summary>
public abstract class Contract : TestKit.Xunit2.TestKit
{
    /// <summary>Time passes when the test says so.</summary>
    protected const string VirtualTime = """akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """;

    protected static readonly InvalidOperationException Failure = new("on purpose");

    protected Contract()
        : this("") { }

    protected Contract(string config)
        : base(config) => Reports = CreateTestProbe("reports");

    protected TestProbe Reports { get; }

    protected static SupervisorStrategy Always(Directive directive) => new OneForOneStrategy(_ => directive);

    protected IActorRef StartSubject(string? name = null, SupervisorStrategy? strategy = null)
    {
        var subject = Sys.ActorOf(Subject.Props(Reports, strategy), name);
        Reports.ExpectMsg("PreStart");
        return subject;
    }

    protected IActorRef StartChild(IActorRef parent, string name, SupervisorStrategy? strategy = null)
    {
        parent.Tell(Subject.Do(context => context.ActorOf(Subject.Props(Reports, strategy), name)));
        Reports.ExpectMsg("PreStart");
        return Reports.LastSender;
    }

    protected void Advance(double seconds) => ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>All that was sent to the actor before has been handled.</summary>
    protected void AwaitQuiet(IActorRef actor)
    {
        actor.Tell(new Identify(actor), TestActor);
        ExpectMsg<ActorIdentity>(identity => identity.MessageId.Equals(actor));
    }

    protected void Fail(IActorRef actor, Exception? failure = null) =>
        EventFilter.Exception((failure ?? Failure).GetType()).ExpectOne(() => actor.Tell(failure ?? Failure));
}
