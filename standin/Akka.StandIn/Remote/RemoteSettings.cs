using System.Net;
using System.Net.Sockets;
using Akka.Configuration;

namespace Akka.Remote;

/// <summary><c>akka.remote</c>, as far as the stand-in reads it.</summary>
internal sealed class RemoteSettings
{
    internal RemoteSettings(Config config)
    {
        UntrustedMode = config.GetBoolean("akka.remote.untrusted-mode");
        TrustedSelectionPaths = [.. config.GetStringList("akka.remote.trusted-selection-paths")];
        LogsLifecycleEvents = config.GetBoolean("akka.remote.log-remote-lifecycle-events", true);
        HandshakeTimeout = config.GetTimeSpan("akka.remote.handshake-timeout", TimeSpan.FromSeconds(15));
        RetryGateClosedFor = config.GetTimeSpan("akka.remote.retry-gate-closed-for", TimeSpan.FromSeconds(5));
        FlushWait = config.GetTimeSpan("akka.remote.flush-wait-on-shutdown", TimeSpan.FromSeconds(2));

        const string Tcp = "akka.remote.dot-netty.tcp.";
        // As in Akka.NET, an empty hostname means all interfaces.
        Hostname = config.GetString(Tcp + "hostname") is { Length: > 0 } hostname ? hostname : IPAddress.Any.ToString();
        PublicHostname = config.GetString(Tcp + "public-hostname") is { Length: > 0 } publicHostname ? publicHostname : Hostname;
        Port = config.GetInt(Tcp + "port", 2552);
        PublicPort = config.GetInt(Tcp + "public-port") is > 0 and var publicPort ? publicPort : null;
        ConnectTimeout = config.GetTimeSpan(Tcp + "connection-timeout", TimeSpan.FromSeconds(15));
        Family = config.GetBoolean(Tcp + "dns-use-ipv6") ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        Backlog = config.GetInt(Tcp + "backlog", 4096);
        MaximumFrameSize = (int)Math.Min(config.GetByteSize(Tcp + "maximum-frame-size") ?? 128_000, int.MaxValue / 2);
        if (MaximumFrameSize < 32_000)
            throw new ArgumentException($"{Tcp}maximum-frame-size is {MaximumFrameSize}; it must be at least 32000 bytes.");
        Tls = config.GetBoolean(Tcp + "enable-ssl") ? new TlsSettings(config.GetConfig(Tcp + "ssl") ?? Config.Empty) : null;
    }

    internal bool UntrustedMode { get; }
    internal HashSet<string> TrustedSelectionPaths { get; }
    internal bool LogsLifecycleEvents { get; }
    internal TimeSpan HandshakeTimeout { get; }

    /// <summary>After a connection couldn't be made, what is told to that system is a dead letter for so long.</summary>
    internal TimeSpan RetryGateClosedFor { get; }

    internal TimeSpan FlushWait { get; }
    internal string Hostname { get; }
    internal string PublicHostname { get; }
    internal int Port { get; }
    internal int? PublicPort { get; }
    internal TimeSpan ConnectTimeout { get; }
    internal AddressFamily Family { get; }
    internal int Backlog { get; }

    /// <summary>Bytes of one message, with its addresses.</summary>
    internal int MaximumFrameSize { get; }

    /// <summary>Null where connections are plain.</summary>
    internal TlsSettings Tls { get; }

    internal string Protocol => Tls is null ? "akka.tcp" : "akka.ssl.tcp";
}
