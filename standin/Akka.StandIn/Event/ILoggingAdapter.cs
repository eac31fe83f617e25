namespace Akka.Event;

public interface ILoggingAdapter
{
    ILogMessageFormatter Formatter { get; }
    bool IsDebugEnabled { get; }
    bool IsInfoEnabled { get; }
    bool IsWarningEnabled { get; }
    bool IsErrorEnabled { get; }
    bool IsEnabled(LogLevel logLevel);
    void Log(LogLevel logLevel, Exception cause, string format);
    void Log(LogLevel logLevel, Exception cause, LogMessage message);
}

/// <summary>Akka.NET has one overload for each number of arguments, up to six.</summary>
public static class LoggingExtensions
{
    public static void Debug(this ILoggingAdapter log, string format) => Log(log, LogLevel.DebugLevel, null, format);

    public static void Debug(this ILoggingAdapter log, string format, params object[] args) => Log(log, LogLevel.DebugLevel, null, format, args);

    public static void Debug(this ILoggingAdapter log, Exception cause, string format) => Log(log, LogLevel.DebugLevel, cause, format);

    public static void Debug(this ILoggingAdapter log, Exception cause, string format, params object[] args) =>
        Log(log, LogLevel.DebugLevel, cause, format, args);

    public static void Info(this ILoggingAdapter log, string format) => Log(log, LogLevel.InfoLevel, null, format);

    public static void Info(this ILoggingAdapter log, string format, params object[] args) => Log(log, LogLevel.InfoLevel, null, format, args);

    public static void Info(this ILoggingAdapter log, Exception cause, string format) => Log(log, LogLevel.InfoLevel, cause, format);

    public static void Info(this ILoggingAdapter log, Exception cause, string format, params object[] args) =>
        Log(log, LogLevel.InfoLevel, cause, format, args);

    public static void Warning(this ILoggingAdapter log, string format) => Log(log, LogLevel.WarningLevel, null, format);

    public static void Warning(this ILoggingAdapter log, string format, params object[] args) => Log(log, LogLevel.WarningLevel, null, format, args);

    public static void Warning(this ILoggingAdapter log, Exception cause, string format) => Log(log, LogLevel.WarningLevel, cause, format);

    public static void Warning(this ILoggingAdapter log, Exception cause, string format, params object[] args) =>
        Log(log, LogLevel.WarningLevel, cause, format, args);

    public static void Error(this ILoggingAdapter log, string format) => Log(log, LogLevel.ErrorLevel, null, format);

    public static void Error(this ILoggingAdapter log, string format, params object[] args) => Log(log, LogLevel.ErrorLevel, null, format, args);

    public static void Error(this ILoggingAdapter log, Exception cause, string format) => Log(log, LogLevel.ErrorLevel, cause, format);

    public static void Error(this ILoggingAdapter log, Exception cause, string format, params object[] args) =>
        Log(log, LogLevel.ErrorLevel, cause, format, args);

    private static void Log(ILoggingAdapter log, LogLevel level, Exception cause, string format)
    {
        if (log.IsEnabled(level))
            log.Log(level, cause, format);
    }

    private static void Log(ILoggingAdapter log, LogLevel level, Exception cause, string format, object[] args)
    {
        if (log.IsEnabled(level))
            log.Log(level, cause, new DefaultLogMessage(log.Formatter, format, args));
    }
}
