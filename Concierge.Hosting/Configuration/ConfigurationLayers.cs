using System.Globalization;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Concierge.Hosting.Configuration;

/// <summary>Where settings come from: one file, option or variable.</summary>
/// <param name="Source">What a person would call it.</param>
/// <param name="Config">What it says.</param>
public sealed record ConfigurationLayer(string Source, Config Config);

/// <summary>
/// The sources of the configuration, strongest first, the reference last. Reads values from the strongest source that
/// has them, and names that source where a value is wrong.
/// </summary>
public sealed class ConfigurationLayers
{
    private readonly string _root;
    private readonly IReadOnlyList<ConfigurationLayer> _layers;

    /// <summary>Puts the sources together.</summary>
    /// <param name="root">The section that is the program's own, such as <c>concierge</c>; keys are given without it.</param>
    /// <param name="layers">Strongest first, the reference last.</param>
    /// <exception cref="InvalidConfigurationException">One has a key under the root that the reference lacks.</exception>
    public ConfigurationLayers(string root, IReadOnlyList<ConfigurationLayer> layers)
    {
        _root = root;
        _layers = layers;
        Merged = layers.Select(layer => layer.Config).Aggregate((stronger, weaker) => stronger.WithFallback(weaker));
        var known = Keys(layers[^1].Config).ToHashSet();
        foreach (var layer in layers) CheckKeys(layer, known);
    }

    /// <summary>All of it in one.</summary>
    public Config Merged { get; }

    /// <summary>Whether a value was given, rather than left to the reference.</summary>
    public bool IsGiven(string key) => _layers.SkipLast(1).Any(layer => Find(layer.Config, key) is not null);

    /// <summary>A text; empty where it is null.</summary>
    public string Text(string key) => Read(key, "a text", value => value.GetString() ?? (value.IsString() ? "" : null));

    /// <summary>A list of texts, none of them empty.</summary>
    public IReadOnlyList<string> Texts(string key) =>
        Merged.GetValue($"{_root}.{key}") is var value && !value.IsString() && value.GetStringList() is var texts && texts.All(text => !string.IsNullOrEmpty(text))
            ? [.. texts]
            : throw Misfit(key, """a list of texts, such as ["one", "two"]""");

    /// <summary>One of several words.</summary>
    public T Choice<T>(string key, IReadOnlyDictionary<string, T> choices) where T : struct =>
        Read<T>(key, string.Join(", ", choices.Keys), value => choices.TryGetValue(value.GetString(), out var choice) ? choice : null);

    /// <summary>on or off.</summary>
    public bool Switch(string key) => Read<bool>(key, "on or off", value => value.GetBoolean());

    /// <summary>A whole number from least to most.</summary>
    public int Number(string key, int least, int most) =>
        Read<int>(
            key,
            $"a whole number from {least} to {most}",
            value => value.GetInt() is var number && number >= least && number <= most ? number : null);

    /// <summary>A size in bytes from least to most.</summary>
    public long Bytes(string key, long least, long most) =>
        Read<long>(
            key,
            $"a size from {Readable(least)} to {Readable(most)}, such as 64KiB, 1MiB or 1GiB",
            value => value.GetByteSize() is { } bytes && bytes >= least && bytes <= most ? bytes : null);

    /// <summary>A duration from least to most.</summary>
    public TimeSpan Duration(string key, TimeSpan least, TimeSpan most) =>
        Read<TimeSpan>(
            key,
            $"a duration from {Readable(least)} to {Readable(most)}, such as 500ms, 5s or 2m",
            value => value.GetTimeSpan(allowInfinite: false) is var duration && duration >= least && duration <= most ? duration : null);

    /// <summary>The error for a value that doesn't fit with others.</summary>
    public InvalidConfigurationException Misfit(string key, string expected)
    {
        var layer = _layers.First(layer => Find(layer.Config, key) is not null);
        return new($"{_root}.{key} = {Find(layer.Config, key)!.GetString() ?? "null"} ({layer.Source}): expected {expected}");
    }

    private T Read<T>(string key, string expected, Func<HoconValue, T?> read) where T : struct
    {
        try
        {
            if (read(Merged.GetValue($"{_root}.{key}")) is { } value) return value;
        }
        catch (Exception e) when (e is FormatException or OverflowException or NotSupportedException or ArgumentException or NullReferenceException)
        {
            // What Akka.NET throws for text of another form, null included.
        }

        throw Misfit(key, expected);
    }

    private string Read(string key, string expected, Func<HoconValue, string?> read) =>
        read(Merged.GetValue($"{_root}.{key}")) ?? throw Misfit(key, expected);

    private HoconValue? Find(Config config, string key) => config.IsEmpty ? null : config.GetValue($"{_root}.{key}");

    private void CheckKeys(ConfigurationLayer layer, HashSet<string> known)
    {
        if (Keys(layer.Config).FirstOrDefault(key => !known.Contains(key)) is not { } unknown) return;
        if (known.Any(key => key.StartsWith(unknown + '.', StringComparison.Ordinal)))
            throw new InvalidConfigurationException($"{unknown} ({layer.Source}): is a section, and can't have a value of its own");
        var hint = Nearest.To(unknown, known) is { } nearest ? $"did you mean {nearest}?" : $"hocon/{_root}.conf lists every key";
        throw new InvalidConfigurationException($"{unknown} ({layer.Source}): there is no such key; {hint}");
    }

    private IEnumerable<string> Keys(Config config) =>
        config.IsEmpty || config.GetValue(_root) is not { } root ? [] : Keys(root, _root);

    private static IEnumerable<string> Keys(HoconValue value, string path) =>
        value.GetObject() is { } section ? section.Items.SelectMany(item => Keys(item.Value, $"{path}.{item.Key}")) : [path];

    private static string Readable(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var unit = 0;
        for (; bytes >= 1024 && bytes % 1024 == 0 && unit < units.Length - 1; unit++) bytes /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes}{units[unit]}");
    }

    private static string Readable(TimeSpan duration) => duration switch
    {
        { TotalHours: >= 1 } => $"{duration.TotalHours}h",
        { TotalMinutes: >= 1 } => $"{duration.TotalMinutes}m",
        { TotalSeconds: >= 1 } => $"{duration.TotalSeconds}s",
        _ => $"{duration.TotalMilliseconds}ms",
    };
}
