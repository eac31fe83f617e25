using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Ends an actor system in phases: the tasks of one phase run together, and the next begins once all have ended or its time is up.
/// The phases are the standard ones in their order; only their time-outs and <c>recover</c> can be configured.
/// </summary>
public sealed class CoordinatedShutdown : IExtension
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private static readonly string[] Phases =
    [
        PhaseBeforeServiceUnbind, PhaseServiceUnbind, PhaseServiceRequestsDone, PhaseServiceStop, PhaseBeforeClusterShutdown,
        PhaseClusterShardingShutdownRegion, PhaseClusterLeave, PhaseClusterExiting, PhaseClusterExitingDone, PhaseClusterShutdown,
        PhaseBeforeActorSystemTerminate, PhaseActorSystemTerminate,
    ];

    private readonly Dictionary<string, ImmutableList<(string Name, Func<Task<Done>> Run)>> _tasks = Phases.ToDictionary(
        phase => phase, _ => ImmutableList<(string, Func<Task<Done>>)>.Empty);
    private readonly TaskCompletionSource<Done> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILoggingAdapter _log;
    private Reason _reason;

    internal CoordinatedShutdown(ActorSystemImpl system)
    {
        System = system;
        _log = Logging.GetLogger(system, this);
        RunsByTerminate = Config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate", true);
        var terminates = Config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system", true);
        if (RunsByTerminate && !terminates)
        {
            throw new ConfigurationException(
                "akka.coordinated-shutdown.run-by-actor-system-terminate=on and akka.coordinated-shutdown.terminate-actor-system=off is not a supported configuration combination.");
        }
        if (terminates)
            AddTask(PhaseActorSystemTerminate, "terminate-system", TerminateSystem);
    }

    public ExtendedActorSystem System { get; }

    public Reason ShutdownReason => _reason;

    public TimeSpan TotalTimeout => Phases.Where(phase => _tasks[phase].Count > 0).Aggregate(TimeSpan.Zero, (total, phase) => total + Timeout(phase));

    internal bool RunsByTerminate { get; }

    private Config Config => System.Settings.Config;

    public static CoordinatedShutdown Get(ActorSystem sys) => sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    /// <summary>Also while running, for a phase that has not begun.</summary>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        lock (_tasks)
        {
            if (!_tasks.TryGetValue(phase, out var tasks))
                throw new ConfigurationException($"Unknown phase [{phase}], known phases [{string.Join(",", Phases)}].");
            _tasks[phase] = tasks.Add((taskName, task));
        }
    }

    /// <summary>Once: who asks again gets the task of the first run.</summary>
    public Task<Done> Run(Reason reason, string fromPhase = null)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
            _ = RunPhases(fromPhase ?? Phases[0]);
        return _done.Task;
    }

    public TimeSpan Timeout(string phase)
    {
        if (!_tasks.ContainsKey(phase))
            throw new ArgumentException($"Unknown phase [{phase}]. All phases must be defined in configuration.");
        var usual = phase is PhaseClusterShardingShutdownRegion or PhaseClusterExiting or PhaseActorSystemTerminate
            ? TimeSpan.FromSeconds(10)
            : Config.GetTimeSpan("akka.coordinated-shutdown.default-phase-timeout", TimeSpan.FromSeconds(5));
        return Config.GetTimeSpan($"akka.coordinated-shutdown.phases.{phase}.timeout", usual);
    }

    private async Task RunPhases(string fromPhase)
    {
        try
        {
            foreach (var phase in Phases.SkipWhile(phase => phase != fromPhase))
                await RunPhase(phase).ConfigureAwait(false);
            _done.TrySetResult(Done.Instance);
        }
        catch (Exception e)
        {
            _done.TrySetException(e);
        }
    }

    private async Task RunPhase(string phase)
    {
        ImmutableList<(string Name, Func<Task<Done>> Run)> tasks;
        lock (_tasks)
            tasks = _tasks[phase];
        _log.Debug("Performing phase [{0}] with [{1}] tasks: [{2}]", phase, tasks.Count, string.Join(',', tasks.Select(task => task.Name)));
        var recovers = Config.GetBoolean($"akka.coordinated-shutdown.phases.{phase}.recover", true);
        var all = Task.WhenAll(tasks.Select(task => RunTask(phase, task.Name, task.Run, recovers)));
        var timeout = Timeout(phase);
        try
        {
            await all.WaitAsync(timeout).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!all.IsCompleted)
        {
            if (!recovers)
                throw new TimeoutException($"Coordinated shutdown phase[{phase}] timed out after {timeout}");
            _log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", phase, timeout);
        }
    }

    private async Task RunTask(string phase, string name, Func<Task<Done>> run, bool recovers)
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (Exception e) when (recovers)
        {
            _log.Warning("Task [{0}] failed in phase [{1}]: {2}", name, phase, e.Message);
        }
    }

    private async Task<Done> TerminateSystem()
    {
        await ((ActorSystemImpl)System).FinalTerminate().ConfigureAwait(false);
        if (Config.GetBoolean("akka.coordinated-shutdown.exit-clr", false))
            Environment.Exit(0);
        return Done.Instance;
    }

    public class Reason
    {
        protected Reason() { }
    }

    public class UnknownReason : Reason
    {
        public static readonly Reason Instance = new UnknownReason();

        private UnknownReason() { }
    }

    public class ActorSystemTerminateReason : Reason
    {
        public static readonly Reason Instance = new ActorSystemTerminateReason();

        private ActorSystemTerminateReason() { }
    }

    public class ClrExitReason : Reason
    {
        public static readonly Reason Instance = new ClrExitReason();

        private ClrExitReason() { }
    }

    public class ClusterDowningReason : Reason
    {
        public static readonly Reason Instance = new ClusterDowningReason();

        private ClusterDowningReason() { }
    }

    public class ClusterLeavingReason : Reason
    {
        public static readonly Reason Instance = new ClusterLeavingReason();

        private ClusterLeavingReason() { }
    }

    public class ClusterJoinUnsuccessfulReason : Reason
    {
        public static readonly Reason Instance = new ClusterJoinUnsuccessfulReason();

        private ClusterJoinUnsuccessfulReason() { }
    }
}

public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system) => new((ActorSystemImpl)system);
}
