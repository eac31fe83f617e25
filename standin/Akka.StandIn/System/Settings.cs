using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The keys that the stand-in reads, with Akka.NET's defaults where none is configured.</summary>
public class Settings
{
    internal Settings(ActorSystem system, Config config)
    {
        System = system;
        Config = config ?? Config.Empty;
        ProviderClass = Config.GetString("akka.actor.provider", "local");
        LogLevel = Config.GetString("akka.loglevel", "INFO");
        LogDeadLetters = Config.GetString("akka.log-dead-letters", "10").ToUpperInvariant() switch
        {
            "ON" or "TRUE" => int.MaxValue,
            "OFF" or "FALSE" => 0,
            _ => Config.GetInt("akka.log-dead-letters", 10),
        };
        LogDeadLettersDuringShutdown = Config.GetBoolean("akka.log-dead-letters-during-shutdown", false);
        LogDeadLettersSuspendDuration = Config.GetTimeSpan("akka.log-dead-letters-suspend-duration", TimeSpan.FromMinutes(5));
        AskTimeout = Config.GetTimeSpan("akka.actor.ask-timeout", Timeout.InfiniteTimeSpan);
        EmitActorTelemetry = Config.GetBoolean("akka.actor.telemetry.enabled", false);
        Throughput = Math.Max(1, Config.GetInt("akka.actor.default-dispatcher.throughput", 30));
        SchedulerClass = Config.GetString("akka.scheduler.implementation", typeof(HashedWheelTimerScheduler).FullName);
        _ = Logging.LogLevelFor(LogLevel);
    }

    public ActorSystem System { get; }
    public Config Config { get; }
    public string ProviderClass { get; }
    public string LogLevel { get; }
    public int LogDeadLetters { get; }
    public bool LogDeadLettersDuringShutdown { get; }
    public TimeSpan LogDeadLettersSuspendDuration { get; }
    public TimeSpan AskTimeout { get; }
    public bool EmitActorTelemetry { get; }
    public string SchedulerClass { get; }

    /// <summary>Messages that an actor handles at one go before others get the thread.</summary>
    internal int Throughput { get; }
}
