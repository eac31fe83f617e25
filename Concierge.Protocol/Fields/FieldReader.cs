using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Concierge.Protocol.Fields;

/// <summary>Reads one form of a payload, a target or an information object from its fields.</summary>
internal delegate T ReadForm<out T>(ref FieldReader fields);

/// <summary>
/// The fields of one JSON object. One pass notes where the known ones lie, whatever their order, and checks the rest; then each
/// is read by name. The first that is wrong becomes the <see cref="Problem"/>, from then on what is read has no meaning: so a form
/// reads all its fields in one expression, and whoever asked for it looks at the problem afterwards.
/// </summary>
internal struct FieldReader
{
    public static readonly JsonReaderOptions Options = new() { MaxDepth = Limits.Depth };

    private readonly ReadOnlyMemory<byte> _utf8;
    private Slots _slots;
    private ulong _repeated;

    /// <param name="utf8">A JSON object in valid UTF-8.</param>
    /// <exception cref="JsonException">It is not JSON, nested too deeply, or something follows it.</exception>
    public FieldReader(ReadOnlyMemory<byte> utf8)
    {
        _utf8 = utf8;
        var reader = new Utf8JsonReader(utf8.Span, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FindField(ref reader);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (field is { } known)
                Note(known, start, (int)reader.BytesConsumed - start);
        }

        // Past the object's end there is nothing but white space, or this throws.
        reader.Read();
    }

    /// <summary>The first thing that was wrong; null while nothing was.</summary>
    public FieldProblem? Problem { get; private set; }

    /// <summary>Whether the field is there.</summary>
    public readonly bool Has(Field field) => _slots[(int)field].Length != 0;

    /// <summary>Whether the field is there, and not null.</summary>
    public readonly bool IsGiven(Field field) => Has(field) && !Value(field).IsNull;

    /// <summary>The bytes of a field, shared with the frame; none where it is missing or given twice.</summary>
    public readonly JsonValue Value(Field field) => new(Slice(field).Span);

    public string Text(Field field, int limit = int.MaxValue)
    {
        var value = Value(field);
        return value.TryGetText(limit, out var text) ? text : Fail<string>(field, value, TextOf(limit));
    }

    /// <summary>Text, or null where the field is missing or null.</summary>
    public string? OptionalText(Field field, int limit = int.MaxValue)
    {
        if (!IsGiven(field))
            return null;

        var value = Value(field);
        return value.TryGetText(limit, out var text) ? text : Fail<string?>(field, value, TextOf(limit) + " or null");
    }

    /// <summary>Text of 1 or more characters, or null where it is missing, null or empty.</summary>
    public string? Nickname(int limit = int.MaxValue) => OptionalText(Field.Nickname, limit) is { Length: > 0 } nickname ? nickname : null;

    /// <summary>A nickname that may be null or empty, but not forgotten.</summary>
    public string? RequiredNickname(int limit) =>
        Has(Field.Nickname) ? Nickname(limit) : Fail<string?>(Field.Nickname, default, TextOf(limit) + " or null");

    public string ServiceName() => Name(Field.Service);

    public string RoomName() => Name(Field.Room);

    public Guid Uuid(Field field)
    {
        var value = Value(field);
        return value.TryGetUuid(out var uuid) ? uuid : Fail<Guid>(field, value, "a uuid in its hyphenated form");
    }

    public long Integer(Field field)
    {
        var value = Value(field);
        return value.TryGetInteger(out var integer) ? integer : Fail<long>(field, value, $"an integer from 0 to {long.MaxValue}");
    }

    public bool Flag(Field field)
    {
        var value = Value(field);
        return value.TryGetFlag(out var flag) ? flag : Fail<bool>(field, value, "true or false");
    }

    /// <summary>Any JSON value, as the bytes that came in.</summary>
    public RawJson Raw(Field field)
    {
        var slice = Slice(field);
        return slice.IsEmpty ? Fail<RawJson>(field, default, "any JSON value") : new RawJson(slice);
    }

    public T Object<T>(Field field, ReadForm<T> read)
    {
        var slice = Slice(field);
        var value = new JsonValue(slice.Span);
        if (!value.IsObject)
            return Fail<T>(field, value, "an object");

        var nested = new FieldReader(slice);
        var result = read(ref nested);
        Problem ??= nested.Problem?.Within(FieldNames.Of(field).Value);
        return result;
    }

