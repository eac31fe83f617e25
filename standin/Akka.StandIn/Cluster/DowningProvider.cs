using System.Reflection;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Cluster;

public interface IDowningProvider
{
    /// <summary>After a member's removal, how long until what ran there is started elsewhere.</summary>
    TimeSpan DownRemovalMargin { get; }

    /// <summary>Of the actor that downs members; null where none does.</summary>
    Props DowningActorProps { get; }
}

/// <summary>Members are downed by hand.</summary>
internal sealed class NoDowning(Cluster cluster) : IDowningProvider
{
    public TimeSpan DownRemovalMargin => cluster.Settings.DownRemovalMargin;

    public Props DowningActorProps => null;
}

internal static class DowningProviders
{
    internal static IDowningProvider Load(ActorSystem system, Cluster cluster)
    {
        var name = cluster.Settings.DowningProviderClass;
        if (string.IsNullOrEmpty(name))
            return new NoDowning(cluster);
        var type = TypeNames.Find(name) ?? throw new ConfigurationException($"akka.cluster.downing-provider-class: no type [{name}] in any loaded assembly.");
        const BindingFlags PublicConstructor = BindingFlags.Instance | BindingFlags.Public | BindingFlags.DoNotWrapExceptions;
        return (IDowningProvider)Activator.CreateInstance(type, PublicConstructor, binder: null, [system, cluster], culture: null);
    }
}
