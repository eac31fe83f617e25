using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Singleton;

/// <summary><c>akka.cluster.singleton-proxy</c>.</summary>
public sealed class ClusterSingletonProxySettings : INoSerializationVerificationNeeded
{
    public ClusterSingletonProxySettings(string singletonName, string role, TimeSpan singletonIdentificationInterval, int bufferSize, bool considerAppVersion)
    {
        ArgumentException.ThrowIfNullOrEmpty(singletonName);
        if (singletonIdentificationInterval == TimeSpan.Zero)
            throw new ArgumentException("singletonIdentificationInterval must be positive", nameof(singletonIdentificationInterval));
        if (bufferSize < 0)
            throw new ArgumentException("bufferSize must not be negative", nameof(bufferSize));
        if (considerAppVersion)
            throw new ArgumentException("Application versions are not considered.", nameof(considerAppVersion));
        SingletonName = singletonName;
        Role = role;
        SingletonIdentificationInterval = singletonIdentificationInterval;
        BufferSize = bufferSize;
    }

    public string SingletonName { get; }
    public string Role { get; }
    public TimeSpan SingletonIdentificationInterval { get; }

    /// <summary>Messages; of more, the oldest are dropped.</summary>
    public int BufferSize { get; }

    public static ClusterSingletonProxySettings Create(ActorSystem system) =>
        Create(system.Settings.Config.GetConfig("akka.cluster.singleton-proxy") ?? Config.Empty, considerAppVersion: false)
            .Defaulting(system.Settings.Config);

    public static ClusterSingletonProxySettings Create(Config config, bool considerAppVersion) => new(
        config.GetString("singleton-name", "singleton"),
        config.GetString("role") is { Length: > 0 } role ? role : null,
        config.GetTimeSpan("singleton-identification-interval", TimeSpan.FromSeconds(1)),
        config.GetInt("buffer-size", 1000),
        considerAppVersion);

    public ClusterSingletonProxySettings WithSingletonName(string singletonName) => new(singletonName, Role, SingletonIdentificationInterval, BufferSize, false);

    public ClusterSingletonProxySettings WithRole(string role) => new(SingletonName, role, SingletonIdentificationInterval, BufferSize, false);

    public ClusterSingletonProxySettings WithSingletonIdentificationInterval(TimeSpan singletonIdentificationInterval) =>
        new(SingletonName, Role, singletonIdentificationInterval, BufferSize, false);

    public ClusterSingletonProxySettings WithBufferSize(int bufferSize) => new(SingletonName, Role, SingletonIdentificationInterval, bufferSize, false);

    /// <summary>The singleton's name is the manager's, unless the proxy's own is configured.</summary>
    private ClusterSingletonProxySettings Defaulting(Config config) =>
        WithSingletonName(config.GetString("akka.cluster.singleton-proxy.singleton-name", config.GetString("akka.cluster.singleton.singleton-name", SingletonName)));
}
