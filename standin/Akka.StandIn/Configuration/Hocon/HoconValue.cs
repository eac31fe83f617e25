namespace Akka.Configuration.Hocon;

/// <summary>
/// A value as written: the parts of a concatenation, and what they amount to as a string, an object, a list, a number, a
/// duration or a size. A string is trimmed, quoted or not, and <c>null</c> is null; a value that isn't one reads as null.
/// </summary>
public class HoconValue
{
    private readonly List<IHoconElement> _elements = [];

    public HoconValue()
    {
    }

    internal HoconValue(IHoconElement element) => _elements.Add(element);

    internal IReadOnlyList<IHoconElement> Elements => _elements;

    public bool IsEmpty => _elements is [] or [HoconObject { Items.Count: 0 }, ..];

    public bool IsObject() => GetObject() is not null;

    public HoconObject GetObject() => _elements is [var first, ..] ? first.Object : null;

    public HoconValue GetChildObject(string key) => GetObject()?.GetKey(key);

    public bool IsString() => _elements.Count > 0 && _elements.TrueForAll(element => element.Text is not null);

    public string GetString() => IsString() && string.Concat(_elements.Select(element => element.Text)).Trim() is not "null" and var text ? text : null;

    public bool IsArray() => GetArray().Count > 0;

    public IList<HoconValue> GetArray() => [.. _elements.SelectMany(element => element.List ?? [])];

    public IList<string> GetStringList() => [.. GetArray().Select(value => value.GetString())];

    /// <exception cref="NotSupportedException">It is neither on, off, true nor false.</exception>
    public bool GetBoolean() => GetString() switch
    {
        "on" or "true" => true,
        "off" or "false" => false,
        var other => throw new NotSupportedException($"'{other}' is not a boolean; expected on, off, true or false."),
    };

    public int GetInt() => HoconScalar.Int(GetString());

    public long GetLong() => HoconScalar.Long(GetString());

    public float GetFloat() => (float)HoconScalar.Double(GetString());

    public double GetDouble() => HoconScalar.Double(GetString());

    public decimal GetDecimal() => HoconScalar.Decimal(GetString());

    /// <summary>A number and its unit, or a number of milliseconds, or <c>infinite</c>.</summary>
    public TimeSpan GetTimeSpan(bool allowInfinite = true) => HoconScalar.Duration(GetString(), allowInfinite);

    /// <summary>Bytes: an integer, and a unit of 1000 (kB, MB …) or of 1024 (K, KiB, m, MiB …). Units are case-sensitive.</summary>
    public long? GetByteSize() => HoconScalar.ByteSize(GetString());

    public override string ToString() => ToString(0);

    public virtual string ToString(int indent)
    {
        if (IsString())
            return GetString() is { } text ? Quote(text) : "";
        if (GetObject() is { } inner)
            return indent == 0 ? inner.ToString(1) : $"{{\r\n{inner.ToString(indent + 1)}{new string(' ', indent * 2)}}}";
        return IsArray() ? $"[{string.Join(",", GetArray().Select(value => value.ToString(indent + 1)))}]" : "<<unknown value>>";
    }

    internal static string Quote(string text) => text.AsSpan().ContainsAny(" \t:") ? $"\"{text}\"" : text;

    internal void Append(IHoconElement element) => _elements.Add(element);

    internal void Clear() => _elements.Clear();

    internal HoconObject BecomeObject()
    {
        if (GetObject() is { } existing)
            return existing;
        var created = new HoconObject();
        _elements.Clear();
        _elements.Add(created);
        return created;
    }
}
