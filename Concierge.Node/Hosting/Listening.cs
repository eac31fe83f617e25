using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Akka.Configuration;
using Akka.Remote;
using Concierge.Actors.Dialects;
using Concierge.Node.Configuration;
using Concierge.Node.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Concierge.Node.Hosting;

/// <summary>
/// Where the node listens: one port for WebSockets and HTTP, with TLS where there is a certificate, and one for each dialect, whose
/// clients know no TLS.
/// </summary>
internal static class Listening
{
    /// <summary>Sets up the listener.</summary>
    public static void Configure(KestrelServerOptions kestrel, NodeSettings settings, IPAddress address, Certificates? certificates, Listeners listeners)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(address, settings.Port, listener =>
        {
            // HTTP/2 would carry WebSockets in another way, and nobody needs it here.
            listener.Protocols = HttpProtocols.Http1;
            if (certificates is not null)
            {
                listener.UseHttps(new HttpsConnectionAdapterOptions
                {
                    ServerCertificate = certificates.Server,
                    ServerCertificateChain = certificates.Chain,
                });
            }

            listener.UseConcierge();
            listeners.Add("concierge", "ws", listener);
        });
        foreach (var dialect in Dialects(settings))
        {
            kestrel.Listen(address, dialect.Port, listener =>
            {
                if (dialect.Kind == DialectKind.RosDevice) listener.UseExchanges();
                else if (dialect.IsPlain) listener.UsePlainDialect(dialect.Kind);
                else listener.UseDialect(dialect.Kind);
                listeners.Add(dialect.Name, dialect.IsPlain ? "tcp" : "ws", listener);
            });
        }
    }

    /// <summary>The address that the configured host stands for.</summary>
    /// <exception cref="InvalidConfigurationException">It stands for none.</exception>
    public static async Task<IPAddress> ResolveAsync(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host, out var address)) return address;
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)) return IPAddress.Loopback;
        try
        {
            return (await Dns.GetHostAddressesAsync(host, cancellation))[0];
        }
        catch (SocketException e)
        {
            throw new InvalidConfigurationException(
                $"concierge.host = {host}: can't be resolved ({e.Message}); expected an address of this machine, such as 127.0.0.1 or 0.0.0.0", e);
        }
    }

    /// <summary>Why listening failed, or null where it was something else.</summary>
    public static InvalidConfigurationException? Explain(Exception fault, NodeSettings settings) =>
        settings.Cluster is { } cluster && Causes(fault).Any(cause => cause is RemoteTransportException)
            ? new InvalidConfigurationException(
                $"concierge.cluster.address = {cluster.Address}: can't listen there ({Causes(fault).Last().Message}); "
                + "it has to be an address of this machine with a port that is free (--cluster)",
                fault)
            : ExplainMain(fault, settings) ?? ExplainAkka(fault);

    // Keys of Akka.NET's own, such as the certificate that nodes have for each other.
    private static InvalidConfigurationException? ExplainAkka(Exception fault) =>
        fault is not InvalidConfigurationException && Causes(fault).FirstOrDefault(cause => cause is ConfigurationException or CryptographicException) is { } cause
            ? new InvalidConfigurationException(cause.Message, fault)
            : null;

    private static IEnumerable<Exception> Causes(Exception fault)
    {
        for (Exception? cause = fault; cause is not null; cause = cause.InnerException) yield return cause;
    }

    private static InvalidConfigurationException? ExplainMain(Exception fault, NodeSettings settings) => fault switch
    {
        { InnerException: AddressInUseException } when TakenDialect(fault, settings) is { } dialect => new(
            $"{dialect.PortKey} = {dialect.Port}: the port is taken on {settings.Host}; choose another with "
            + $"--set {dialect.PortKey}=N (0 picks a free one), or do without: --set {dialect.Section}.enabled=off",
            fault),
        { InnerException: AddressInUseException } => new(
            $"concierge.port = {settings.Port}: the port is taken on {settings.Host}; "
            + "choose another with --port or concierge.port (0 picks a free one)",
            fault),
        SocketException { SocketErrorCode: SocketError.AccessDenied } => new(
            $"concierge.port = {settings.Port}: this user may not listen on it; choose one above 1023 with --port or concierge.port", fault),
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported } => new(
            $"concierge.host = {settings.Host}: is no address of this machine; "
            + "choose another with --host or concierge.host (0.0.0.0 is all of them)",
            fault),
        _ => null,
    };

    // The web server says so only in the text of its error.
    private static DialectListener? TakenDialect(Exception fault, NodeSettings settings) =>
        Dialects(settings).FirstOrDefault(dialect => fault.Message.Contains($":{dialect.Port}:", StringComparison.Ordinal));

    private static IEnumerable<DialectListener> Dialects(NodeSettings settings)
    {
        var dialects = settings.Dialects;
        if (dialects.RobotChat is { } robotChat) yield return new(DialectKind.RobotChat, "robot-chat", robotChat, "robot-chat", "port");
        if (dialects.Chatroom is { } chatroom) yield return new(DialectKind.Chatroom, "chatroom", chatroom, "chatroom", "port");
        if (dialects.IotRobots is { } robots) yield return new(DialectKind.IotRobot, "iot-robots", robots, "iot", "robot-port", IsPlain: true);
        if (dialects.IotBrowsers is { } browsers) yield return new(DialectKind.IotBrowser, "iot-browsers", browsers, "iot", "browser-port");
        if (dialects.RosDevices is { } devices) yield return new(DialectKind.RosDevice, "ros-devices", devices, "ros-device", "port", IsPlain: true);
    }

    /// <summary>Whether other machines can reach it.</summary>
    public static bool IsWide(IPAddress address) => !IPAddress.IsLoopback(address);

    /// <summary>A dialect that the node listens for.</summary>
    /// <param name="Kind">Which one.</param>
    /// <param name="Name">What its listener is called.</param>
    /// <param name="Port">Its port.</param>
    /// <param name="Of">What its section of the configuration is called.</param>
    /// <param name="Key">The port's key there.</param>
    /// <param name="IsPlain">Whether its clients know no WebSockets.</param>
    private sealed record DialectListener(DialectKind Kind, string Name, int Port, string Of, string Key, bool IsPlain = false)
    {
        public string Section => $"concierge.dialects.{Of}";

        public string PortKey => $"{Section}.{Key}";
    }
}
