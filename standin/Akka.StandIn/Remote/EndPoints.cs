using System.Net;
using System.Net.Sockets;

namespace Akka.Remote;

internal static class EndPoints
{
    /// <summary>A literal address as it is; a name by DNS.</summary>
    internal static async Task<IPEndPoint> ResolveAsync(string host, int port, AddressFamily family)
    {
        if (IPAddress.TryParse(host, out var literal))
            return new IPEndPoint(literal, port);
        var found = await Dns.GetHostAddressesAsync(host, family).ConfigureAwait(false);
        return found is [var first, ..]
            ? new IPEndPoint(first, port)
            : throw new RemoteTransportException($"The name [{host}] has no address of the family {family}.");
    }

    /// <summary>Of a machine that is gone without a word: nothing is ever written to it that would tell.</summary>
    internal static void NoticeSilentEnd(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }

    /// <summary>Else a network that swallows packets keeps a connection half alive for a quarter of an hour.</summary>
    internal static void GiveUpUnacknowledgedAfter(Socket socket, TimeSpan limit)
    {
        const int TcpUserTimeout = 18; // RFC 5482; linux/tcp.h
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpUserTimeout, BitConverter.GetBytes((int)limit.TotalMilliseconds));
    }
}
