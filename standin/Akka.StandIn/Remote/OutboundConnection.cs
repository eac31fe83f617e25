using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Akka.Actor;

namespace Akka.Remote;

/// <summary>A connection that this end has opened, past its handshake. Messages go out by it; what comes in is only its end.</summary>
internal sealed class OutboundConnection : IDisposable
{
    private const int BatchSize = 128 * 1024;
    private const int LargePayload = 16 * 1024;

    private readonly Socket _socket;
    private readonly Stream _stream;

    private OutboundConnection(Socket socket, Stream stream, int remoteUid) => (_socket, _stream, RemoteUid) = (socket, stream, remoteUid);

    internal int RemoteUid { get; }

    /// <summary>Completed when the connection has ended, once it is watched.</summary>
    internal Task Ended { get; private set; } = Task.CompletedTask;

    internal static async Task<OutboundConnection> OpenAsync(Remoting remoting, Address remote)
    {
        var socket = await ConnectAsync(remoting, remote).ConfigureAwait(false);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(remoting.ShutDown);
            timeout.CancelAfter(remoting.Settings.HandshakeTimeout);
            if (remoting.Settings.Tls is { } tls)
                stream = await tls.ConnectAsync(stream, timeout.Token).ConfigureAwait(false);
            await stream.WriteAsync(new Hello(remoting.Uid, remoting.LocalAddress, remote).ToFrame(), timeout.Token).ConfigureAwait(false);
            var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, bufferSize: 256));
            var answer = await Frame.ReadAsync(reader, Hello.LongestFrame, timeout.Token).ConfigureAwait(false);
            await reader.CompleteAsync().ConfigureAwait(false);
            return new OutboundConnection(socket, stream, Handshake.ParseAnswer(answer));
        }
        catch (OperationCanceledException e)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw new RemoteTransportException($"No answer within {remoting.Settings.HandshakeTimeout}.", e);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal void Watch(Action whenEnded) => Ended = WatchAsync(whenEnded);

    /// <summary>All of it, in as few writes as its size allows.</summary>
    internal async Task WriteAsync(List<OutboundMessage> messages)
    {
        var batch = ArrayPool<byte>.Shared.Rent(BatchSize);
        try
        {
            var used = 0;
            foreach (var message in messages)
            {
                var isLarge = message.Payload.Length > LargePayload;
                if (used + (isLarge ? message.HeaderLength : message.FrameLength) > batch.Length)
                {
                    await _stream.WriteAsync(batch.AsMemory(0, used)).ConfigureAwait(false);
                    used = 0;
                }
                message.WriteHeader(batch.AsSpan(used));
                used += message.HeaderLength;
                if (isLarge)
                {
                    await _stream.WriteAsync(batch.AsMemory(0, used)).ConfigureAwait(false);
                    used = 0;
                    await _stream.WriteAsync(message.Payload).ConfigureAwait(false);
                }
                else
                {
                    message.Payload.CopyTo(batch, used);
                    used += message.Payload.Length;
                }
            }
            if (used > 0)
                await _stream.WriteAsync(batch.AsMemory(0, used)).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(batch);
        }
    }

    /// <summary>Lets the other end have all that was written, as <see cref="Dispose"/> doesn't; it then ends the connection.</summary>
    internal Task FinishAsync()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It has ended.
        }
        return Ended;
    }

    public void Dispose() => _socket.Dispose();

    private async Task WatchAsync(Action whenEnded)
    {
        try
        {
            // Nothing is expected; whatever comes, or the end, ends it.
            _ = await _stream.ReadAsync(new byte[1]).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            // It has ended.
        }
        whenEnded();
    }

    private static async Task<Socket> ConnectAsync(Remoting remoting, Address remote)
    {
        var settings = remoting.Settings;
        var endPoint = await EndPoints.ResolveAsync(remote.Host, remote.Port.Value, settings.Family).ConfigureAwait(false);
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            EndPoints.NoticeSilentEnd(socket);
            EndPoints.GiveUpUnacknowledgedAfter(socket, settings.ConnectTimeout);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(remoting.ShutDown);
            timeout.CancelAfter(settings.ConnectTimeout);
            await socket.ConnectAsync(endPoint, timeout.Token).ConfigureAwait(false);
            return socket;
        }
        catch (OperationCanceledException e)
        {
            socket.Dispose();
            throw new RemoteTransportException($"No connection within {settings.ConnectTimeout}.", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
