using System.CommandLine;
using System.CommandLine.Help;

namespace Concierge.Node.Configuration;

/// <summary>What the program was told when it was started.</summary>
/// <param name="Files">The files of <c>--config</c>, in the order given.</param>
/// <param name="Settings">Keys and values, strongest first.</param>
internal sealed record CommandLine(IReadOnlyList<string> Files, IReadOnlyList<CommandLine.Setting> Settings)
{
    private static readonly Option<string[]> Config =
        Repeatable("--config", "FILE", "A HOCON file; may be given several times, and later ones win.");
    private static readonly Option<string?> Host =
        new("--host") { HelpName = "H", Description = "The address to listen on [concierge.host]" };
    private static readonly Option<string?> Port =
        new("--port") { HelpName = "N", Description = "The port to listen on; 0 picks a free one [concierge.port]" };
    private static readonly Option<string?> Name =
        new("--name") { HelpName = "NODE", Description = "What this node is called [concierge.name]" };
    private static readonly Option<string[]> Set =
        Repeatable("--set", "KEY=VALUE", "Sets any key of the configuration; may be given several times.");

    private static readonly RootCommand Root = new(
        "Concierge: a hub where services, people and robots meet. hocon/concierge.conf describes its configuration.")
    {
        Config, Host, Port, Name, Set,
    };

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="InvalidConfigurationException">There is one that the program doesn't have, or one lacks its value.</exception>
    public static CommandLine Parse(string[] args) => From(Root.Parse(args));

    /// <summary>Answers <c>--help</c> and <c>--version</c> on standard output.</summary>
    /// <returns>False where neither was asked for.</returns>
    public static bool TryAnswer(string[] args)
    {
        var result = Root.Parse(args);
        if (result.Errors.Count > 0 || result.Action is not (HelpAction or { Terminating: true })) return false;
        result.Invoke();
        return true;
    }

    private static CommandLine From(ParseResult result)
    {
        if (result.Errors is [var error, ..]) throw new InvalidConfigurationException($"{error.Message} (--help lists the options)");
        var settings = new List<Setting>();
        AddIfGiven("--host", "concierge.host", result.GetValue(Host));
        AddIfGiven("--port", "concierge.port", result.GetValue(Port));
        AddIfGiven("--name", "concierge.name", result.GetValue(Name));
        // Of two that set the same key the later one wins.
        settings.AddRange((result.GetValue(Set) ?? []).Reverse().Select(ParseSetting));
        return new CommandLine(result.GetValue(Config) ?? [], settings);

        void AddIfGiven(string option, string key, string? value)
        {
            if (value is not null) settings.Add(new Setting(option, key, value));
        }
    }

    private static Setting ParseSetting(string setting)
    {
        var equals = setting.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new Setting("--set", setting[..equals].Trim(), setting[(equals + 1)..])
            : throw new InvalidConfigurationException($"--set {setting}: expected KEY=VALUE, such as --set concierge.port=8080");
    }

    private static Option<string[]> Repeatable(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    /// <summary>A key given a value by an option or a variable.</summary>
    /// <param name="Source">The option's or variable's name.</param>
    /// <param name="Key">A HOCON key.</param>
    /// <param name="Value">Its value as typed.</param>
    internal sealed record Setting(string Source, string Key, string Value)
    {
        /// <summary>All but the value, which may be a secret.</summary>
        public override string ToString() => $"{Source} {Key}";
    }
}
