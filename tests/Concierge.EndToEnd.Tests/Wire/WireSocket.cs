using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Concierge.EndToEnd.Tests.Programs;

namespace Concierge.EndToEnd.Tests.Wire;

/// <summary>
/// A connection to a node as bare as it gets: every byte that is sent is the test's, and nothing is read before the
/// test reads it. So it can be slow, rude, or silent, which no library lets one be.
/// </summary>
public sealed class WireSocket : IAsyncDisposable
{
    private readonly NodeProcess _node;
    private readonly Uri _url;
    private readonly Socket _socket;
    private readonly Stream _output;
    private readonly BufferedStream _input;

    private WireSocket(NodeProcess node, Uri url, Socket socket, Stream stream)
    {
        _node = node;
        _url = url;
        _socket = socket;
        _output = stream;
        _input = new BufferedStream(stream, 64 * 1024);
    }

    public static async Task<WireSocket> DialAsync(NodeProcess node, Uri url, int? receiveBuffer)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } size) socket.ReceiveBufferSize = size;
        await Patience.For(socket.ConnectAsync(url.Host, url.Port), "a TCP connection", node.Program);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        if (url.Scheme == "wss" && node.Certificate is { } certificate)
        {
            var tls = new SslStream(stream, false, (_, presented, _, _) => presented?.Equals(certificate) == true);
            await Patience.For(tls.AuthenticateAsClientAsync(node.Url.Host), "the TLS handshake", node.Program);
            stream = tls;
        }

        return new WireSocket(node, url, socket, stream);
    }

    /// <summary>Asks for a WebSocket, and reads the answer whatever it is.</summary>
    /// <param name="subprotocols">What to offer.</param>
    public async Task<UpgradeResponse> UpgradeAsync(string[] subprotocols)
    {
        string offer = subprotocols.Length == 0 ? "" : $"Sec-WebSocket-Protocol: {string.Join(", ", subprotocols)}\r\n";
        await SendRequestAsync(
            $"GET {_url.AbsolutePath} HTTP/1.1\r\nHost: {_url.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{offer}\r\n");
        return await ReadResponseAsync();
    }

    /// <summary>Reads an HTTP response's head, and its body where a Content-Length announces one.</summary>
    public async Task<UpgradeResponse> ReadResponseAsync()
    {
        StringBuilder head = new();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)(await ReadAsync(1))[0]);
        var response = new UpgradeResponse(head.ToString());
        if (response["Content-Length"] is { } length && response.Status != 101)
            response = response with { Body = Encoding.UTF8.GetString(await ReadAsync(int.Parse(length, null))) };
        return response;
    }

    public Task SendRequestAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public Task SendAsync(byte[] bytes) =>
        Patience.For(_output.WriteAsync(bytes).AsTask(), "the node to take what is sent", _node.Program);

    /// <summary>Sends to a node that may have hung up.</summary>
    /// <returns>False where it has.</returns>
    public async Task<bool> TrySendAsync(byte[] bytes)
    {
        try
        {
            await SendAsync(bytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The next frame; null where the connection ended.</summary>
    public async Task<Frame?> ReadFrameAsync()
    {
        try
        {
            byte[] header = await ReadAsync(2);
            (header[0] & 0x70).ShouldBe(0, "no extension was agreed on");
            (header[1] & 0x80).ShouldBe(0, "a server's frames are not masked");
            int length = header[1] switch
            {
                126 => BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2)),
                127 => (int)BinaryPrimitives.ReadUInt64BigEndian(await ReadAsync(8)),
                _ => header[1],
            };
            return new Frame((Opcode)(header[0] & 0x0F), (header[0] & 0x80) != 0, await ReadAsync(length));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Waits for what comes of several reads, as long as for one.</summary>
    public Task<T> AwaitAsync<T>(Task<T> awaited, string what) => Patience.For(awaited, what, _node.Program);

    /// <summary>Waits until the node has ended the connection; fails where it says something instead.</summary>
    public async Task ReadEndAsync() => (await ReadFrameAsync()).ShouldBeNull("nothing more was expected than the connection's end");

    /// <summary>Ends the sending half; the other stays open.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Waits, without reading a byte, until the node has dropped the connection.</summary>
    public async Task WaitUntilDroppedAsync()
    {
        Task<bool> dropped = Task.Factory.StartNew(
            () => _socket.Poll(Patience.Limit, SelectMode.SelectError), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        (await Patience.For(dropped, "the node to drop the connection", _node.Program)).ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _output.DisposeAsync();
        }
        catch (IOException)
        {
            // Over TLS that takes a farewell, which comes too late where the node was quicker.
        }
    }

    private async Task<byte[]> ReadAsync(int length)
    {
        var bytes = new byte[length];
        await Patience.For(_input.ReadExactlyAsync(bytes).AsTask(), "something from the node", _node.Program);
        return bytes;
    }
}
