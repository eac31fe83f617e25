using Akka.Configuration;

namespace Akka.TestKit.Configs;

public static class TestConfigs
{
    public static Config DefaultConfig => TestKitBase.DefaultConfig;

    /// <summary>Time passes only when the test says so: <c>((TestScheduler)Sys.Scheduler).Advance(…)</c>.</summary>
    public static Config TestSchedulerConfig { get; } = ConfigurationFactory
        .ParseString($"akka.scheduler.implementation = \"{typeof(TestScheduler).AssemblyQualifiedName}\"")
        .WithFallback(TestKitBase.DefaultConfig);
}
