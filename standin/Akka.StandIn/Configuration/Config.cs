using System.Diagnostics.CodeAnalysis;
using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>
/// An immutable tree of settings. A path's elements are separated by dots; one that contains a dot is quoted. A missing path
/// gives the default; a value of another type throws. Fallbacks are merged in when they are added.
/// </summary>
public class Config
{
    public static readonly Config Empty = ConfigurationFactory.Empty;

    // What this configuration says itself, without its fallbacks.
    private readonly HoconValue _own;

    public Config(HoconRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        _own = Root = root.Value;
    }

    private Config(HoconValue own, HoconValue merged)
    {
        _own = own;
        Root = merged;
    }

    public HoconValue Root { get; }

    public bool IsEmpty => Root.IsEmpty;

    public bool HasPath(string path) => GetValue(path) is not null;

    public HoconValue GetValue(string path)
    {
        HoconValue node = Root;
        foreach (var key in HoconPath.Split(path))
        {
            node = node.GetChildObject(key);
            if (node is null)
                return null;
        }

        return node;
    }

    public Config GetConfig(string path) => GetValue(path) is { } value ? new Config(new HoconRoot(value)) : null;

    public string GetString(string path, string @default = null) => GetValue(path) is { } value ? value.GetString() : @default;

    public bool GetBoolean(string path, bool @default = false) => GetValue(path)?.GetBoolean() ?? @default;

    public int GetInt(string path, int @default = 0) => GetValue(path)?.GetInt() ?? @default;

    public long GetLong(string path, long @default = 0) => GetValue(path)?.GetLong() ?? @default;

    public float GetFloat(string path, float @default = 0) => GetValue(path)?.GetFloat() ?? @default;

    public double GetDouble(string path, double @default = 0) => GetValue(path)?.GetDouble() ?? @default;

    public decimal GetDecimal(string path, decimal @default = 0) => GetValue(path)?.GetDecimal() ?? @default;

    public TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        GetValue(path)?.GetTimeSpan(allowInfinite) ?? @default.GetValueOrDefault();

    public long? GetByteSize(string path) => GetByteSize(path, null);

    public long? GetByteSize(string path, long? def = null) => GetValue(path) is { } value ? value.GetByteSize() : def;

    /// <summary>The list's elements; none where the path is missing or holds something other than a list.</summary>
    public IList<string> GetStringList(string path) => GetStringList(path, []);

    public IList<string> GetStringList(string path, string[] defaultPaths) => GetValue(path)?.GetStringList() ?? defaultPaths;

    /// <summary>This configuration, and where it says nothing, <paramref name="fallback"/>.</summary>
    /// <exception cref="ArgumentException">A configuration was given itself.</exception>
    public Config WithFallback(Config fallback)
    {
        if (fallback == this)
            throw new ArgumentException("A configuration can't be its own fallback.", nameof(fallback));
        if (fallback is null)
            return this;
        if (IsEmpty)
            return fallback;

        var merged = new HoconValue(ObjectAt(fallback.Root).MergeImmutable(ObjectAt(Root)));
        return new Config(_own, merged);
    }

    /// <summary>The top level's keys and values.</summary>
    public IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() => ObjectAt(Root).Items;

    public override string ToString() => _own.ToString();

    public string ToString(bool includeFallback) => includeFallback ? Root.ToString() : ToString();

    [SuppressMessage("Usage", "CA2225", Justification = "Akka.NET has no named alternate; ConfigurationFactory.ParseString is one.")]
    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    private static HoconObject ObjectAt(HoconValue value) => value.GetObject()
        ?? throw new InvalidOperationException($"The configuration's root is '{value}'; expected an object.");
}

public static class ConfigExtensions
{
    public static Config SafeWithFallback(this Config config, Config fallback) =>
        config is null || ReferenceEquals(config, fallback) ? fallback : config.WithFallback(fallback);

    public static bool IsNullOrEmpty(this Config config) => config is null || config.IsEmpty;
}
