using Akka.Configuration;

namespace Concierge.Node.Configuration;

/// <summary>Collects the sources of the configuration in the order of their strength.</summary>
internal static class ConfigurationSources
{
    private const string FileVariable = "CONCIERGE_CONFIG";
    private const string KeyPrefix = "CONCIERGE__";
    private const string ReferenceResource = "concierge.conf";

    /// <summary>The layers: command line, environment, files of <c>--config</c>, file of the environment, reference.</summary>
    public static ConfigurationLayers Collect(CommandLine commandLine, IReadOnlyDictionary<string, string> environment)
    {
        var reference = Reference();
        if (commandLine.Settings.FirstOrDefault(setting => reference.HasPath($"concierge.{setting.Key}")) is { } rootless)
            throw new InvalidConfigurationException($"{rootless}: nothing reads this key; did you mean concierge.{rootless.Key}?");

        var layers = new List<ConfigurationLayer>();
        layers.AddRange(commandLine.Settings.Concat(FromEnvironment(environment)).Select(setting => Layer(setting, reference)));
        layers.AddRange(commandLine.Files.Reverse().Select(FileLayer));
        if (environment.TryGetValue(FileVariable, out var file) && file.Length > 0) layers.Add(FileLayer(file));
        layers.Add(new ConfigurationLayer("the reference", reference));
        return new ConfigurationLayers(layers);
    }

    private static IEnumerable<CommandLine.Setting> FromEnvironment(IReadOnlyDictionary<string, string> environment) =>
        from variable in environment
        where variable.Key.StartsWith(KeyPrefix, StringComparison.Ordinal)
        orderby variable.Key
        let path = variable.Key[KeyPrefix.Length..].ToLowerInvariant().Replace("__", ".", StringComparison.Ordinal).Replace('_', '-')
        select new CommandLine.Setting(variable.Key, $"concierge.{path}", variable.Value);

    private static ConfigurationLayer Layer(CommandLine.Setting setting, Config reference)
    {
        if (setting.Key.Split('.').Any(part => part.Length == 0))
            throw new InvalidConfigurationException($"{setting}: expected a key such as concierge.port");

        // Where we know that a single value is wanted it is taken as typed, whatever it looks like: a secret, an IPv6 address.
        var isText = reference.GetValue(setting.Key)?.IsString() ?? false;
        var value = isText ? HoconText.Quote(setting.Value) : HoconText.Value(setting.Value);
        return new(setting.Source, HoconText.Parse($"{setting.Key} = {value}", setting.ToString()));
    }

    private static ConfigurationLayer FileLayer(string path) => new(path, HoconText.ParseFile(path));

    private static Config Reference()
    {
        using var resource = typeof(ConfigurationSources).Assembly.GetManifestResourceStream(ReferenceResource)!;
        using var reader = new StreamReader(resource);
        return HoconText.Parse(reader.ReadToEnd(), ReferenceResource);
    }
}
