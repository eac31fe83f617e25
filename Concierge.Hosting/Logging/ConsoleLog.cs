using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Concierge.Hosting.Logging;

/// <summary>A program's log: standard error, as lines of text or of JSON. Standard output is not for it.</summary>
public static class ConsoleLog
{
    private const string TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";

    /// <summary>Adds it as configured.</summary>
    /// <param name="logging">What is logged to.</param>
    /// <param name="settings">In which form.</param>
    public static void Add(ILoggingBuilder logging, LoggingSettings settings)
    {
        if (settings.Json)
        {
            logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, TimestampFormat.TrimEnd()));
        }
        else
        {
            logging.AddSimpleConsole(text => (text.SingleLine, text.UseUtcTimestamp, text.TimestampFormat) = (true, true, TimestampFormat));
        }

        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <summary>Which entries are worth logging; the framework's own are of interest from debug on.</summary>
    /// <param name="logging">What is logged to.</param>
    /// <param name="level">The least severe entries logged.</param>
    public static void SetLevels(ILoggingBuilder logging, LogLevel level)
    {
        logging.SetMinimumLevel(level);
        if (level is LogLevel.Information) logging.AddFilter("Microsoft", LogLevel.Warning);
        // Why a start or stop failed is told by whoever asked for it, once and shorter.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
