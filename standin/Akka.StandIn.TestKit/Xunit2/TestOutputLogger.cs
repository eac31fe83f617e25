using Akka.Actor;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>Writes a system's log to the output of the test that runs it, for as long as that test runs.</summary>
internal sealed class TestOutputLogger(ITestOutputHelper output, string prefix) : UntypedActor
{
    public static void Install(ActorSystem system, ITestOutputHelper output, string prefix)
    {
        var logger = ((ExtendedActorSystem)system).SystemActorOf(Props.Create(() => new TestOutputLogger(output, prefix)).OnCallingThread(), "log-test");
        system.EventStream.Subscribe<LogEvent>(logger);
    }

    protected override void OnReceive(object message)
    {
        try
        {
            output.WriteLine(prefix + message);
        }
        catch (InvalidOperationException)
        {
            // The test is over.
            Context.Stop(Self);
        }
    }
}
