using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Concierge.Actors.Dialects.Iot;

/// <summary>What robots and browsers say to each other, <c>{"type": T, "data": {…}}</c>, as far as the concierge has to understand it.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Id">The id in its data, which may be a number, or null.</param>
/// <param name="Name">The name in its data, or null.</param>
internal sealed record IotMessage(string Type, string? Id, string? Name)
{
    /// <summary>The server's own words, as <c>msg</c>.</summary>
    public static byte[] Say(string text) => [.. """{"type":"msg","data":{"data":"""u8, .. RelaxedJson.String(text + "\n"), .. "}}"u8];

    /// <summary>Reads one.</summary>
    /// <returns>False where it is no JSON, or has no type, or is nested too deeply to be passed on.</returns>
    public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out IotMessage? message)
    {
        message = null;
        if (!RelaxedJson.IsObject(utf8)) return false;
        string? type = null, id = null, name = null;
        var reader = new Utf8JsonReader(utf8);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isType = reader.ValueTextEquals("type"u8), isData = reader.ValueTextEquals("data"u8);
                reader.Read();
                if (isType) type = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                if (isData && reader.TokenType == JsonTokenType.StartObject) ReadData(ref reader, ref id, ref name);
                else reader.Skip();
            }
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: no text.
            return false;
        }
        if (type is null) return false;
        message = new IotMessage(type, id, name);
        return true;
    }

    private static void ReadData(ref Utf8JsonReader reader, ref string? id, ref string? name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("id"u8), isName = reader.ValueTextEquals("name"u8);
            reader.Read();
            if (isId) id = TextOf(ref reader);
            else if (isName) name = TextOf(ref reader);
            reader.Skip();
        }
    }

    private static string? TextOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => null,
    };
}
