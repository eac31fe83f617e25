using System.Text.Json;
using Concierge.Protocol;

namespace Concierge.Actors.Dialects;

/// <summary>What somebody says in a chat, as the <c>data</c> of a message.</summary>
internal static class ChatText
{
    /// <summary>
    /// <c>{"type":"TEXT","author":…,"author_uuid":…,"text":…}</c>, which clients of the original chat service know.
    /// </summary>
    public static byte[] Data(string author, Guid uuid, string text) =>
    [
        .. """{"type":"TEXT","author":"""u8, .. RelaxedJson.String(author),
        .. ",\"author_uuid\":"u8, .. RelaxedJson.String(uuid.ToString()),
        .. ",\"text\":"u8, .. RelaxedJson.String(text), (byte)'}',
    ];

    /// <summary>The text that somebody means by <c>data</c>: a string itself, the <c>text</c> of an object, else the JSON.</summary>
    public static string Of(RawJson data)
    {
        var reader = new Utf8JsonReader(data.Utf8.Span);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String) return reader.GetString()!;
            if (reader.TokenType == JsonTokenType.StartObject && TryGetText(ref reader, out string? text)) return text!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: no text, but still JSON.
        }
        return data.ToString();
    }

    private static bool TryGetText(ref Utf8JsonReader reader, out string? text)
    {
        text = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isText = reader.ValueTextEquals("text"u8);
            reader.Read();
            if (isText) text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
        }
        return text is not null;
    }
}
