using Concierge.Hosting.Configuration;
using Microsoft.Extensions.Logging;

namespace Concierge.Hosting.Logging;

/// <summary>What a program logs.</summary>
/// <param name="Level">The least severe entries logged.</param>
/// <param name="Json">Whether an entry is a JSON object instead of a line of text.</param>
public sealed record LoggingSettings(LogLevel Level, bool Json)
{
    private static readonly Dictionary<string, LogLevel> Levels = new()
    {
        ["trace"] = LogLevel.Trace,
        ["debug"] = LogLevel.Debug,
        ["info"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
        ["off"] = LogLevel.None,
    };

    private static readonly Dictionary<string, bool> Formats = new() { ["text"] = false, ["json"] = true };

    /// <summary>The level in Akka.NET's terms, which knows fewer.</summary>
    public Akka.Event.LogLevel AkkaLevel => Level switch
    {
        LogLevel.Trace or LogLevel.Debug => Akka.Event.LogLevel.DebugLevel,
        LogLevel.Information => Akka.Event.LogLevel.InfoLevel,
        LogLevel.Warning => Akka.Event.LogLevel.WarningLevel,
        _ => Akka.Event.LogLevel.ErrorLevel,
    };

    /// <summary>Reads <c>logging.level</c> and <c>logging.format</c>.</summary>
    /// <exception cref="InvalidConfigurationException">One has a value that can't work.</exception>
    public static LoggingSettings Read(ConfigurationLayers layers) =>
        new(layers.Choice("logging.level", Levels), layers.Choice("logging.format", Formats));
}
