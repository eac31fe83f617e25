using System.Net;
using System.Net.Sockets;

namespace Concierge.EndToEnd.Tests.Programs;

/// <summary>
/// Ports that a program can be told to listen on, and again after a restart. They lie below those that systems give to
/// outgoing connections, of which the tests make thousands: one of these could have the port when the program wants it back.
/// </summary>
internal static class FreePort
{
    private const int First = 10_000, Count = 20_000;

    private static int _last = Random.Shared.Next(Count);

    /// <summary>A port that nobody listens on, and that no other test of this process gets.</summary>
    public static int Next()
    {
        while (true)
        {
            int port = First + (Interlocked.Increment(ref _last) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; the next one may not be.
            }
        }
    }
}
