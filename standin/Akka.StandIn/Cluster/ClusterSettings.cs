using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster;

/// <summary><c>akka.cluster</c>, as far as the stand-in reads it.</summary>
public sealed class ClusterSettings
{
    private readonly Config _config;

    public ClusterSettings(Config config, string systemName)
    {
        _config = config;
        SeedNodes = [.. config.GetStringList("akka.cluster.seed-nodes").Select(Address.Parse)];
        SeedNodeTimeout = Duration("seed-node-timeout", 5);
        RetryUnsuccessfulJoinAfter = DurationUnlessOff("retry-unsuccessful-join-after", 10);
        ShutdownAfterUnsuccessfulJoinSeedNodes = DurationUnlessOff("shutdown-after-unsuccessful-join-seed-nodes", null);
        DownRemovalMargin = DurationUnlessOff("down-removal-margin", null) ?? TimeSpan.Zero;
        DowningProviderClass = config.GetString("akka.cluster.downing-provider-class", "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster");
        Roles = [.. config.GetStringList("akka.cluster.roles")];
        RunCoordinatedShutdownWhenDown = config.GetBoolean("akka.cluster.run-coordinated-shutdown-when-down", true);
        MinNrOfMembers = config.GetInt("akka.cluster.min-nr-of-members", 1);
        LogInfo = config.GetBoolean("akka.cluster.log-info", true);
        PeriodicTasksInitialDelay = Duration("periodic-tasks-initial-delay", 1);
        GossipInterval = Duration("gossip-interval", 1);
        LeaderActionsInterval = Duration("leader-actions-interval", 1);
        UnreachableNodesReaperInterval = Duration("unreachable-nodes-reaper-interval", 1);
        FailureDetector = new FailureDetectorSettings
        {
            HeartbeatInterval = Duration("failure-detector.heartbeat-interval", 1),
            Threshold = config.GetDouble("akka.cluster.failure-detector.threshold", 8),
            MaxSampleSize = config.GetInt("akka.cluster.failure-detector.max-sample-size", 1000),
            MinStdDeviation = Duration("failure-detector.min-std-deviation", 0.1),
            AcceptableHeartbeatPause = Duration("failure-detector.acceptable-heartbeat-pause", 3),
            ExpectedResponseAfter = Duration("failure-detector.expected-response-after", 1),
        };
        foreach (var seed in SeedNodes.Where(seed => seed.System != systemName))
            throw new ConfigurationException($"akka.cluster.seed-nodes has [{seed}], of another system than [{systemName}].");
    }

    public ImmutableList<Address> SeedNodes { get; }
    public TimeSpan SeedNodeTimeout { get; }
    public TimeSpan? RetryUnsuccessfulJoinAfter { get; }
    public TimeSpan? ShutdownAfterUnsuccessfulJoinSeedNodes { get; }
    public TimeSpan DownRemovalMargin { get; }
    public ImmutableHashSet<string> Roles { get; }
    public bool RunCoordinatedShutdownWhenDown { get; }
    public int MinNrOfMembers { get; }
    public bool LogInfo { get; }
    public TimeSpan PeriodicTasksInitialDelay { get; }
    public TimeSpan GossipInterval { get; }
    public TimeSpan LeaderActionsInterval { get; }
    public TimeSpan UnreachableNodesReaperInterval { get; }

    internal string DowningProviderClass { get; }
    internal FailureDetectorSettings FailureDetector { get; }

    private TimeSpan Duration(string key, double seconds) => _config.GetTimeSpan($"akka.cluster.{key}", TimeSpan.FromSeconds(seconds));

    private TimeSpan? DurationUnlessOff(string key, double? seconds)
    {
        var text = _config.GetString($"akka.cluster.{key}");
        if (text is null)
            return seconds is { } usual ? TimeSpan.FromSeconds(usual) : null;
        return text.ToLowerInvariant() is "off" or "false" ? null : _config.GetTimeSpan($"akka.cluster.{key}");
    }
}

internal sealed record FailureDetectorSettings
{
    internal TimeSpan HeartbeatInterval { get; init; }
    internal double Threshold { get; init; }
    internal int MaxSampleSize { get; init; }
    internal TimeSpan MinStdDeviation { get; init; }
    internal TimeSpan AcceptableHeartbeatPause { get; init; }
    internal TimeSpan ExpectedResponseAfter { get; init; }
}
