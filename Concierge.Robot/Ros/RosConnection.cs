using System.Net.WebSockets;
using System.Threading.Channels;
using Concierge.Protocol;
using Concierge.Robot.Configuration;

namespace Concierge.Robot.Ros;

/// <summary>A WebSocket to rosbridge: one loop reads, one writes what is queued.</summary>
internal sealed class RosConnection : IRosConnection
{
    private const int MostWaiting = 256;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1), KeepAlive = TimeSpan.FromSeconds(5), ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket;
    private readonly Action<object> _tell;
    private readonly int _mostBytes;
    private readonly RosFragments _fragments;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<RawJson> _outgoing = Channel.CreateBounded<RawJson>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private Task _writing = Task.CompletedTask;

    private RosConnection(ClientWebSocket socket, RosSettings settings, Action<object> tell)
    {
        _socket = socket;
        _tell = tell;
        _mostBytes = settings.MessageSize;
        _fragments = new RosFragments(settings.MessageSize);
    }

    /// <summary>Connects.</summary>
    /// <exception cref="WebSocketException">Nobody listens there.</exception>
    /// <exception cref="OperationCanceledException">Nobody answers.</exception>
    public static async Task<IRosConnection> DialAsync(RosSettings settings, Action<object> tell)
    {
        var socket = new ClientWebSocket();
        // A bridge that vanished without a word is noticed.
        socket.Options.KeepAliveInterval = socket.Options.KeepAliveTimeout = KeepAlive;
        try
        {
            using var late = new CancellationTokenSource(ConnectTimeout);
            await socket.ConnectAsync(settings.Url, late.Token);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var connection = new RosConnection(socket, settings, tell);
        connection._writing = Task.Run(connection.WriteAsync);
        _ = Task.Run(connection.ReadAsync);
        return connection;
    }

    public bool Send(RawJson operation) => _outgoing.Writer.TryWrite(operation);

    public async Task CloseAsync()
    {
        _outgoing.Writer.TryComplete();
        _stop.CancelAfter(Farewell);
        try
        {
            await _writing;
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _stop.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It is closed by that, too.
        }

        Dispose();
    }

    public void Dispose()
    {
        _outgoing.Writer.TryComplete();
        _stop.Cancel();
        _socket.Dispose();
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var operation in _outgoing.Reader.ReadAllAsync(_stop.Token))
                await _socket.SendAsync(operation.Utf8, WebSocketMessageType.Text, endOfMessage: true, _stop.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The reading loop finds out, too, and tells.
            _outgoing.Writer.TryComplete();
            _socket.Abort();
        }
    }

    private async Task ReadAsync()
    {
        var reason = "rosbridge closed the connection";
        try
        {
            while (await ReceiveAsync() is { } message) Take(RosReader.Read(message));
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            reason = $"the connection to rosbridge broke: {(e.InnerException ?? e).Message}";
        }

        _tell(new RosClosed(this, reason));
    }

    private void Take(RosOperation operation)
    {
        if (operation is RosOperation.Fragment fragment)
        {
            if (_fragments.Add(fragment) is not { } whole) return;
            operation = RosReader.Read(whole);
        }

        // A fragment that holds a fragment is none that anybody would send.
        if (operation is not (RosOperation.Fragment or RosOperation.Unknown)) _tell(new RosIncoming(this, operation));
    }

    /// <returns>A message; null at the end.</returns>
    private async Task<ReadOnlyMemory<byte>?> ReceiveAsync()
    {
        var buffer = new byte[4096];
        var length = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token);
            if (read.MessageType == WebSocketMessageType.Close) return null;
            length += read.Count;
            if (read.EndOfMessage) return buffer.AsMemory(0, length);
            if (length >= _mostBytes) throw new IOException($"a message of more than {_mostBytes} bytes; robot.ros.message-size bounds it");
            if (length == buffer.Length) Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, _mostBytes));
        }
    }
}
