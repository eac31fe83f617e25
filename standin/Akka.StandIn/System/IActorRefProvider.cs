namespace Akka.Actor;

/// <summary>Turns paths into references.</summary>
public interface IActorRefProvider
{
    IActorRef DeadLetters { get; }

    /// <summary>Without a host, whatever the provider.</summary>
    ActorPath RootPath { get; }

    /// <summary>Where this system can be reached from elsewhere.</summary>
    Address DefaultAddress { get; }

    IActorRef RootGuardianAt(Address address);

    /// <summary>Null, the absent sender, for an empty path; dead letters for one that isn't a path.</summary>
    IActorRef ResolveActorRef(string path);

    IActorRef ResolveActorRef(ActorPath actorPath);

    /// <summary>The own address as that system knows it; null where it can't be reached.</summary>
    Address GetExternalAddressFor(Address address);
}
