using Akka.Configuration;
using Concierge.Node.Connections;

namespace Concierge.Node.Configuration;

/// <summary>The whole configuration of a node, checked. <c>hocon/concierge.conf</c> says what each setting means.</summary>
public sealed record NodeSettings
{
    /// <summary>The options of the program.</summary>
    internal static readonly CommandLine.Syntax CommandLineSyntax = new(
        "Concierge: a hub where services, people and robots meet. hocon/concierge.conf describes its configuration; "
        + "'Concierge.Node admin --help' tells how to steer one that is running.",
        example: "concierge.port=8080",
        new("--host", "H", "The address to listen on", "concierge.host"),
        new("--port", "N", "The port to listen on; 0 picks a free one", "concierge.port"),
        new("--name", "NODE", "What this node is called", "concierge.name"),
        new("--cluster", "HOST:PORT", "Makes it a node of a cluster, and is where it listens for the others", "concierge.cluster.address"),
        new("--seed", "HOST:PORT", "A node to join, or this node's own address to start a cluster; may be given several times", "concierge.cluster.seeds", IsList: true),
        new("--role", "ROLE", "What the node is there for; may be given several times", "concierge.cluster.roles", IsList: true));

    /// <summary>The name that all nodes' actor systems have: those of another name can't join.</summary>
    internal const string SystemName = "concierge";

    private static readonly ConfigurationSources Sources = new("concierge", typeof(NodeSettings).Assembly);

    /// <summary>What the node is called.</summary>
    public required string Name { get; init; }

    /// <summary>The address to listen on: an IP address without brackets, or a name.</summary>
    public required string Host { get; init; }

    /// <summary>The port to listen on; 0 picks a free one.</summary>
    public required int Port { get; init; }

    /// <summary>What clients must send in IDENTIFY; null asks for nothing.</summary>
    public required string? Secret { get; init; }

    /// <summary>What operators must give who aren't at the node's own terminal; null lets in whoever is on this machine.</summary>
    public required string? AdminSecret { get; init; }

    /// <summary>The certificate; null serves without TLS.</summary>
    public required TlsSettings? Tls { get; init; }

    /// <summary>Its place in a cluster; null where it is in none.</summary>
    public required ClusterSettings? Cluster { get; init; }

    /// <summary>What is logged, and how.</summary>
    public required LoggingSettings Logging { get; init; }

    /// <summary>How often a client is pinged.</summary>
    public required TimeSpan HeartbeatInterval { get; init; }

    /// <summary>How long a client may be silent.</summary>
    public required TimeSpan HeartbeatTimeout { get; init; }

    /// <summary>How long a client may take to identify itself.</summary>
    public required TimeSpan IdentifyTimeout { get; init; }

    /// <summary>What bounds a client's use of the node.</summary>
    public required LimitSettings Limits { get; init; }

    /// <summary>The file store.</summary>
    public required FileSettings Files { get; init; }

    /// <summary>From which pages browsers may connect.</summary>
    public required PageOrigins Origins { get; init; }

    /// <summary>The console for browsers.</summary>
    public required ConsoleSettings Console { get; init; }

    /// <summary>The listeners of clients that speak older formats.</summary>
    public required DialectSettings Dialects { get; init; }

    /// <summary>All of the configuration but its secrets, for Akka.NET.</summary>
    public required Config Hocon { get; init; }

    /// <summary>Reads the configuration: the command line, then the environment, then files, then the reference.</summary>
    /// <param name="args">The command line's arguments; none where a program embeds the node.</param>
    /// <param name="environment">The environment's variables; null for none.</param>
    /// <exception cref="InvalidConfigurationException">Something in it can't work.</exception>
    public static NodeSettings Load(string[]? args = null, IReadOnlyDictionary<string, string>? environment = null) =>
        SettingsReader.Read(Sources.Collect(CommandLineSyntax.Parse(args ?? []), environment ?? new Dictionary<string, string>()), Sources.BuiltIn("cluster.conf"));

    /// <summary>Where it listens; nothing that is secret.</summary>
    public override string ToString() => $"{Name} on {Host}:{Port}";
}

/// <summary>A server's certificate.</summary>
/// <param name="Certificate">A PEM or PFX file.</param>
/// <param name="Key">The private key's PEM file; null where it is in the certificate's file.</param>
/// <param name="Password">What the PFX file or the key is encrypted with; null where it isn't.</param>
public sealed record TlsSettings(string Certificate, string? Key, string? Password)
{
    /// <summary>The certificate's file.</summary>
    public override string ToString() => Certificate;
}

/// <summary>What bounds a client's use of the node.</summary>
/// <param name="FrameSize">The longest message in bytes that a client may send.</param>
/// <param name="OutgoingQueue">How many bytes may wait to be sent to a client.</param>
/// <param name="Connections">How many connections there may be at a time.</param>
public sealed record LimitSettings(int FrameSize, int OutgoingQueue, int Connections);

/// <summary>The listeners of clients that speak older formats.</summary>
/// <param name="RobotChat">Where robots connect that pass text on to each other; null where they can't.</param>
/// <param name="Chatroom">Where people connect to the chatroom; null where they can't.</param>
/// <param name="ChatroomRooms">How many rooms the chatroom has.</param>
/// <param name="IotRobots">Where robots connect that send JSON over plain TCP; null where they can't.</param>
/// <param name="IotBrowsers">Where browsers connect that drive robots; null where they can't.</param>
/// <param name="IotWelcomeText">Whether these browsers are welcomed with a text, which is no JSON.</param>
/// <param name="RosDevices">Where ROS devices connect; null where they can't.</param>
public sealed record DialectSettings(
    int? RobotChat, int? Chatroom, int ChatroomRooms, int? IotRobots, int? IotBrowsers, bool IotWelcomeText, int? RosDevices);

/// <summary>The file store.</summary>
/// <param name="Enabled">Whether there is one.</param>
/// <param name="Directory">Where the node makes its folder; null for the system's folder for temporary files.</param>
/// <param name="MaxSize">The largest file in bytes.</param>
/// <param name="Strict">Whether writing takes the file key rather than the uuid.</param>
public sealed record FileSettings(bool Enabled, string? Directory, long MaxSize, bool Strict);

/// <summary>The console for browsers.</summary>
/// <param name="Enabled">Whether the node serves it.</param>
/// <param name="Folder">Where its files are; a folder that needn't be there.</param>
public sealed record ConsoleSettings(bool Enabled, string Folder);
