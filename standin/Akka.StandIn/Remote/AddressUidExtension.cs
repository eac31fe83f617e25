using Akka.Actor;

namespace Akka.Remote;

/// <summary>Tells this actor system from earlier and later ones at the same address.</summary>
public class AddressUidExtension : ExtensionIdProvider<AddressUid>
{
    public override AddressUid CreateExtension(ExtendedActorSystem system) => new();

    public static int Uid(ActorSystem system) => system.WithExtension<AddressUid, AddressUidExtension>().Uid;
}

public class AddressUid : IExtension
{
    public readonly int Uid = Random.Shared.Next();
}
