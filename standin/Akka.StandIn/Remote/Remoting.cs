using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// The listener, the connections of others, and the way to each other system. Each pair of systems has two connections, one for each direction.
/// </summary>
internal sealed class Remoting
{
    /// <summary>A cluster has far fewer nodes.</summary>
    private const int MostInboundConnections = 512;

    /// <summary>Above which those that aren't connected are forgotten.</summary>
    private const int MostAssociations = 1024;

    private readonly ConcurrentDictionary<Address, Association> _associations = new();
    private readonly ConcurrentDictionary<(Address, int), byte> _quarantined = new();
    private readonly HashSet<InboundConnection> _inbound = [];
    private readonly Dictionary<Address, InboundConnection> _inboundByAddress = [];
    private readonly Socket _listener;
    private readonly CancellationTokenSource _shutDown = new();
    private bool _isTurningAway;

    /// <exception cref="RemoteTransportException">Nothing can listen there.</exception>
    internal Remoting(ActorSystemImpl system)
    {
        System = system;
        Log = Logging.GetLogger(system, typeof(Remoting));
        Settings = new RemoteSettings(system.Settings.Config);
        Uid = AddressUidExtension.Uid(system);
        _listener = Bind();
        var port = Settings.PublicPort ?? ((IPEndPoint)_listener.LocalEndPoint).Port;
        LocalAddress = new Address(Settings.Protocol, system.Name, Bracketed(Settings.PublicHostname), port);
    }

    internal ActorSystemImpl System { get; }
    internal ILoggingAdapter Log { get; }
    internal RemoteSettings Settings { get; }
    internal Address LocalAddress { get; }
    internal int Uid { get; }
    internal CancellationToken ShutDown => _shutDown.Token;
    internal bool IsShutDown => _shutDown.IsCancellationRequested;

    internal void Start()
    {
        Publish(new RemotingListenEvent([LocalAddress]));
        _ = AcceptAsync();
    }

    internal Association AssociationWith(Address remote)
    {
        // Whoever is heard can name any number of addresses as his own.
        if (_associations.Count >= MostAssociations)
        {
            foreach (var (address, idle) in _associations)
            {
                if (idle.TryRetire())
                    _associations.TryRemove(address, out _);
            }
        }
        return _associations.GetOrAdd(remote, static (address, remoting) => new Association(remoting, address), this);
    }

    internal bool IsQuarantined(Address address, int uid) => _quarantined.ContainsKey((address, uid));

    internal void Quarantine(Address address, int? uid)
    {
        if (uid is { } known && _quarantined.TryAdd((address, known), 0))
            Publish(new QuarantinedEvent(address, known));
        if (_associations.TryGetValue(address, out var association))
            association.Quarantine(uid);
        lock (_inbound)
        {
            if (_inboundByAddress.TryGetValue(address, out var connection) && (uid is null || uid == connection.RemoteUid))
                connection.Close();
        }
    }

    /// <summary>In the place of an earlier connection from there, whose end is to be awaited.</summary>
    internal Task TakePlace(InboundConnection connection)
    {
        lock (_inbound)
        {
            var earlier = _inboundByAddress.GetValueOrDefault(connection.Remote);
            _inboundByAddress[connection.Remote] = connection;
            earlier?.Close();
            return earlier?.Completion ?? Task.CompletedTask;
        }
    }

    internal void Left(InboundConnection connection)
    {
        lock (_inbound)
        {
            _inbound.Remove(connection);
            _isTurningAway = false;
            if (connection.Remote is { } remote && _inboundByAddress.GetValueOrDefault(remote) == connection)
                _inboundByAddress.Remove(remote);
        }
    }

    internal void Publish(RemotingLifecycleEvent happened)
    {
        System.EventStream.Publish(happened);
        if (Settings.LogsLifecycleEvents && Log.IsEnabled(happened.LogLevel()))
            Log.Log(happened.LogLevel(), null, happened.ToString());
    }

    /// <summary>Sends what waits, as long as that doesn't take too long, and closes everything.</summary>
    internal async Task ShutdownAsync()
    {
        try
        {
            await Task.WhenAll(_associations.Values.Select(association => association.FinishAsync())).WaitAsync(Settings.FlushWait).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Log.Warning("Shutdown finished, but flushing might not have been successful and some messages might have been dropped.");
        }
        await _shutDown.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        foreach (var association in _associations.Values)
            association.Close();
        InboundConnection[] inbound;
        lock (_inbound)
            inbound = [.. _inbound];
        foreach (var connection in inbound)
            connection.Close();
        await Task.WhenAll(inbound.Select(connection => connection.Completion)).WaitAsync(Settings.FlushWait)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Publish(new RemotingShutdownEvent());
    }

    private static string Bracketed(string host) =>
        IPAddress.TryParse(host, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{ip}]" : host;

    private Socket Bind()
    {
        Socket socket = null;
        try
        {
            var endPoint = EndPoints.ResolveAsync(Settings.Hostname, Settings.Port, Settings.Family).GetAwaiter().GetResult();
            socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(endPoint);
            socket.Listen(Settings.Backlog);
            return socket;
        }
        catch (Exception e)
        {
            socket?.Dispose();
            throw new RemoteTransportException(
                $"Failed to bind to [{Settings.Hostname}:{Settings.Port}], see akka.remote.dot-netty.tcp.hostname and port: {e.Message}", e);
        }
    }

    private async Task AcceptAsync()
    {
        while (!IsShutDown)
        {
            try
            {
                var socket = await _listener.AcceptAsync().ConfigureAwait(false);
                socket.NoDelay = true;
                EndPoints.NoticeSilentEnd(socket);
                if (Admit(socket) is { } connection)
                    connection.Start();
                else
                    socket.Dispose();
            }
            catch (Exception) when (IsShutDown)
            {
                return;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                Log.Warning("A connection could not be accepted: {0}", e.Message);
                // Such as too many open files: which won't be over at once.
                await Task.Delay(TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
            }
        }
    }

    private InboundConnection Admit(Socket socket)
    {
        lock (_inbound)
        {
            if (_inbound.Count < MostInboundConnections)
            {
                var connection = new InboundConnection(this, socket);
                _inbound.Add(connection);
                return connection;
            }
            if (_isTurningAway)
                return null;
            _isTurningAway = true;
        }
        Log.Warning("More than {0} connections from others; further ones are closed.", MostInboundConnections);
        return null;
    }
}