    /// <summary>An object, or null where the field is missing or null.</summary>
    public T? OptionalObject<T>(Field field, ReadForm<T> read)
        where T : class =>
        IsGiven(field) ? Object(field, read) : null;

    /// <summary>An array, each of whose elements <paramref name="read"/> finds in <see cref="Field.Element"/>.</summary>
    public ImmutableArray<T> Array<T>(Field field, ReadForm<T> read, int limit = int.MaxValue)
    {
        var value = Value(field);
        if (!value.IsArray || Problem is not null)
            return Fail<ImmutableArray<T>>(field, value, "an array");

        var array = _slots[(int)field];
        var items = ImmutableArray.CreateBuilder<T>();
        var reader = new Utf8JsonReader(Slice(field).Span, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (items.Count == limit)
                return Fail<ImmutableArray<T>>(field, value, $"an array of at most {limit} elements");

            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            _slots[(int)Field.Element] = new Slot(array.Start + start, (int)reader.BytesConsumed - start);
            items.Add(read(ref this));
            if (Problem is not null)
            {
                Problem = Problem.Within($"{FieldNames.Of(field)}[{items.Count - 1}]");
                return [];
            }
        }

        return items.DrainToImmutable();
    }

    /// <summary>An array; empty where the field is missing.</summary>
    public ImmutableArray<T> OptionalArray<T>(Field field, ReadForm<T> read, int limit = int.MaxValue) =>
        Has(field) ? Array(field, read, limit) : [];

    /// <summary>Notes that a field is wrong, unless one was before; what it returns has no meaning.</summary>
    public T Fail<T>(Field field, JsonValue value, string expected)
    {
        Problem ??= new FieldProblem(
            FieldNames.Of(field).Value,
            IsRepeated(field) ? "is given twice" : $"{Complain(field, value)}; {expected} was expected");
        return default!;
    }

    private string Name(Field field)
    {
        var value = Value(field);
        return value.TryGetText(Limits.ServiceName, out var name) && Names.IsServiceName(name)
            ? name
            : Fail<string>(field, value, $"a name of 1 to {Limits.ServiceName} letters, digits or any of _ - . / :");
    }

    private static string Complain(Field field, JsonValue value)
    {
        if (value.IsMissing)
            return "is missing";
        if (field is Field.Secret or Field.FileKey)
            return $"is {value.ShowKind()}";
        if (value.IsString && !value.TryGetUtf8(out _))
            return $"is {value.Show()}, which has half of a surrogate pair";

        return $"is {value.Show()}";
    }

    private static string TextOf(int limit) => limit == int.MaxValue ? "a string" : $"a string of at most {limit} characters";

    private Field? FindField(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return FieldNames.Find(reader.ValueSpan);

        // One name that cannot be unescaped is enough to know: each attempt costs an exception.
        if (Problem is not null)
            return null;

        var name = new JsonValue(_utf8.Span[(int)reader.TokenStartIndex..((int)reader.TokenStartIndex + reader.ValueSpan.Length + 2)]);
        if (name.TryGetUtf8(out var utf8))
            return FieldNames.Find(utf8);

        Problem = new FieldProblem(name.Show(), "has a name with half of a surrogate pair");
        return null;
    }

    private void Note(Field field, int start, int length)
    {
        if (Has(field))
            _repeated |= 1ul << (int)field;

        _slots[(int)field] = new Slot(start, length);
    }

    private readonly bool IsRepeated(Field field) => (_repeated & (1ul << (int)field)) != 0;

    private readonly ReadOnlyMemory<byte> Slice(Field field)
    {
        var slot = _slots[(int)field];
        return IsRepeated(field) ? default : _utf8.Slice(slot.Start, slot.Length);
    }

    private readonly record struct Slot(int Start, int Length);

    [InlineArray((int)Field.Element + 1)]
    private struct Slots
    {
        private Slot _first;
    }
}

/// <summary>What is wrong with which field.</summary>
/// <param name="Path">From the outermost object: <c>target.uuid</c>, <c>tags[3]</c>.</param>
/// <param name="Complaint">What it is, and what was expected.</param>
internal sealed record FieldProblem(string Path, string Complaint)
{
    /// <summary>The same, seen from one object or array further out, which knows it by that name; an element has none.</summary>
    public FieldProblem Within(string name) =>
        this with { Path = name.Length == 0 || Path.Length == 0 ? name + Path : $"{name}.{Path}" };

    public override string ToString() => $"field '{Path}' {Complaint}";
}
