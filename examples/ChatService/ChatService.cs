using System.Text.Json;
using Concierge.Client;
using Concierge.Protocol;

namespace Concierge.Examples.ChatService;

/// <summary>
/// One chat room: whoever subscribes is in it. What a subscriber says goes to all, with its author; who comes and goes is
/// announced; <c>/about</c> is answered to the asker alone.
/// </summary>
internal sealed class ChatService(ConciergeClient client, string name) : ServiceHost(client, name, "Chat")
{
    private static readonly string About =
        $"(Only you can see this!)\nConcierge Chat Service\nVersion: {typeof(ChatService).Assembly.GetName().Version?.ToString(3)}";

    protected override async ValueTask OnSubscribedAsync(ClientInfo subscriber, CancellationToken cancellationToken) =>
        await BroadcastAsync(ChatMessage.Status($"{NameOf(subscriber)} joined the chat."), ChatJson.Default.ChatMessage, cancellationToken);

    protected override async ValueTask OnUnsubscribedAsync(ClientInfo subscriber, CancellationToken cancellationToken) =>
        await BroadcastAsync(ChatMessage.Status($"{NameOf(subscriber)} left the chat."), ChatJson.Default.ChatMessage, cancellationToken);

    protected override async ValueTask OnMessageAsync(Origin origin, RawJson data, CancellationToken cancellationToken)
    {
        var author = origin.Client;
        await (TextOf(data) switch
        {
            null => TellAsync("Expected {\"type\":\"TEXT\",\"text\":\"…\"}."),
            "/about" => TellAsync(About),
            var text => BroadcastAsync(ChatMessage.Said(NameOf(author), author.Uuid.ToString(), text), ChatJson.Default.ChatMessage, cancellationToken),
        });

        Task TellAsync(string text) =>
            SendToAsync(author.Uuid, ChatMessage.Said("System Message", "0", text), ChatJson.Default.ChatMessage, cancellationToken);
    }

    private static string NameOf(ClientInfo client) => client.Nickname ?? client.Name;

    /// <summary>What a message says, or null where it is not one of a chat: subscribers may send any JSON at all.</summary>
    private static string? TextOf(RawJson data)
    {
        try
        {
            return data.To(ChatJson.Default.Utterance) is { Type: "TEXT", Text: { } text } ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
