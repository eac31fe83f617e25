using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MicrosoftLogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Akka.Hosting;

/// <summary>Where the actor system's log goes; to Akka's own log unless cleared.</summary>
public sealed class LoggerConfigBuilder
{
    private readonly List<Func<IServiceProvider, Action<LogEvent>>> _loggers = [_ => StandardErrorLogger.Print];

    internal LoggerConfigBuilder()
    {
    }

    /// <summary>What is below isn't logged, whatever the loggers would take.</summary>
    public Event.LogLevel LogLevel { get; set; } = Event.LogLevel.InfoLevel;

    public LoggerConfigBuilder ClearLoggers()
    {
        _loggers.Clear();
        return this;
    }

    internal LoggerConfigBuilder Add(Func<IServiceProvider, Action<LogEvent>> logger)
    {
        _loggers.Add(logger);
        return this;
    }

    internal Action<LogEvent> Resolve(IServiceProvider services) =>
        _loggers.Aggregate((Action<LogEvent>)(_ => { }), (all, logger) => all + logger(services));
}

public static class LoggingExtensions
{
    public static AkkaConfigurationBuilder ConfigureLoggers(this AkkaConfigurationBuilder builder, Action<LoggerConfigBuilder> configurator)
    {
        var loggers = new LoggerConfigBuilder();
        configurator(loggers);
        builder.Log = loggers.Resolve;
        var level = loggers.LogLevel.ToString().Replace("Level", "", StringComparison.Ordinal);
        return builder.AddConfiguration(ConfigurationFactory.ParseString($"akka.loglevel = {level}"), HoconAddMode.Prepend);
    }

    public static LoggerConfigBuilder AddDefaultLogger(this LoggerConfigBuilder configBuilder) => configBuilder.Add(_ => StandardErrorLogger.Print);

    /// <summary>To the host's Microsoft.Extensions.Logging, under the category of <see cref="ActorSystem"/>.</summary>
    public static LoggerConfigBuilder AddLoggerFactory(this LoggerConfigBuilder configBuilder) =>
        configBuilder.Add(services => To(services.GetRequiredService<ILoggerFactory>()));

    public static LoggerConfigBuilder AddLoggerFactory(this LoggerConfigBuilder configBuilder, ILoggerFactory loggerFactory) =>
        configBuilder.Add(_ => To(loggerFactory));

    private static Action<LogEvent> To(ILoggerFactory factory)
    {
        var logger = factory.CreateLogger<ActorSystem>();
        return logged =>
        {
            var level = LevelOf(logged);
            if (logger.IsEnabled(level))
                logger.Log(level, default, logged, logged.Cause, (state, _) => state.ToString());
        };
    }

    private static MicrosoftLogLevel LevelOf(LogEvent logged) => logged.LogLevel() switch
    {
        Event.LogLevel.DebugLevel => MicrosoftLogLevel.Debug,
        Event.LogLevel.InfoLevel => MicrosoftLogLevel.Information,
        Event.LogLevel.WarningLevel => MicrosoftLogLevel.Warning,
        _ => MicrosoftLogLevel.Error,
    };
}
