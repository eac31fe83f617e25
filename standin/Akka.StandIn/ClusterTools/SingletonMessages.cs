using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Event;
using Akka.Serialization;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>What managers tell each other: they carry nothing, who sends says it all.</summary>
internal interface IClusterSingletonMessage : IDeadLetterSuppression;

/// <summary>Who is becoming the oldest asks who was.</summary>
internal sealed record HandOverToMe : IClusterSingletonMessage;

internal sealed record HandOverInProgress : IClusterSingletonMessage;

/// <summary>The singleton has stopped there.</summary>
internal sealed record HandOverDone : IClusterSingletonMessage;

/// <summary>Who was the oldest reminds the one that ought to ask.</summary>
internal sealed record TakeOverFromMe : IClusterSingletonMessage;

internal sealed class ClusterSingletonMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 14;

    public override string Manifest(object o) => o switch
    {
        HandOverToMe => "A",
        HandOverInProgress => "B",
        HandOverDone => "C",
        TakeOverFromMe => "D",
        _ => throw new SerializationException($"[{o.GetType()}] is no message between singleton managers."),
    };

    public override byte[] ToBinary(object obj) => [];

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "A" => new HandOverToMe(),
        "B" => new HandOverInProgress(),
        "C" => new HandOverDone(),
        "D" => new TakeOverFromMe(),
        _ => throw new SerializationException($"Unknown manifest [{manifest}] of a message between singleton managers."),
    };
}
