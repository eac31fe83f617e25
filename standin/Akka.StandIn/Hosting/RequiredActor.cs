using Akka.Actor;

namespace Akka.Hosting;

/// <summary>For constructors: the actor that is registered under <typeparamref name="TActor"/>.</summary>
public interface IRequiredActor<TActor>
{
    /// <exception cref="MissingActorRegistryEntryException">It isn't registered yet.</exception>
    IActorRef ActorRef { get; }

    /// <summary>Waits until it is registered.</summary>
    Task<IActorRef> GetAsync(CancellationToken cancellationToken = default);
}

public sealed class RequiredActor<TActor>(IReadOnlyActorRegistry registry) : IRequiredActor<TActor>
{
    private IActorRef _found;

    public IActorRef ActorRef => _found ??= registry.Get<TActor>();

    public async Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) =>
        _found ??= await registry.GetAsync<TActor>(cancellationToken).ConfigureAwait(false);
}
