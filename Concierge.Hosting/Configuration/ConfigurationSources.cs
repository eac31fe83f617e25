using System.Reflection;
using Akka.Configuration;

namespace Concierge.Hosting.Configuration;

/// <summary>
/// Collects the sources of a program's configuration in the order of their strength. The reference, which has every key
/// with its default, is built into the program as the resource <c>ROOT.conf</c>; <c>ROOT_CONFIG</c> in the environment
/// names a file, and <c>ROOT__A__B_C</c> stands for the key <c>root.a.b-c</c>.
/// </summary>
/// <param name="root">The section that is the program's own, such as <c>concierge</c>.</param>
/// <param name="program">Where the reference is built in.</param>
public sealed class ConfigurationSources(string root, Assembly program)
{
    private readonly string _fileVariable = $"{root.ToUpperInvariant()}_CONFIG";
    private readonly string _keyPrefix = $"{root.ToUpperInvariant()}__";

    /// <summary>The layers: command line, environment, files of <c>--config</c>, file of the environment, reference.</summary>
    /// <exception cref="InvalidConfigurationException">One of them can't be read, or has a key that the reference lacks.</exception>
    public ConfigurationLayers Collect(CommandLine commandLine, IReadOnlyDictionary<string, string> environment)
    {
        var reference = Reference();
        if (commandLine.Settings.FirstOrDefault(setting => reference.HasPath($"{root}.{setting.Key}")) is { } rootless)
            throw new InvalidConfigurationException($"{rootless}: nothing reads this key; did you mean {root}.{rootless.Key}?");

        var layers = new List<ConfigurationLayer>();
        layers.AddRange(commandLine.Settings.Concat(FromEnvironment(environment)).Select(setting => Layer(setting, reference)));
        layers.AddRange(commandLine.Files.Reverse().Select(FileLayer));
        if (environment.TryGetValue(_fileVariable, out var file) && file.Length > 0) layers.Add(FileLayer(file));
        layers.Add(new ConfigurationLayer("the reference", reference));
        return new ConfigurationLayers(root, layers);
    }

    private IEnumerable<CommandLine.Setting> FromEnvironment(IReadOnlyDictionary<string, string> environment) =>
        from variable in environment
        where variable.Key.StartsWith(_keyPrefix, StringComparison.Ordinal)
        orderby variable.Key
        let path = variable.Key[_keyPrefix.Length..].ToLowerInvariant().Replace("__", ".", StringComparison.Ordinal).Replace('_', '-')
        select new CommandLine.Setting(variable.Key, $"{root}.{path}", variable.Value);

    private ConfigurationLayer Layer(CommandLine.Setting setting, Config reference)
    {
        if (setting.Key.Split('.').Any(part => part.Length == 0))
            throw new InvalidConfigurationException($"{setting}: expected a key such as {root}.name");

        // Where we know that a single value is wanted it is taken as typed, whatever it looks like: a secret, an IPv6 address.
        var isText = reference.GetValue(setting.Key)?.IsString() ?? false;
        var value = isText ? HoconText.Quote(setting.Value) : HoconText.Value(setting.Value);
        return new(setting.Source, HoconText.Parse($"{setting.Key} = {value}", setting.ToString()));
    }

    private static ConfigurationLayer FileLayer(string path) => new(path, HoconText.ParseFile(path));

    private Config Reference() => BuiltIn($"{root}.conf");

    /// <summary>A file that is built into the program.</summary>
    /// <param name="name">The resource's name.</param>
    public Config BuiltIn(string name)
    {
        using var resource = program.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(resource);
        return HoconText.Parse(reader.ReadToEnd(), name);
    }
}
