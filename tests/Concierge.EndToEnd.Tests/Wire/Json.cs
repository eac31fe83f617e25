using System.Text.Json;

namespace Concierge.EndToEnd.Tests.Wire;

/// <summary>JSON in tests: what is expected is written as it looks on the wire.</summary>
internal static class Json
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    public static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text, Options);
        return document.RootElement.Clone();
    }

    public static string Quote(string? text) => JsonSerializer.Serialize(text);

    /// <summary>Every field has to be there and no other, in any order.</summary>
    public static void ShouldBeJson(this JsonElement actual, string expected)
    {
        if (!JsonElement.DeepEquals(actual, Parse(expected))) actual.GetRawText().ShouldBe(expected);
    }

    public static string TypeOf(this JsonElement payload) => payload.GetProperty("type").GetString()!;
}
