using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Akka.Remote;
using Akka.Serialization;

namespace Akka.Cluster;

/// <summary>Remoting, and the membership that begins with the system.</summary>
public class ClusterActorRefProvider : RemoteActorRefProvider
{
    internal ClusterActorRefProvider(ActorSystemImpl system)
        : base(system) { }

    internal override void Start()
    {
        AddSerializer("akka-cluster", new ClusterMessageSerializer(System), typeof(IClusterMessage));
        AddSerializer("akka-singleton", new ClusterSingletonMessageSerializer(System), typeof(IClusterSingletonMessage));
        base.Start();
        _ = Cluster.Get(System);
    }

    private void AddSerializer(string name, Serializer serializer, Type messages)
    {
        System.Serialization.AddSerializer(name, serializer);
        System.Serialization.AddSerializationMap(messages, serializer);
    }
}
