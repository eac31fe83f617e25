using Akka.Actor;
using Akka.Event;

namespace Akka.StandIn.Tests.Asking;

public sealed class AskTests : Contract
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task AnAnswer_CompletesTheTask()
    {
        var echo = StartEcho();

        (await echo.Ask<string>("hello", Soon)).ShouldBe("hello");
    }

    [Fact]
    public async Task NoAnswerInTime_IsAnAskTimeout()
    {
        var silent = StartSubject();

        await Should.ThrowAsync<AskTimeoutException>(silent.Ask<string>("hello", TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public async Task AStatusFailure_FaultsTheTask()
    {
        var echo = StartEcho();

        (await Should.ThrowAsync<InvalidOperationException>(echo.Ask<string>(new Status.Failure(Failure), Soon))).ShouldBe(Failure);
    }

    [Fact]
    public async Task AStatusFailure_IsAnAnswerLikeAnyOther_WhereAnythingIsExpected()
    {
        var echo = StartEcho();

        (await echo.Ask(new Status.Failure(Failure), Soon)).ShouldBeOfType<Status.Failure>();
    }

    [Fact]
    public async Task AnAnswerOfAnotherType_FaultsTheTask()
    {
        var echo = StartEcho();

        await Should.ThrowAsync<ArgumentException>(echo.Ask<int>("hello", Soon));
    }

    [Fact]
    public async Task Cancellation_CancelsTheTask()
    {
        var silent = StartSubject();
        using var cancellation = new CancellationTokenSource();

        var answer = silent.Ask<string>("hello", cancellation.Token);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<TaskCanceledException>(answer);
    }

    [Fact]
    public async Task ALateAnswer_IsADeadLetter()
    {
        var subject = StartSubject();
        await Should.ThrowAsync<AskTimeoutException>(subject.Ask<string>("hello", TimeSpan.FromMilliseconds(20)));
        Reports.ExpectMsg("hello");
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        Reports.Reply("late");

        ExpectMsg<DeadLetter>().Message.ShouldBe("late");
    }

    [Fact]
    public async Task AskingTheDead_TimesOut()
    {
        var dead = StartSubject();
        Watch(dead);
        Sys.Stop(dead);
        ExpectTerminated(dead);

        await Should.ThrowAsync<AskTimeoutException>(dead.Ask<string>("hello", TimeSpan.FromMilliseconds(20)));
    }

    private IActorRef StartEcho() => Sys.ActorOf(Props.Create<Echo>());

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }
}
