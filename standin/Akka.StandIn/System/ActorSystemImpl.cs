using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// A tree of actors: the root guardian with its two children, user and system. It ends from the leaves to the root:
/// users' actors first, while the system's still serve them.
/// </summary>
internal sealed class ActorSystemImpl : ExtendedActorSystem
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentStack<Action> _onTermination = new();
    private readonly RootActorPath _rootPath;
    private readonly ActorPath _tempPath;
    private readonly LocalActorRef _root;
    private readonly LocalActorRef _deadLetterListener;
    private long _nextTempName;

    internal ActorSystemImpl(string name, Config config, Action<LogEvent> log)
    {
        if (string.IsNullOrEmpty(name) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || name[0] == '-')
            throw new ArgumentException($"Invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-')", nameof(name));
        Name = name;
        Settings = new Settings(this, config);
        EventStream = new EventStream(Logging.LogLevelFor(Settings.LogLevel), log);
        Log = new BusLogging(EventStream, $"ActorSystem({name})", typeof(ActorSystemImpl), null);
        _rootPath = new RootActorPath(new Address("akka", name));
        _tempPath = _rootPath / "temp";
        DeadLetterRef = new DeadLetterActorRef(this, _rootPath / "deadLetters");
        Scheduler = NewScheduler();
        try
        {
            LocalProvider = ActorRefProviders.Create(this);
            Serialization = new Serialization.Serialization(this);
        }
        catch
        {
            (Scheduler as IDisposable)?.Dispose();
            LocalProvider?.ShutdownAsync();
            throw;
        }

        var rootProps = GuardianProps(() => SystemGuardian).WithSupervisorStrategy(new OneForOneStrategy(GuardianFailed));
        _root = NewActorRef(rootProps, _rootPath, new AboveRoot(this, _rootPath));
        UserGuardian = (LocalActorRef)_root.Cell.ActorOf(GuardianProps(() => null), "user");
        SystemGuardian = (LocalActorRef)_root.Cell.ActorOf(GuardianProps(() => UserGuardian), "system");
        _root.Start();
        if (Settings.LogDeadLetters > 0)
            _deadLetterListener = (LocalActorRef)SystemActorOf(Props.Create<DeadLetterListener>(), "deadLetterListener");
        _ = CoordinatedShutdown.Get(this);
        try
        {
            LocalProvider.Start();
        }
        catch
        {
            FinalTerminate();
            throw;
        }
    }

    public override string Name { get; }
    public override Settings Settings { get; }
    public override EventStream EventStream { get; }
    public override ILoggingAdapter Log { get; }
    public override IScheduler Scheduler { get; }
    public override Serialization.Serialization Serialization { get; }
    public override IActorRefProvider Provider => LocalProvider;
    public override IActorRef DeadLetters => DeadLetterRef;
    public override Task WhenTerminated => _terminated.Task;

    internal LocalActorRefProvider LocalProvider { get; }
    internal RootActorPath RootPath => _rootPath;
    internal LocalActorRef RootGuardian => _root;
    internal DeadLetterActorRef DeadLetterRef { get; }
    internal LocalActorRef UserGuardian { get; }
    internal LocalActorRef SystemGuardian { get; }

    public override IActorRef ActorOf(Props props, string name = null) => UserGuardian.Cell.ActorOf(props, name);

    public override IActorRef SystemActorOf(Props props, string name = null) => SystemGuardian.Cell.ActorOf(props, name);

    public override ActorSelection ActorSelection(ActorPath actorPath) =>
        new(LocalProvider.RootGuardianAt(actorPath.Address), actorPath.ToStringWithoutAddress());

    public override ActorSelection ActorSelection(string actorPath)
    {
        if (Address.TryParse(actorPath, out var address, out var names))
            return new ActorSelection(LocalProvider.RootGuardianAt(address), names.ToString());
        return new ActorSelection(actorPath.Contains("://", StringComparison.Ordinal) ? DeadLetterRef : _root, actorPath);
    }

    public override void Stop(IActorRef actor)
    {
        var target = (IInternalActorRef)actor;
        if (target.Parent is LocalActorRef guardian && (guardian == UserGuardian || guardian == SystemGuardian))
            guardian.Tell(new Guardian.StopChild(actor), ActorRefs.NoSender);
        else
            target.Stop();
    }

    public override Task Terminate() => CoordinatedShutdown.Get(this).RunsByTerminate
        ? CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance)
        : FinalTerminate();

    public override void Abort() => FinalTerminate();

    public override void RegisterOnTermination(Action code)
    {
        if (WhenTerminated.IsCompleted)
            throw new InvalidOperationException("ActorSystem already terminated.");
        _onTermination.Push(code);
    }

    public override object RegisterExtension(IExtensionId extension) =>
        _extensions.GetOrAdd(extension.ExtensionType, _ => new Lazy<object>(() => extension.CreateExtension(this))).Value;

    public override object GetExtension(IExtensionId extensionId) => _extensions.GetValueOrDefault(extensionId.ExtensionType)?.Value;

    public override T GetExtension<T>() => _extensions.GetValueOrDefault(typeof(T))?.Value as T;

    public override bool TryGetExtension<T>(out T extension) => (extension = GetExtension<T>()) is not null;

    public override bool HasExtension<T>() => _extensions.ContainsKey(typeof(T));

    public override string ToString() => _rootPath.Address.ToString();

    internal static long NewUid() => Random.Shared.Next(1, int.MaxValue);

    internal LocalActorRef NewActorRef(Props props, ActorPath path, IInternalActorRef parent)
    {
        var self = new LocalActorRef(path);
        _ = new ActorCell(this, self, props, parent);
        return self;
    }

    internal ActorPath NextTempPath() => _tempPath / Base64Encoding.Encode(Interlocked.Increment(ref _nextTempName), "$");

    internal Task FinalTerminate()
    {
        Log.Debug("System shutdown initiated");
        if (!Settings.LogDeadLettersDuringShutdown)
            _deadLetterListener?.Stop();
        UserGuardian.Stop();
        return WhenTerminated;
    }

    private static Props GuardianProps(Func<IActorRef> endsAfter) => Props.Create<Guardian>(endsAfter);

    private Directive GuardianFailed(Exception cause)
    {
        Log.Error(cause, "guardian failed, shutting down system");
        return Directive.Stop;
    }

    private IScheduler NewScheduler()
    {
        var name = Settings.SchedulerClass;
        var type = TypeNames.Find(name)
            ?? throw new ConfigurationException($"akka.scheduler.implementation: no type [{name}] in any loaded assembly.");
        return (IScheduler)Activator.CreateInstance(type, Settings.Config, Log);
    }

    private async Task RootTerminated()
    {
        await LocalProvider.ShutdownAsync().ConfigureAwait(false);
        (Scheduler as IDisposable)?.Dispose();
        while (_onTermination.TryPop(out var code))
        {
            try
            {
                code();
            }
            catch (Exception e)
            {
                Log.Error(e, "A termination callback failed: {0}", e.Message);
            }
        }
        _terminated.TrySetResult();
    }

    /// <summary>Parent of root, where the last death is reported.</summary>
    private sealed class AboveRoot(ActorSystemImpl system, ActorPath rootPath) : MinimalActorRef
    {
        public override ActorPath Path { get; } = rootPath / "_above-root";

        internal override ActorSystemImpl System => system;

        internal override void SendSystemMessage(SystemMessage message)
        {
            switch (message)
            {
                case DeathWatchNotification:
                    _ = system.RootTerminated();
                    break;
                case Failed failed:
                    system.Log.Error(failed.Cause, "root guardian failed, shutting down system");
                    failed.Child.Stop();
                    break;
            }
        }
    }
}
