using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Concierge.Node.Tests.Hosting;

/// <summary>The least client that there can be: the framework's WebSocket, identified.</summary>
internal sealed class IdentifiedClient : IAsyncDisposable, IDisposable
{
    private readonly ClientWebSocket _socket = new();

    private IdentifiedClient()
    {
    }

    public string Uuid { get; private set; } = "";

    public string FileKey { get; private set; } = "";

    public static async Task<IdentifiedClient> ConnectAsync(Uri url, Action<ClientWebSocketOptions>? configure = null)
    {
        var client = new IdentifiedClient();
        configure?.Invoke(client._socket.Options);
        await client._socket.ConnectAsync(url, CancellationToken.None);
        await client.SendAsync($$"""{"type":"IDENTIFY","name":"client_{{Guid.NewGuid():N}}","nickname":null,"version":"0.2.0","secret":null,"tags":[]}""");
        var hello = await client.ReceiveAsync("HELLO");
        (client.Uuid, client.FileKey) = (hello.GetProperty("uuid").GetString()!, hello.GetProperty("file_key").GetString()!);
        return client;
    }

    public Task SendAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>Reads on to the next payload of a type.</summary>
    public async Task<JsonElement> ReceiveAsync(string type)
    {
        while (true)
        {
            var (result, text) = await ReceiveFrameAsync();
            if (result.MessageType == WebSocketMessageType.Close) throw new InvalidOperationException($"Closed with {result.CloseStatus} before {type} came.");
            var payload = JsonDocument.Parse(text).RootElement;
            if (payload.GetProperty("type").GetString() == type) return payload;
        }
    }

    /// <summary>Reads on to the close frame.</summary>
    public async Task<WebSocketCloseStatus?> ReceiveCloseAsync()
    {
        while (true)
        {
            var (result, _) = await ReceiveFrameAsync();
            if (result.MessageType != WebSocketMessageType.Close) continue;
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            return result.CloseStatus;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        Dispose();
    }

    public void Dispose() => _socket.Dispose();

    private async Task<(WebSocketReceiveResult Result, string Text)> ReceiveFrameAsync()
    {
        var buffer = new byte[16 * 1024];
        var result = await _socket.ReceiveAsync(buffer, CancellationToken.None);
        return (result, Encoding.UTF8.GetString(buffer, 0, result.Count));
    }
}
