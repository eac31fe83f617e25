using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Concierge.Protocol;

namespace Concierge.Actors.Dialects;

/// <summary>JSON for programs, which needs no more escapes than JSON asks for.</summary>
internal static class RelaxedJson
{
    /// <summary>How it is written.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether it is one JSON value, and not nested more deeply than can be passed on inside of a message.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="depth">How deeply it may be nested.</param>
    public static bool IsValue(ReadOnlySpan<byte> utf8, int depth = Limits.Depth - 1)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = depth });
        try
        {
            if (!reader.Read()) return false;
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether it is a value, as above, and an object.</summary>
    public static bool IsObject(ReadOnlySpan<byte> utf8) => utf8.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] && IsValue(utf8);

    /// <summary>Text as a JSON string.</summary>
    /// <param name="utf8">Valid UTF-8.</param>
    public static byte[] String(ReadOnlySpan<byte> utf8)
    {
        var buffer = new ArrayBufferWriter<byte>(utf8.Length + 2);
        using (var json = new Utf8JsonWriter(buffer, Options)) json.WriteStringValue(utf8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Text as a JSON string.</summary>
    public static byte[] String(string text)
    {
        var buffer = new ArrayBufferWriter<byte>(text.Length + 2);
        using (var json = new Utf8JsonWriter(buffer, Options)) json.WriteStringValue(text);
        return buffer.WrittenSpan.ToArray();
    }
}
