using System.CommandLine;
using System.CommandLine.Help;

namespace Concierge.Hosting.Configuration;

/// <summary>What a program was told when it was started.</summary>
/// <param name="Files">The files of <c>--config</c>, in the order given.</param>
/// <param name="Settings">Keys and values, strongest first.</param>
public sealed record CommandLine(IReadOnlyList<string> Files, IReadOnlyList<CommandLine.Setting> Settings)
{
    /// <summary>A key given a value by an option or a variable.</summary>
    /// <param name="Source">The option's or variable's name.</param>
    /// <param name="Key">A HOCON key.</param>
    /// <param name="Value">Its value as typed.</param>
    public sealed record Setting(string Source, string Key, string Value)
    {
        /// <summary>All but the value, which may be a secret.</summary>
        public override string ToString() => $"{Source} {Key}";
    }

    /// <summary>An option that is short for a key.</summary>
    /// <param name="Option">The option, such as <c>--port</c>.</param>
    /// <param name="Value">What stands for its value in the help.</param>
    /// <param name="Description">What it does.</param>
    /// <param name="Key">The whole key, such as <c>concierge.port</c>.</param>
    /// <param name="IsList">Whether it may be given several times: the key gets all values, with commas between them.</param>
    public sealed record Shorthand(string Option, string Value, string Description, string Key, bool IsList = false);

    /// <summary>The options that a program has: <c>--config</c>, its shorthands, and <c>--set</c>.</summary>
    public sealed class Syntax
    {
        private readonly Option<string[]> _config =
            Repeatable("--config", "FILE", "A HOCON file; may be given several times, and later ones win.");
        private readonly Option<string[]> _set =
            Repeatable("--set", "KEY=VALUE", "Sets any key of the configuration; may be given several times.");
        private readonly (Shorthand Shorthand, Option Option, Func<ParseResult, string?> Read)[] _shorthands;
        private readonly RootCommand _root;
        private readonly string _example;

        /// <summary>Puts them together.</summary>
        /// <param name="description">What the program is, for its help.</param>
        /// <param name="example">A setting to show, such as <c>concierge.port=8080</c>.</param>
        /// <param name="shorthands">Its own options.</param>
        public Syntax(string description, string example, params IReadOnlyList<Shorthand> shorthands)
        {
            _example = example;
            _shorthands = [.. shorthands.Select(it => it.IsList ? List(it) : Single(it))];
            _root = new RootCommand(description) { _config };
            foreach (var (_, option, _) in _shorthands) _root.Add(option);
            _root.Add(_set);
        }

        /// <summary>Reads the arguments.</summary>
        /// <exception cref="InvalidConfigurationException">There is one that the program doesn't have, or one lacks its value.</exception>
        public CommandLine Parse(string[] args)
        {
            var result = _root.Parse(args);
            if (result.Errors is [var error, ..]) throw new InvalidConfigurationException($"{error.Message} (--help lists the options)");
            var shorthands =
                from it in _shorthands
                let value = it.Read(result)
                where value is not null
                select new Setting(it.Shorthand.Option, it.Shorthand.Key, value);
            // Of two that set the same key the later one wins.
            var settings = (result.GetValue(_set) ?? []).Reverse().Select(ParseSetting);
            return new CommandLine(result.GetValue(_config) ?? [], [.. shorthands, .. settings]);
        }

        /// <summary>Answers <c>--help</c> and <c>--version</c> on standard output.</summary>
        /// <returns>False where neither was asked for.</returns>
        public bool TryAnswer(string[] args)
        {
            var result = _root.Parse(args);
            if (result.Errors.Count > 0 || result.Action is not (HelpAction or { Terminating: true })) return false;
            result.Invoke();
            return true;
        }

        private static (Shorthand, Option, Func<ParseResult, string?>) Single(Shorthand it)
        {
            var option = new Option<string?>(it.Option) { HelpName = it.Value, Description = Describe(it) };
            return (it, option, result => result.GetValue(option));
        }

        private static (Shorthand, Option, Func<ParseResult, string?>) List(Shorthand it)
        {
            var option = Repeatable(it.Option, it.Value, Describe(it));
            return (it, option, result => result.GetValue(option) is { Length: > 0 } values ? string.Join(',', values) : null);
        }

        private static string Describe(Shorthand it) => $"{it.Description} [{it.Key}]";

        private Setting ParseSetting(string setting)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            return equals > 0
                ? new Setting("--set", setting[..equals].Trim(), setting[(equals + 1)..])
                : throw new InvalidConfigurationException($"--set {setting}: expected KEY=VALUE, such as --set {_example}");
        }

        private static Option<string[]> Repeatable(string name, string value, string description) =>
            new(name) { HelpName = value, Description = description, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
    }
}
