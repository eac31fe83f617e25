using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.SBR;

public class SplitBrainResolverProvider : IDowningProvider
{
    private readonly Cluster _cluster;
    private readonly SplitBrainResolverSettings _settings;

    public SplitBrainResolverProvider(ActorSystem system, Cluster cluster)
    {
        _cluster = cluster;
        _settings = new SplitBrainResolverSettings(system.Settings.Config);
    }

    /// <summary><c>down-removal-margin</c>, or <c>stable-after</c> where that is off.</summary>
    public TimeSpan DownRemovalMargin =>
        _cluster.Settings.DownRemovalMargin != TimeSpan.Zero ? _cluster.Settings.DownRemovalMargin : _settings.DowningStableAfter;

    public Props DowningActorProps => Props.Create<SplitBrainResolver>(_cluster, _settings);
}

/// <summary><c>akka.cluster.split-brain-resolver</c>; keep-majority is the only strategy.</summary>
public sealed class SplitBrainResolverSettings
{
    public const string KeepMajorityName = "keep-majority";

    private const string Path = "akka.cluster.split-brain-resolver.";

    public SplitBrainResolverSettings(Config config)
    {
        DowningStrategy = config.GetString(Path + "active-strategy", KeepMajorityName).ToLowerInvariant();
        if (DowningStrategy != KeepMajorityName)
            throw new ConfigurationException($"Unknown downing strategy '{Path}active-strategy'=[{DowningStrategy}]; the stand-in knows [{KeepMajorityName}].");
        KeepMajorityRole = config.GetString(Path + "keep-majority.role") is { Length: > 0 } role ? role : null;
        DowningStableAfter = config.GetTimeSpan(Path + "stable-after", TimeSpan.FromSeconds(20));
        if (DowningStableAfter <= TimeSpan.Zero)
            throw new ConfigurationException($"'{Path}stable-after' is {DowningStableAfter}; it must be positive.");
        DownAllWhenUnstable = config.GetString(Path + "down-all-when-unstable", "on").ToLowerInvariant() switch
        {
            "on" or "true" => TimeSpan.FromSeconds(Math.Max(4, DowningStableAfter.TotalSeconds * 3 / 4)),
            "off" or "false" => TimeSpan.Zero,
            _ => config.GetTimeSpan(Path + "down-all-when-unstable"),
        };
    }

    public string DowningStrategy { get; }
    public string KeepMajorityRole { get; }
    public TimeSpan DowningStableAfter { get; }

    /// <summary>Zero where it is off.</summary>
    public TimeSpan DownAllWhenUnstable { get; }
}
