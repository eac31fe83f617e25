using Akka.Actor;

namespace Akka.StandIn.Tests.Timers;

public sealed class ReceiveTimeoutTests() : Contract(VirtualTime)
{
    [Fact]
    public void Silence_IsTold_AgainAndAgain()
    {
        var subject = StartWithTimeout();

        Advance(5);
        Reports.ExpectMsg<ReceiveTimeout>();
        AwaitQuiet(subject);
        Advance(5);

        Reports.ExpectMsg<ReceiveTimeout>();
    }

    [Fact]
    public void AMessage_StartsItAnew()
    {
        var subject = StartWithTimeout();

        Advance(4);
        subject.Tell("hello");
        Reports.ExpectMsg("hello");
        AwaitQuiet(subject);
        Advance(4);
        AwaitQuiet(subject);
        Reports.ExpectNoMsg(TimeSpan.Zero);
        Advance(1);

        Reports.ExpectMsg<ReceiveTimeout>();
    }

    [Fact]
    public void AMessageThatDoesNotCount_LeavesItRunning()
    {
        var subject = StartWithTimeout();

        Advance(4);
        subject.Tell(new Uncounted());
        Reports.ExpectMsg<Uncounted>();
        AwaitQuiet(subject);
        Advance(1);

        Reports.ExpectMsg<ReceiveTimeout>();
    }

    [Fact]
    public void Null_TurnsItOff()
    {
        var subject = StartWithTimeout();

        subject.Tell(Subject.Do(context => context.SetReceiveTimeout(null)));
        AwaitQuiet(subject);
        Advance(5);
        AwaitQuiet(subject);

        Reports.ExpectNoMsg(TimeSpan.Zero);
    }

    private IActorRef StartWithTimeout()
    {
        var subject = StartSubject();
        subject.Tell(Subject.Do(context => context.SetReceiveTimeout(TimeSpan.FromSeconds(5))));
        AwaitQuiet(subject);
        return subject;
    }

    private sealed record Uncounted : INotInfluenceReceiveTimeout;
}
