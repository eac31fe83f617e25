using System.Net.Sockets;
using Concierge.Actors.Connections;
using Concierge.Actors.Dialects;
using Concierge.Protocol.JsonStreams;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Concierge.Node.Connections;

// Clients that send JSON objects over TCP as it is: no handshake, no frames, no pings. TCP itself finds out who has died.
internal sealed partial class FrontDoor
{
    /// <summary>TCP_USER_TIMEOUT of linux/tcp.h: how long what was sent may stay unacknowledged. Probes are for connections on which nothing is.</summary>
    private const int TcpUserTimeout = 18;

    private const int Probes = 3;

    /// <summary>Serves one connection to the listener of a dialect that has no WebSockets.</summary>
    public async Task OnPlainConnectedAsync(ConnectionContext connection, DialectKind dialect)
    {
        if (!TryCount())
        {
            LogFull(logger, dialect, limits.Connections);
            return;
        }
        Socket socket = connection.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        NoticeDeath(socket, limits.Silence);
        Connection client = Admit(WireOf(connection), [], isPlain: true);
        _ = HangUpAsync(client.Outbox, socket);
        var reader = new ObjectReader(limits.FrameSize);
        await ServeAsync(connection.Transport.Input, client, dialect, (chunk, messages) => reader.Read(chunk, messages)).ConfigureAwait(false);
    }

    // The client sees the end when it has read all, and closes; the outbox doesn't wait for it forever.
    private static async Task HangUpAsync(Outbox outbox, Socket socket)
    {
        await outbox.Finished.ConfigureAwait(false);
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The client was quicker.
        }
    }

    private static void NoticeDeath(Socket socket, TimeSpan silence)
    {
        int part = Math.Max(1, (int)(silence.TotalSeconds / (Probes + 1)));
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, part);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, part);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
        if (!OperatingSystem.IsLinux()) return;
        socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpUserTimeout, BitConverter.GetBytes((int)silence.TotalMilliseconds));
    }

    [LoggerMessage(1, LogLevel.Warning, "A client of {dialect} is not let in: there are {connections} connections already (concierge.limits.connections)")]
    private static partial void LogFull(ILogger logger, DialectKind dialect, int connections);
}
