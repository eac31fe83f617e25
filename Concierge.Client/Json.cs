using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Concierge.Protocol;

namespace Concierge.Client;

/// <summary>Between .NET's values and the JSON that messages carry. Thread-safe; all JSON is UTF-8.</summary>
public static class Json
{
    /// <summary>A value as JSON.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="type">How its type is written, from a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/>.</param>
    /// <exception cref="NotSupportedException">The value holds something that has no JSON form.</exception>
    public static RawJson Of<T>(T value, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>Text as a JSON string. For JSON that is text already there is <see cref="RawJson.From"/>.</summary>
    /// <param name="text">The text.</param>
    public static RawJson Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Written(writer => writer.WriteStringValue(text));
    }

    /// <summary>A parsed value as JSON, copied: it outlives the element's document.</summary>
    /// <param name="element">The value.</param>
    /// <exception cref="InvalidOperationException">The element is <c>default</c>.</exception>
    /// <exception cref="ObjectDisposedException">The element's document was disposed of.</exception>
    public static RawJson Of(JsonElement element) => Written(element.WriteTo);

    /// <summary>Reads JSON as a value.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="json">What a message carried.</param>
    /// <param name="type">How its type is read, from a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/>.</param>
    /// <returns>The value; null for JSON's <c>null</c>.</returns>
    /// <exception cref="JsonException">The JSON is of another shape. Expect it: other clients may send anything.</exception>
    public static T? To<T>(this RawJson json, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(json.Utf8.Span, type);

    /// <summary>Reads JSON whose shape is not known beforehand.</summary>
    /// <param name="json">What a message carried.</param>
    /// <exception cref="JsonException">This is not JSON; what comes from a concierge always is.</exception>
    public static JsonElement ToElement(this RawJson json)
    {
        var reader = new Utf8JsonReader(json.Utf8.Span);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>A parsed value as the JSON that it was parsed from, byte for byte, copied.</summary>
    internal static RawJson Verbatim(JsonElement element) => new(JsonMarshal.GetRawUtf8Value(element).ToArray());

    /// <summary>Sees to it that data is one JSON value: anything else could end its message early and begin another.</summary>
    internal static void Check(RawJson data)
    {
        try
        {
            // The message around the data is one level of what may be nested.
            var reader = new Utf8JsonReader(data.Utf8.Span, new JsonReaderOptions { MaxDepth = Limits.Depth - 1 });
            while (reader.Read())
            {
            }
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The data is not one JSON value: {e.Message} {nameof(Json)}.{nameof(Of)} makes JSON of text and other values.", nameof(data), e);
        }
    }

    private static RawJson Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return new RawJson(buffer.WrittenMemory);
    }
}
