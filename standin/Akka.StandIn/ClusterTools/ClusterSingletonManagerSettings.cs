using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Singleton;

/// <summary><c>akka.cluster.singleton</c>.</summary>
public sealed class ClusterSingletonManagerSettings : INoSerializationVerificationNeeded
{
    public ClusterSingletonManagerSettings(
        string singletonName, string role, TimeSpan removalMargin, TimeSpan handOverRetryInterval, bool considerAppVersion)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(singletonName);
        if (removalMargin < TimeSpan.Zero)
            throw new ArgumentException("ClusterSingletonManagerSettings.RemovalMargin must be positive", nameof(removalMargin));
        if (handOverRetryInterval <= TimeSpan.Zero)
            throw new ArgumentException("ClusterSingletonManagerSettings.HandOverRetryInterval must be positive", nameof(handOverRetryInterval));
        if (considerAppVersion)
            throw new ArgumentException("Application versions are not considered.", nameof(considerAppVersion));
        SingletonName = singletonName;
        Role = role;
        RemovalMargin = removalMargin;
        HandOverRetryInterval = handOverRetryInterval;
    }

    public string SingletonName { get; }

    /// <summary>Null for all members.</summary>
    public string Role { get; }

    /// <summary>Zero for the downing provider's.</summary>
    public TimeSpan RemovalMargin { get; }

    public TimeSpan HandOverRetryInterval { get; }

    public static ClusterSingletonManagerSettings Create(ActorSystem system) =>
        Create(system.Settings.Config.GetConfig("akka.cluster.singleton") ?? Config.Empty).WithRemovalMargin(Cluster.Get(system).DowningProvider.DownRemovalMargin);

    public static ClusterSingletonManagerSettings Create(Config config) => new(
        config.GetString("singleton-name", "singleton"),
        config.GetString("role") is { Length: > 0 } role ? role : null,
        TimeSpan.Zero,
        config.GetTimeSpan("hand-over-retry-interval", TimeSpan.FromSeconds(1)),
        considerAppVersion: false);

    public ClusterSingletonManagerSettings WithSingletonName(string singletonName) => new(singletonName, Role, RemovalMargin, HandOverRetryInterval, false);

    public ClusterSingletonManagerSettings WithRole(string role) =>
        new(SingletonName, string.IsNullOrEmpty(role) ? null : role, RemovalMargin, HandOverRetryInterval, false);

    public ClusterSingletonManagerSettings WithRemovalMargin(TimeSpan removalMargin) => new(SingletonName, Role, removalMargin, HandOverRetryInterval, false);

    public ClusterSingletonManagerSettings WithHandOverRetryInterval(TimeSpan handOverRetryInterval) =>
        new(SingletonName, Role, RemovalMargin, handOverRetryInterval, false);
}
