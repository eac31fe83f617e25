using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Turns HOCON text into a <see cref="Config"/>.</summary>
public class ConfigurationFactory
{
    protected ConfigurationFactory()
    {
    }

    public static Config Empty => ParseString("");

    /// <param name="hocon">HOCON text.</param>
    /// <param name="includeCallback">Answers an <c>include "name"</c> with that name's parsed text. Guarding against a file that includes itself is up to it.</param>
    public static Config ParseString(string hocon, Func<string, HoconRoot> includeCallback) => new(Parser.Parse(hocon, includeCallback));

    public static Config ParseString(string hocon) => ParseString(hocon, null);
}
