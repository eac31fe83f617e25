using Akka.Actor;

namespace Akka.Event;

public static class Logging
{
    /// <summary>The level above all others.</summary>
    private const LogLevel Off = (LogLevel)int.MaxValue;

    public static ILoggingAdapter GetLogger(this IActorContext context, ILogMessageFormatter logMessageFormatter = null) =>
        new BusLogging(context.System.EventStream, context.Self.Path.ToString(), context.Props.Type, logMessageFormatter);

    public static ILoggingAdapter GetLogger(ActorSystem system, object logSourceObj, ILogMessageFormatter logMessageFormatter = null) => logSourceObj switch
    {
        IActorContext context => context.GetLogger(logMessageFormatter),
        IActorRef actor => new BusLogging(system.EventStream, actor.Path.ToString(), actor.GetType(), logMessageFormatter),
        string name => new BusLogging(system.EventStream, $"{name} ({system})", typeof(string), logMessageFormatter),
        Type type => new BusLogging(system.EventStream, $"{type.Name} ({system})", type, logMessageFormatter),
        _ => new BusLogging(system.EventStream, $"{logSourceObj.GetType().Name} ({system})", logSourceObj.GetType(), logMessageFormatter),
    };

    public static LogLevel LogLevelFor(string logLevel) => logLevel?.ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.DebugLevel,
        "INFO" => LogLevel.InfoLevel,
        "WARNING" => LogLevel.WarningLevel,
        "ERROR" => LogLevel.ErrorLevel,
        "OFF" => Off,
        _ => throw new ArgumentException(
            $"Unknown LogLevel: \"{logLevel}\". Valid values are: \"DEBUG\", \"INFO\", \"WARNING\", \"ERROR\", \"OFF\"", nameof(logLevel)),
    };
}

/// <summary>Publishes what is logged on the event stream.</summary>
internal sealed class BusLogging(EventStream bus, string logSource, Type logClass, ILogMessageFormatter formatter) : ILoggingAdapter
{
    public ILogMessageFormatter Formatter { get; } = formatter ?? DefaultLogMessageFormatter.Instance;
    public bool IsDebugEnabled => IsEnabled(LogLevel.DebugLevel);
    public bool IsInfoEnabled => IsEnabled(LogLevel.InfoLevel);
    public bool IsWarningEnabled => IsEnabled(LogLevel.WarningLevel);
    public bool IsErrorEnabled => IsEnabled(LogLevel.ErrorLevel);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= bus.LogLevel;

    public void Log(LogLevel logLevel, Exception cause, string format) => Publish(logLevel, cause, format);

    public void Log(LogLevel logLevel, Exception cause, LogMessage message) => Publish(logLevel, cause, message);

    private void Publish(LogLevel level, Exception cause, object message) => bus.Publish(level switch
    {
        LogLevel.DebugLevel => new Debug(cause, logSource, logClass, message),
        LogLevel.InfoLevel => new Info(cause, logSource, logClass, message),
        LogLevel.WarningLevel => new Warning(cause, logSource, logClass, message),
        _ => (LogEvent)new Error(cause, logSource, logClass, message),
    });
}
