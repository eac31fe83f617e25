using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Keys and their values.</summary>
public class HoconObject : IHoconElement
{
    public Dictionary<string, HoconValue> Items { get; private init; } = [];

    string IHoconElement.Text => null;

    HoconObject IHoconElement.Object => this;

    IReadOnlyList<HoconValue> IHoconElement.List => null;

    public HoconValue GetKey(string key) => Items.GetValueOrDefault(key);

    public HoconValue GetOrCreateKey(string key)
    {
        if (!Items.TryGetValue(key, out var value))
            Items.Add(key, value = new HoconValue());
        return value;
    }

    /// <summary>Takes all of the other's items over: objects are merged with objects, everything else is replaced.</summary>
    public void Merge(HoconObject other)
    {
        foreach (var (key, theirs) in other.Items)
        {
            Items[key] = Items.TryGetValue(key, out var mine) && mine.GetObject() is { } myObject && theirs.GetObject() is { } theirObject
                ? new HoconValue(myObject.MergeImmutable(theirObject))
                : theirs;
        }
    }

    /// <summary>A new object of both, in which the other's items win. The values are shared with the two.</summary>
    internal HoconObject MergeImmutable(HoconObject other)
    {
        var merged = new HoconObject { Items = new Dictionary<string, HoconValue>(Items) };
        merged.Merge(other);
        return merged;
    }

    public override string ToString() => ToString(0);

    public string ToString(int indent)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in Items)
            text.Append(' ', indent * 2).Append(HoconValue.Quote(key)).Append(" : ").Append(value.ToString(indent)).Append("\r\n");
        return text.ToString();
    }
}
