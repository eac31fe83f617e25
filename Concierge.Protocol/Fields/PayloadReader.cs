using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Concierge.Protocol.Fields;

/// <summary>What reading has in common in both directions: from any bytes at all to a payload, or to what is wrong with them.</summary>
internal static class PayloadReader
{
    private const int LongestReason = 200;

    /// <summary>Reads one payload. Throws nothing, whatever the bytes.</summary>
    public static bool TryRead<T>(
        ReadOnlyMemory<byte> utf8, Forms<T> forms, [NotNullWhen(true)] out T? payload, [NotNullWhen(false)] out ReadError? error)
        where T : class
    {
        payload = null;
        error = FindWhyNoObject(utf8.Span);
        if (error is not null)
            return false;

        try
        {
            var fields = new FieldReader(utf8);
            payload = Read(ref fields, forms, out error);
        }
        catch (JsonException exception)
        {
            // The parser repeats a bad literal whole, however long it is.
            error = NotAPayload($"the frame is not JSON: {Shorten(exception.Message)}");
        }

        return error is null;
    }

    private static T? Read<T>(ref FieldReader fields, Forms<T> forms, out ReadError? error)
        where T : class
    {
        error = null;
        var value = fields.Value(Field.Type);
        if (!value.TryGetUtf8(out var type))
        {
            fields.Fail<string>(Field.Type, value, "a string");
            error = NotAPayload(fields.Problem!.ToString());
            return null;
        }

        var read = forms.Find(type);
        if (read is null)
        {
            error = new ReadError(
                ReadErrorKind.UnknownType, JsonValue.Shorten(type), $"field 'type' is {value.Show()}; one of {forms} was expected");
            return null;
        }

        var payload = read(ref fields);
        if (fields.Problem is null)
            return payload;

        error = new ReadError(ReadErrorKind.BadField, Encoding.UTF8.GetString(type), fields.Problem.ToString());
        return null;
    }

    // Said without a parser's exception, which costs as much as a thousand payloads.
    private static ReadError? FindWhyNoObject(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
            return NotAPayload("the frame is not valid UTF-8");
        if (utf8.StartsWith("\uFEFF"u8))
            return NotAPayload("the frame starts with a byte order mark; a JSON object was expected");

        var start = utf8.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty)
            return NotAPayload("the frame is empty; a JSON object was expected");

        return start[0] == '{' ? null : NotAPayload($"the frame is {new JsonValue(start).Show()}; a JSON object was expected");
    }

    private static string Shorten(string reason) =>
        reason.Length <= LongestReason ? reason : string.Concat(reason.AsSpan(0, LongestReason), "…");

    private static ReadError NotAPayload(string description) => new(ReadErrorKind.NotAPayload, null, description);
}
