using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    private bool _isDisposed;

    public abstract Settings Settings { get; }
    public abstract string Name { get; }
    public abstract EventStream EventStream { get; }
    public abstract IActorRef DeadLetters { get; }
    public abstract IScheduler Scheduler { get; }
    public abstract ILoggingAdapter Log { get; }
    public abstract Serialization.Serialization Serialization { get; }
    public abstract Task WhenTerminated { get; }

    public static ActorSystem Create(string name) => Create(name, Config.Empty);

    public static ActorSystem Create(string name, Config config) => new ActorSystemImpl(name, config, StandardErrorLogger.Print);

    public abstract IActorRef ActorOf(Props props, string name = null);
    public abstract ActorSelection ActorSelection(ActorPath actorPath);
    public abstract ActorSelection ActorSelection(string actorPath);
    public abstract void Stop(IActorRef actor);
    public abstract Task Terminate();
    public abstract void RegisterOnTermination(Action code);
    public abstract object RegisterExtension(IExtensionId extension);
    public abstract object GetExtension(IExtensionId extensionId);
    public abstract T GetExtension<T>()
        where T : class, IExtension;
    public abstract bool TryGetExtension<T>(out T extension)
        where T : class, IExtension;
    public abstract bool HasExtension<T>()
        where T : class, IExtension;

    public void Dispose()
    {
        if (!_isDisposed)
            Terminate().Wait();
        _isDisposed = true;
        GC.SuppressFinalize(this);
    }
}

public abstract class ExtendedActorSystem : ActorSystem
{
    public abstract IActorRefProvider Provider { get; }

    public abstract IActorRef SystemActorOf(Props props, string name = null);

    /// <summary>Terminates without a coordinated shutdown.</summary>
    public abstract void Abort();
}
