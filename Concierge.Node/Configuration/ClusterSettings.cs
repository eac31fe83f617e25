using System.Globalization;
using Akka.Configuration;

namespace Concierge.Node.Configuration;

/// <summary>A node's place in a cluster.</summary>
/// <param name="Address">Where it listens for other nodes, and how they reach it.</param>
/// <param name="Seeds">The nodes that it joins; where the first is its own address it starts a cluster if no other answers.</param>
/// <param name="Roles">What it is there for, to whoever asks; nothing depends on it yet.</param>
public sealed record ClusterSettings(NodeAddress Address, IReadOnlyList<NodeAddress> Seeds, IReadOnlyList<string> Roles)
{
    /// <summary>The same as Akka.NET has to be told it.</summary>
    /// <param name="merged">All of the configuration, as far as there is any.</param>
    /// <param name="frameSize">The longest message of a client, in bytes.</param>
    internal Config ToHocon(Config merged, int frameSize)
    {
        string scheme = merged.GetBoolean("akka.remote.dot-netty.tcp.enable-ssl", false) ? "akka.ssl.tcp" : "akka.tcp";
        string seeds = string.Join(", ", Seeds.Select(seed => HoconText.Quote($"{scheme}://{NodeSettings.SystemName}@{seed}")));
        string roles = string.Join(", ", Roles.Select(HoconText.Quote));
        // A message with its origin, or a batch of small ones.
        // Written as JSON, what clients of the older formats say takes up to twice that, and it is sent as they said it, too.
        long largest = 3 * (long)frameSize + 1024 * 1024L;
        return HoconText.Parse(
            $$"""
            akka.remote.dot-netty.tcp {
              hostname = {{HoconText.Quote(Address.Host)}}
              port = {{Address.Port}}
              maximum-frame-size = {{largest}}b
            }
            akka.cluster.seed-nodes = [{{seeds}}]
            akka.cluster.roles = [{{roles}}]
            """,
            "concierge.cluster");
    }
}

/// <summary>Where a node listens for other nodes.</summary>
/// <param name="Host">An IP address or a name; an IPv6 address has brackets.</param>
/// <param name="Port">A port, 1 to 65535: the others have to know it.</param>
public sealed record NodeAddress(string Host, int Port)
{
    /// <summary>Reads <c>HOST:PORT</c>.</summary>
    /// <returns>Null where it is something else.</returns>
    public static NodeAddress? Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is 0 or > 65535) return null;
        string host = text[..colon];
        return Uri.CheckHostName(host) is UriHostNameType.Unknown ? null : new NodeAddress(host, port);
    }

    /// <summary><c>HOST:PORT</c>.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
