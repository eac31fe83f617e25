using System.Net;
using System.Net.WebSockets;
using Concierge.Protocol;

namespace Concierge.Client;

/// <summary>Text messages over a WebSocket. The framework's client answers pings and closes, as long as a receive is under way.</summary>
internal sealed class WebSocketTransport : ITransport
{
    private const string Subprotocol = "ert-concierge";
    private const int UsualMessage = 16 * 1024;

    private readonly ClientWebSocket _socket;
    private readonly string _name;
    private readonly int _maxMessage;
    private byte[] _buffer = new byte[UsualMessage];

    private WebSocketTransport(ClientWebSocket socket, ConciergeClientOptions options)
    {
        _socket = socket;
        _name = options.Name;
        _maxMessage = options.MaxMessageSize;
    }

    /// <param name="options">Where to, and how often to ping.</param>
    /// <param name="http">Makes the HTTP request that becomes the WebSocket; not disposed of.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask<ITransport> DialAsync(ConciergeClientOptions options, HttpMessageInvoker http, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(Subprotocol);
        socket.Options.KeepAliveInterval = options.KeepAlive;
        socket.Options.KeepAliveTimeout = options.KeepAlive;
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(options.Uri, http, cancellationToken).ConfigureAwait(false);
            return new WebSocketTransport(socket, options);
        }
        catch (Exception e)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            throw e is WebSocketException ? NotConnected(options.Uri, status, e) : e;
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var length = 0;
            while (true)
            {
                var read = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (read.MessageType == WebSocketMessageType.Close)
                    throw await ClosedAsync(cancellationToken).ConfigureAwait(false);

                length += read.Count;
                if (length > _maxMessage)
                {
                    throw new ConciergeClosedException(
                        $"The concierge sent a message of more than {_maxMessage} bytes: raise {nameof(ConciergeClientOptions.MaxMessageSize)} where that is to be expected.",
                        CloseCode.TooBig);
                }

                if (read.EndOfMessage)
                    return Take(length);
                if (length == _buffer.Length)
                    Array.Resize(ref _buffer, (int)Math.Min(2L * _buffer.Length, Math.Max(_maxMessage + 1L, UsualMessage)));
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            throw Broken(e);
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            throw Broken(e);
        }
    }

    public async ValueTask CloseAsync(CloseCode code, CancellationToken cancellationToken)
    {
        try
        {
            await _socket.CloseOutputAsync((WebSocketCloseStatus)code, null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // Closed already, or broken: what was to be achieved is.
        }
    }

    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
    }

    /// <summary>The message as bytes of its own. A large one takes the buffer with it, so that idle connections keep none.</summary>
    private ReadOnlyMemory<byte> Take(int length)
    {
        if (_buffer.Length == UsualMessage)
            return _buffer.AsSpan(0, length).ToArray();

        var message = _buffer.AsMemory(0, length);
        _buffer = new byte[UsualMessage];
        return message;
    }

    private async ValueTask<ConciergeClosedException> ClosedAsync(CancellationToken cancellationToken)
    {
        var code = (CloseCode?)_socket.CloseStatus;
        await CloseAsync(code ?? CloseCode.Normal, cancellationToken).ConfigureAwait(false);
        return code is null or (CloseCode)WebSocketCloseStatus.Empty
            ? new ConciergeClosedException("The concierge closed the connection and gave no reason.")
            : ConciergeClosedException.From(code.Value, _socket.CloseStatusDescription, _name);
    }

    private static ConciergeClosedException Broken(Exception e) =>
        new($"The connection to the concierge broke: {(e.InnerException ?? e).Message}", innerException: e);

    private static ConciergeClosedException NotConnected(Uri uri, HttpStatusCode status, Exception e) => status switch
    {
        HttpStatusCode.ServiceUnavailable => new($"The concierge at {uri} takes no more connections at present: try again later.", innerException: e),
        0 => new($"Could not connect to {uri}: {(e.InnerException ?? e).Message} Does a concierge listen there?", innerException: e),
        _ => new($"{uri} is no concierge: it answered with HTTP {(int)status} ({status}) instead of opening a WebSocket.", innerException: e),
    };
}
