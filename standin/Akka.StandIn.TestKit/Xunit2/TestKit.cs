using Akka.Actor;
using Akka.Configuration;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>The base class of an xunit test on actors: a new actor system for every test, terminated after it.</summary>
public class TestKit : TestKitBase, IDisposable
{
    protected readonly ITestOutputHelper Output;

    private bool _isDisposed;

    public TestKit(ActorSystem system = null, ITestOutputHelper output = null) : base(Assertions, system)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(Config config, string actorSystemName = null, ITestOutputHelper output = null) : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(string config, ITestOutputHelper output = null) : this(ConfigurationFactory.ParseString(config), null, output)
    {
    }

    protected static XunitAssertions Assertions { get; } = new();

    public void Dispose() => Dispose(true);

    /// <summary>Runs before the system is terminated.</summary>
    protected virtual void AfterAll()
    {
    }

    /// <summary>Copies that system's log to the test's output, where there is one.</summary>
    protected void InitializeLogger(ActorSystem system) => InitializeLogger(system, "");

    protected void InitializeLogger(ActorSystem system, string prefix)
    {
        if (Output is not null)
            TestOutputLogger.Install(system, Output, prefix);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        try
        {
            AfterAll();
        }
        finally
        {
            Shutdown();
        }
    }
}
