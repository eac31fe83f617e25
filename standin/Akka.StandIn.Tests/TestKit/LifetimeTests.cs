using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.StandIn.Tests.Kit;

public class LifetimeTests
{
    [Fact]
    public void Dispose_EndsTheSystem_AfterAfterAll()
    {
        var kit = new Kit("", null);

        kit.Dispose();
        kit.Dispose();

        kit.WasAliveInAfterAll.ShouldBe([true]);
        kit.Sys.WhenTerminated.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void AKit_TakesAName_AConfiguration_OrAnExistingSystem()
    {
        using var named = new Akka.TestKit.Xunit2.TestKit(ConfigurationFactory.ParseString("a = 1"), "named");
        using var same = new Akka.TestKit.Xunit2.TestKit(named.Sys);

        named.Sys.Name.ShouldBe("named");
        named.Sys.Settings.Config.GetInt("a").ShouldBe(1);
        same.Sys.ShouldBeSameAs(named.Sys);
        same.TestActor.ShouldNotBe(named.TestActor);
        same.TestActor.Tell("hello");
        same.ExpectMsg("hello");
    }

    [Fact]
    public void TheSystemsLog_IsCopiedToTheTestsOutput()
    {
        var output = new Output();
        using var kit = new Kit("akka.loglevel = DEBUG", output);

        kit.Log.Warning("seen {0}", 1);

        kit.AwaitAssert(() => output.Lines.ShouldContain(line => line.Contains("seen 1")));
    }

    private sealed class Kit(string config, Output? output) : Akka.TestKit.Xunit2.TestKit(config, output)
    {
        public List<bool> WasAliveInAfterAll { get; } = [];

        protected override void AfterAll() => WasAliveInAfterAll.Add(!Sys.WhenTerminated.IsCompleted);
    }

    private sealed class Output : ITestOutputHelper
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines)
                    return [.. _lines];
            }
        }

        public void WriteLine(string message)
        {
            lock (_lines)
                _lines.Add(message);
        }

        public void WriteLine(string format, params object[] args) => WriteLine(string.Format(null, format, args));
    }
}
