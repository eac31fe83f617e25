using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Concierge.Robot.Tests.Ros;

/// <summary>
/// A rosbridge in this process, on a real WebSocket: it takes one connection after the other and gives the test what comes in;
/// what it says, the test says, in the form of rosbridge's protocol specification, version 2.
/// </summary>
internal sealed class FakeRosBridge : IAsyncDisposable
{
    private readonly Channel<Connection> _connections = Channel.CreateUnbounded<Connection>();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Connection> _open = [];
    private TcpListener _listener = new(IPAddress.Loopback, 0);
    private Task _accepting;

    public FakeRosBridge()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAllAsync();
    }

    public int Port { get; }

    /// <summary>Waits for the robot's next connection.</summary>
    public Task<Connection> AcceptAsync() => _connections.Reader.ReadAsync().InTime();

    /// <summary>Goes away, with all connections, and comes back.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAllAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await StopAsync();
        _stop.Dispose();
    }

    private async Task StopAsync()
    {
        _listener.Stop();
        await _accepting.InTime();
        foreach (var connection in _open) connection.Dispose();
        _open.Clear();
    }

    private async Task AcceptAllAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var connection = new Connection(client, await UpgradeAsync(client.GetStream()));
                _open.Add(connection);
                _connections.Writer.TryWrite(connection);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It is stopped.
        }
    }

    private static async Task<WebSocket> UpgradeAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        var one = new byte[1];
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            request.Append((char)one[0]);
        }

        var key = request.ToString().Split("\r\n").Single(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(": ")[1];
#pragma warning disable CA5350 // RFC 6455 wants SHA-1.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
        return WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
    }

    internal sealed class Connection(TcpClient client, WebSocket socket) : IDisposable
    {
        /// <summary>The next operation; null when the robot has closed.</summary>
        public async Task<JsonElement?> NextAsync()
        {
            var buffer = new byte[64 * 1024];
            var length = 0;
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).InTime();
                if (read.MessageType == WebSocketMessageType.Close) return null;
                length += read.Count;
                if (read.EndOfMessage) return JsonDocument.Parse(buffer.AsMemory(0, length)).RootElement.Clone();
            }
        }

        /// <summary>The next operation, which has to be of that kind.</summary>
        public async Task<JsonElement> NextAsync(string operation)
        {
            var next = await NextAsync();
            next.ShouldNotBeNull();
            next.Value.GetProperty("op").GetString().ShouldBe(operation);
            return next.Value;
        }

        public Task SayAsync(string operation) =>
            socket.SendAsync(Encoding.UTF8.GetBytes(operation), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).InTime();

        public void Dispose()
        {
            socket.Dispose();
            client.Dispose();
        }
    }
}
