using System.Text.Json.Serialization;

namespace Concierge.Examples.ChatService;

/// <summary>What a subscriber sends, as a message's data. Whatever else is in it does not matter.</summary>
/// <param name="Type"><c>TEXT</c>.</param>
/// <param name="Text">What it says.</param>
internal sealed record Utterance(string? Type, string? Text);

/// <summary>What the service sends, as a message's data.</summary>
/// <param name="Type"><c>TEXT</c> or <c>STATUS</c>.</param>
/// <param name="Author">Who said a text.</param>
/// <param name="AuthorUuid">The author's uuid; <c>0</c> for the service itself.</param>
/// <param name="Text">What was said, or happened.</param>
internal sealed record ChatMessage(string Type, string? Author, string? AuthorUuid, string Text)
{
    public static ChatMessage Said(string author, string authorUuid, string text) => new("TEXT", author, authorUuid, text);

    public static ChatMessage Status(string text) => new("STATUS", null, null, text);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Utterance))]
[JsonSerializable(typeof(ChatMessage))]
internal sealed partial class ChatJson : JsonSerializerContext;
