namespace Akka.Configuration.Hocon;

/// <summary>One part of a value: exactly one of the three is not null, except for a substitution of nothing.</summary>
internal interface IHoconElement
{
    string Text { get; }

    HoconObject Object { get; }

    IReadOnlyList<HoconValue> List { get; }
}

internal sealed record HoconLiteral(string Text) : IHoconElement
{
    public HoconObject Object => null;

    public IReadOnlyList<HoconValue> List => null;
}

internal sealed record HoconList(IReadOnlyList<HoconValue> List) : IHoconElement
{
    public string Text => null;

    public HoconObject Object => null;
}

/// <summary><c>${path}</c>: stands for the value at that path of the text it is in, as it is when the text has been read to its end.</summary>
internal sealed class HoconSubstitution(string path, string where) : IHoconElement
{
    public string Path { get; set; } = path;

    /// <summary>The line it is on, for error messages.</summary>
    public string Where { get; } = where;

    public HoconValue Resolved { get; set; }

    public string Text => Resolved?.IsString() == true ? Resolved.GetString() ?? "null" : null;

    public HoconObject Object => Resolved?.GetObject();

    public IReadOnlyList<HoconValue> List => Resolved?.IsArray() == true ? [.. Resolved.GetArray()] : null;
}
