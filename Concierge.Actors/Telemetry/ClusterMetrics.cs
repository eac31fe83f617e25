using System.Diagnostics.Metrics;
using Concierge.Actors.Nodes;

namespace Concierge.Actors.Telemetry;

/// <summary>What a node of a cluster counts besides.</summary>
public static class ClusterMetrics
{
    /// <summary>Makes the instruments.</summary>
    /// <param name="meter">What they belong to.</param>
    /// <param name="cluster">What they measure.</param>
    public static void Add(Meter meter, ClusterView cluster)
    {
        meter.CreateObservableUpDownCounter("concierge_cluster_members", () => Members(cluster), description: "Nodes of the cluster as this one sees them, by status.");
        meter.CreateObservableCounter("concierge_directory_version_total", () => cluster.Version, description: "Changes about this node's clients.");
        meter.CreateObservableCounter(
            "concierge_node_messages_sent_total", () => cluster.Sent, description: "Changes and chunks of messages sent to other nodes, each node counted.");
        meter.CreateObservableCounter(
            "concierge_node_messages_received_total", () => cluster.Received, description: "Changes and chunks of messages that came from other nodes.");
        meter.CreateObservableCounter(
            "concierge_node_resends_total", () => cluster.Resent, description: "How often something for another node had to be sent again.");
        meter.CreateObservableCounter(
            "concierge_node_connects_total", () => cluster.Connects, description: "Connections to other nodes opened; more than nodes means that some broke.");
    }

    private static IEnumerable<Measurement<int>> Members(ClusterView cluster)
    {
        if (cluster.Membership is not { } membership) return [];
        IEnumerable<Measurement<int>> byStatus = Enum.GetValues<NodeStatus>().Select(status =>
            Measure(membership.Members.Count(member => member.Status == status), status.ToString()));
        return [.. byStatus, Measure(membership.Members.Count(member => !member.IsReachable), "unreachable")];

        static Measurement<int> Measure(int count, string status) =>
            new(count, KeyValuePair.Create<string, object?>("status", status.ToLowerInvariant()));
    }
}
