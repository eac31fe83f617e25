using Akka.Configuration;
using Akka.Remote;

namespace Akka.Actor;

/// <summary>What <c>akka.actor.provider</c> may be: local, remote or cluster, or the name of the class that each of them stands for.</summary>
internal static class ActorRefProviders
{
    internal static LocalActorRefProvider Create(ActorSystemImpl system)
    {
        var name = system.Settings.ProviderClass;
        return name.Split(',')[0].Trim() switch
        {
            "local" or "Akka.Actor.LocalActorRefProvider" => new LocalActorRefProvider(system),
            "remote" or "Akka.Remote.RemoteActorRefProvider" => new RemoteActorRefProvider(system),
            "cluster" or "Akka.Cluster.ClusterActorRefProvider" => new Cluster.ClusterActorRefProvider(system),
            _ => throw new ConfigurationException($"'akka.actor.provider' is [{name}]; expected local, remote or cluster."),
        };
    }
}
