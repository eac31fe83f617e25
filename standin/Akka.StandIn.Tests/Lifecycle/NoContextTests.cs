using Akka.Actor;

namespace Akka.StandIn.Tests.Lifecycle;

public sealed class NoContextTests
{
    /// <summary>On a thread of its own, where no test kit has left an implicit sender.</summary>
    [Fact]
    public void AnActor_CannotBeMadeWithNew()
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(() => new Idle()));

        thread.Start();
        thread.Join();

        thrown.ShouldBeOfType<ActorInitializationException>();
    }

    private sealed class Idle : UntypedActor
    {
        protected override void OnReceive(object message) { }
    }
}
