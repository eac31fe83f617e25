using Akka.Actor;
using Akka.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.DependencyInjection;

public interface IDependencyResolver
{
    T GetService<T>();
    object GetService(Type type);
    Props Props<T>(params object[] args) where T : ActorBase;
    Props Props(Type type, params object[] args);
}

/// <summary>Makes props of actors whose constructors take services, beside the given arguments.</summary>
public sealed class DependencyResolver : IExtension
{
    internal DependencyResolver(IServiceProvider services) => Resolver = new ServiceProviderDependencyResolver(services);

    public IDependencyResolver Resolver { get; }

    /// <exception cref="ConfigurationException">The system wasn't made by AddAkka.</exception>
    public static DependencyResolver For(ActorSystem actorSystem) => actorSystem.GetExtension<DependencyResolver>()
        ?? throw new ConfigurationException($"The actor system {actorSystem.Name} knows no service provider; only one that AddAkka makes does.");

    public Props Props<T>(params object[] args) where T : ActorBase => Resolver.Props<T>(args);

    public Props Props(Type type, params object[] args) => Resolver.Props(type, args);
}

internal sealed class DependencyResolverExtension(IServiceProvider services) : ExtensionIdProvider<DependencyResolver>
{
    public override DependencyResolver CreateExtension(ExtendedActorSystem system) => new(services);
}

internal sealed class ServiceProviderDependencyResolver(IServiceProvider services) : IDependencyResolver
{
    public T GetService<T>() => services.GetService<T>();

    public object GetService(Type type) => services.GetService(type);

    public Props Props<T>(params object[] args) where T : ActorBase => Props(typeof(T), args);

    public Props Props(Type type, params object[] args) => typeof(ActorBase).IsAssignableFrom(type)
        ? Actor.Props.CreateBy(new Producer(services, type, args), args)
        : throw new ArgumentException($"[{type}] does not derive from ActorBase.", nameof(type));

    private sealed class Producer(IServiceProvider services, Type type, object[] args) : IIndirectActorProducer
    {
        public Type ActorType => type;

        public ActorBase Produce() => (ActorBase)ActivatorUtilities.CreateInstance(services, type, args);

        public void Release(ActorBase actor)
        {
        }
    }
}
