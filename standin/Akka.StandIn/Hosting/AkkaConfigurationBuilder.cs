using Akka.Actor;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Event;

namespace Akka.Hosting;

public enum HoconAddMode
{
    /// <summary>What is there wins.</summary>
    Append,

    /// <summary>What is added wins.</summary>
    Prepend,

    /// <summary>In Akka.Hosting, too, the same as <see cref="Prepend"/>.</summary>
    Replace,
}

public delegate Task ActorStarter(ActorSystem system, IActorRegistry registry);

public delegate Task ActorStarterWithResolver(ActorSystem system, IActorRegistry registry, IDependencyResolver resolver);

public delegate Task StartupTask(ActorSystem system, IActorRegistry registry);

/// <summary>What AddAkka is told: configuration, loggers, and what to start: first the actors, then the start-up tasks, each in the order added.</summary>
public sealed class AkkaConfigurationBuilder
{
    private readonly string _actorSystemName;
    private readonly List<ActorStarter> _actorStarters = [];
    private readonly List<StartupTask> _startupTasks = [];
    private bool _isComplete;

    internal AkkaConfigurationBuilder(string actorSystemName) => _actorSystemName = actorSystemName;

    internal Config Configuration { get; private set; } = Config.Empty;

    /// <summary>Null stands for Akka's own log.</summary>
    internal Func<IServiceProvider, Action<LogEvent>> Log { get; set; }

    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry> starter) => StartActors((system, registry) =>
    {
        starter(system, registry);
        return Task.CompletedTask;
    });

    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry, IDependencyResolver> starter) => StartActors((system, registry, resolver) =>
    {
        starter(system, registry, resolver);
        return Task.CompletedTask;
    });

    public AkkaConfigurationBuilder StartActors(ActorStarterWithResolver starter) =>
        StartActors((system, registry) => starter(system, registry, DependencyResolver.For(system).Resolver));

    public AkkaConfigurationBuilder StartActors(ActorStarter starter)
    {
        if (!_isComplete)
            _actorStarters.Add(starter);
        return this;
    }

    public AkkaConfigurationBuilder AddStartup(Action<ActorSystem, IActorRegistry> startupTask) => AddStartup((system, registry) =>
    {
        startupTask(system, registry);
        return Task.CompletedTask;
    });

    public AkkaConfigurationBuilder AddStartup(StartupTask startupTask)
    {
        if (!_isComplete)
            _startupTasks.Add(startupTask);
        return this;
    }

    internal AkkaConfigurationBuilder AddConfiguration(Config added, HoconAddMode mode)
    {
        ArgumentNullException.ThrowIfNull(added);
        if (!_isComplete)
            Configuration = mode == HoconAddMode.Append ? Configuration.WithFallback(added) : added.WithFallback(Configuration);
        return this;
    }

    internal ActorSystem CreateSystem(IServiceProvider services)
    {
        var system = new ActorSystemImpl(_actorSystemName, Configuration, Log?.Invoke(services) ?? StandardErrorLogger.Print);
        system.RegisterExtension(new DependencyResolverExtension(services));
        return system;
    }

    internal async Task StartAsync(ActorSystem system)
    {
        if (_isComplete)
            return;
        _isComplete = true;
        var registry = ActorRegistry.For(system);
        foreach (var starter in _actorStarters)
            await starter(system, registry).ConfigureAwait(false);
        foreach (var task in _startupTasks)
            await task(system, registry).ConfigureAwait(false);
    }
}
