using Akka.Configuration;
using Concierge.Node.Connections;

namespace Concierge.Node.Configuration;

/// <summary>Turns the layers into checked settings: every key's form and range is here.</summary>
internal static class SettingsReader
{
    private const long KiB = 1024, MiB = 1024 * KiB, GiB = 1024 * MiB, TiB = 1024 * GiB;

    private static readonly Dictionary<string, Switch> Switches = new() { ["on"] = Switch.On, ["off"] = Switch.Off, ["auto"] = Switch.Auto };

    /// <summary>Laid over what Akka.NET gets: it logs its configuration when an operator asks it to.</summary>
    private const string NoSecrets = """concierge { secret = "", admin.secret = "", tls.password = "" }""";

    /// <summary>Reads every key once.</summary>
    /// <exception cref="InvalidConfigurationException">One has a value that can't work.</exception>
    /// <param name="layers">The sources.</param>
    /// <param name="clusterReference">What Akka.NET is told on a node of a cluster, besides.</param>
    public static NodeSettings Read(ConfigurationLayers layers, Config clusterReference) => new()
    {
        Name = layers.Text("name") is { Length: > 0 } name ? name : Environment.MachineName,
        Host = ReadHost(layers),
        Port = layers.Number("port", 0, 65535),
        Secret = OrNull(layers.Text("secret")),
        AdminSecret = OrNull(layers.Text("admin.secret")),
        Tls = ReadTls(layers),
        Logging = LoggingSettings.Read(layers),
        HeartbeatInterval = layers.Duration("heartbeat.interval", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
        HeartbeatTimeout = ReadHeartbeatTimeout(layers),
        IdentifyTimeout = layers.Duration("identify-timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10)),
        Limits = ReadLimits(layers),
        Files = new FileSettings(
            layers.Switch("files.enabled"),
            OrNull(layers.Text("files.directory")),
            layers.Bytes("files.max-size", 1, TiB),
            layers.Switch("files.strict")),
        Origins = PageOrigins.Parse(Words(layers.Text("origins")))
            ?? throw layers.Misfit("origins", "\"*\", or \"self\" and addresses of pages such as https://app.example.org, without a path, separated by commas"),
        Console = new ConsoleSettings(layers.Switch("console.enabled"), Path.Combine(AppContext.BaseDirectory, "console")),
        Dialects = ReadDialects(layers),
        Cluster = ReadCluster(layers),
        Hocon = ReadHocon(layers, clusterReference),
    };

    private static Config ReadHocon(ConfigurationLayers layers, Config clusterReference)
    {
        var hocon = HoconText.Parse(NoSecrets, "no secrets").WithFallback(layers.Merged);
        return ReadCluster(layers) is { } cluster
            ? hocon.WithFallback(cluster.ToHocon(hocon, ReadLimits(layers).FrameSize)).WithFallback(clusterReference)
            : hocon;
    }

    private static ClusterSettings? ReadCluster(ConfigurationLayers layers)
    {
        var roles = Words(layers.Text("cluster.roles"));
        if (OrNull(layers.Text("cluster.address")) is not { } text)
            return Words(layers.Text("cluster.seeds")).Count == 0 && roles.Count == 0 ? null : throw layers.Misfit("cluster.address", "HOST:PORT, as there are seeds or roles (--cluster)");

        const string Form = "HOST:PORT, such as 10.0.0.5:4053";
        var address = NodeAddress.Parse(text) ?? throw layers.Misfit("cluster.address", Form);
        if (address.Host is "0.0.0.0" or "[::]" or "::") throw layers.Misfit("cluster.address", "the address by which the other nodes reach this one, not all of them");
        var seeds = Words(layers.Text("cluster.seeds")).Select(seed => NodeAddress.Parse(seed) ?? throw layers.Misfit("cluster.seeds", $"{Form}, separated by commas")).ToList();
        if (seeds.Count == 0) throw layers.Misfit("cluster.seeds", $"a node to join, or {address} to start a new cluster (--seed)");
        return new ClusterSettings(address, seeds, roles);
    }

    private static List<string> Words(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static string ReadHost(ConfigurationLayers layers)
    {
        var host = layers.Text("host");
        if (host is ['[', .. var address, ']']) host = address;
        return Uri.CheckHostName(host) != UriHostNameType.Unknown ? host : throw layers.Misfit("host", "an IP address or a host's name");
    }

    private static TlsSettings? ReadTls(ConfigurationLayers layers)
    {
        var key = OrNull(layers.Text("tls.key"));
        if (OrNull(layers.Text("tls.certificate")) is { } certificate)
            return new TlsSettings(certificate, key, OrNull(layers.Text("tls.password")));
        return key is null ? null : throw layers.Misfit("tls.key", "concierge.tls.certificate beside it, which is empty");
    }

    private static TimeSpan ReadHeartbeatTimeout(ConfigurationLayers layers)
    {
        var interval = layers.Duration("heartbeat.interval", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        var timeout = layers.Duration("heartbeat.timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        return timeout > interval ? timeout : throw layers.Misfit("heartbeat.timeout", "more than concierge.heartbeat.interval");
    }

    private static LimitSettings ReadLimits(ConfigurationLayers layers)
    {
        var frame = (int)layers.Bytes("limits.frame-size", KiB, 64 * MiB);
        var queue = (int)layers.Bytes("limits.outgoing-queue", 64 * KiB, GiB);
        // A message grows by its origin on the way, and others wait before it.
        if (queue < 2 * (long)frame) throw layers.Misfit("limits.outgoing-queue", "no less than twice concierge.limits.frame-size");
        return new LimitSettings(frame, queue, layers.Number("limits.connections", 1, 1_000_000));
    }

    private static DialectSettings ReadDialects(ConfigurationLayers layers)
    {
        Dictionary<int, string> taken = new() { [layers.Number("port", 0, 65535)] = "port" };
        return new DialectSettings(
            Listener("dialects.robot-chat"), Listener("dialects.chatroom"), layers.Number("dialects.chatroom.rooms", 1, 1000),
            Listener("dialects.iot", "robot-port"), Listener("dialects.iot", "browser-port"), layers.Switch("dialects.iot.welcome-text"),
            Listener("dialects.ros-device"));

        int? Listener(string dialect, string key = "port")
        {
            var port = layers.Number($"{dialect}.{key}", 0, 65535);
            var isOn = layers.Choice($"{dialect}.enabled", Switches) switch
            {
                Switch.On => true,
                Switch.Off => false,
                // A second node on a machine must not want the first one's ports.
                _ => !layers.IsGiven("port") || layers.IsGiven($"{dialect}.{key}"),
            };
            if (!isOn) return null;
            if (port == 0 || taken.TryAdd(port, $"{dialect}.{key}")) return port;
            throw layers.Misfit($"{dialect}.{key}", $"another port than concierge.{taken[port]} has");
        }
    }

    private static string? OrNull(string text) => text.Length > 0 ? text : null;

    private enum Switch
    {
        Off,
        On,
        Auto,
    }
}
