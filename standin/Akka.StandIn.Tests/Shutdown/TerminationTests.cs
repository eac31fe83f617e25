using Akka.Actor;

namespace Akka.StandIn.Tests.Shutdown;

public sealed class TerminationTests : Contract
{
    [Fact]
    public async Task Terminate_StopsEveryActor()
    {
        var stopped = new Ends();
        Sys.ActorOf(Props.Create(() => new Ending(stopped)));
        Sys.ActorOf(Props.Create(() => new Ending(stopped)));

        await Sys.Terminate();

        Volatile.Read(ref stopped.Count).ShouldBe(2);
        Sys.WhenTerminated.IsCompleted.ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => Sys.ActorOf(Subject.Props(ActorRefs.Nobody)));
    }

    [Fact]
    public async Task RegisterOnTermination_RunsAtTheEnd()
    {
        var ran = new TaskCompletionSource();
        Sys.RegisterOnTermination(ran.SetResult);

        await Sys.Terminate();

        await ran.Task.WaitAsync(TimeSpan.FromSeconds(5));
        Should.Throw<InvalidOperationException>(() => Sys.RegisterOnTermination(() => { }));
    }

    [Fact]
    public async Task StoppingAParentWithManyChildren_EndsThemAll()
    {
        var ended = new Ends();
        var parent = StartSubject();
        parent.Tell(Subject.Do(context =>
        {
            for (var i = 0; i < 2000; i++)
                context.ActorOf(Props.Create(() => new Ending(ended))).Tell(i, ActorRefs.NoSender);
        }));

        (await parent.GracefulStop(TimeSpan.FromSeconds(10))).ShouldBeTrue();

        Volatile.Read(ref ended.Count).ShouldBe(2000);
    }

    private sealed class Ends
    {
        public int Count;
    }

    private sealed class Ending(Ends ends) : UntypedActor
    {
        protected override void OnReceive(object message) { }

        protected override void PostStop() => Interlocked.Increment(ref ends.Count);
    }
}
