using System.Text;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Concierge.Hosting.Configuration;

/// <summary>Turns HOCON text into a <see cref="Config"/>, or says in one line what is wrong with it and where.</summary>
public static class HoconText
{
    private const int MaxIncludeDepth = 16;

    /// <summary>Reads a file; what it includes is looked for beside it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidConfigurationException">It can't be read, or isn't HOCON.</exception>
    public static Config ParseFile(string path) => new(ParseFile(Path.GetFullPath(path), 0));

    /// <summary>Parses text that comes from no file, such as an option's value.</summary>
    /// <param name="text">HOCON.</param>
    /// <param name="source">Where it comes from, for the error message.</param>
    /// <exception cref="InvalidConfigurationException">It isn't HOCON.</exception>
    public static Config Parse(string text, string source) => new(Parse(text, source, include: null));

    /// <summary>A value as HOCON: lists, objects and quoted strings are taken as they are, all else as a string.</summary>
    public static string Value(string value) =>
        value is ['[', .., ']'] or ['{', .., '}'] or ['"', .., '"'] ? value : Quote(value);

    /// <summary>A string of just these characters.</summary>
    public static string Quote(string value)
    {
        var quoted = new StringBuilder(value.Length + 2).Append('"');
        foreach (var character in value)
        {
            if (character is '"' or '\\') quoted.Append('\\');
            quoted.Append(character);
        }

        return quoted.Append('"').ToString();
    }

    private static HoconRoot ParseFile(string path, int depth)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException($"{path}: can't be read: {e.Message}", e);
        }

        return Parse(text, path, included =>
        {
            if (depth == MaxIncludeDepth)
                throw new InvalidConfigurationException(
                    $"{path}: includes \"{included}\", {MaxIncludeDepth} files deep; does a file include itself?");
            var root = ParseFile(Path.GetFullPath(included, Path.GetDirectoryName(path)!), depth + 1);

            // Without its substitutions: they are resolved already, and Akka.NET would look for them again from the including file's root.
            return new HoconRoot(root.Value);
        });
    }

    private static HoconRoot Parse(string text, string source, Func<string, HoconRoot>? include)
    {
        if (Brackets.FindFault(text) is { } fault) throw new InvalidConfigurationException($"{source}: {fault}");
        try
        {
            // The parser looks one character past an assignment.
            return Parser.Parse(text + "\n", include);
        }
        catch (Exception e) when (e is not InvalidConfigurationException)
        {
            // Of the parser's message only the first line: the rest quotes the text, and a secret may be in it.
            throw new InvalidConfigurationException($"{source}: is not valid HOCON: {e.Message.Split('\n')[0].TrimEnd(' ', ':', '\r')}", e);
        }
    }
}
