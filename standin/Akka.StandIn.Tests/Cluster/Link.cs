using System.Net;
using System.Net.Sockets;

namespace Akka.StandIn.Tests.Cluster;

/// <summary>
/// The way to one node, which can be cut: others know the node by the address of this link. While it is cut the node gets no messages and no answers.
/// </summary>
public sealed class Link : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _sockets = [];
    private bool _isCut;

    public Link()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The node's own port is the same, on another address of the loopback interface.</summary>
    public string NodesConfig =>
        $$"""akka.remote.dot-netty.tcp { hostname = "127.0.0.2", port = {{Port}}, public-hostname = "127.0.0.1", public-port = {{Port}} }""";

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut()
    {
        lock (_lock)
        {
            _isCut = true;
            foreach (var socket in _sockets)
                socket.Dispose();
            _sockets.Clear();
        }
    }

    public void Mend()
    {
        lock (_lock)
            _isCut = false;
    }

    public void Dispose()
    {
        Cut();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ForwardAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ForwardAsync(Socket near)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (near)
        {
            try
            {
                lock (_lock)
                {
                    if (_isCut)
                        return;
                    _sockets.UnionWith([near, far]);
                }
                await far.ConnectAsync(new IPEndPoint(IPAddress.Parse("127.0.0.2"), Port));
                await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
            {
                // Cut, or closed by either end.
            }
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        await using var source = new NetworkStream(from);
        await using var target = new NetworkStream(to);
        await source.CopyToAsync(target);
    }
}
