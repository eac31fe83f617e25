using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// One on each node; the one on the oldest has the singleton for its child. Whoever becomes the oldest starts the singleton only once that of the former oldest
/// has stopped: because that node's manager says so, or because all older members were removed, and the removal margin has passed.
/// </summary>
public sealed partial class ClusterSingletonManager : UntypedActor, IWithTimers
{
    private readonly Props _singletonProps;
    private readonly object _terminationMessage;
    private readonly ClusterSingletonManagerSettings _settings;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly TaskCompletionSource _nothingToHandOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MembersByAge _members;
    private readonly TimeSpan _removalMargin;
    private readonly int _maxTakeOverRetries;

    /// <summary>Where the singleton may still be running, the oldest first.</summary>
    private ImmutableList<UniqueAddress> _elders = [];

    private State _state = State.Start;
    private UniqueAddress _formerOldest;
    private IActorRef _singleton;
    private IActorRef _handOverTo;
    private int _retries;
    private bool _isExiting;

    public ClusterSingletonManager(Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings)
    {
        if (!string.IsNullOrEmpty(settings.Role) && !_cluster.SelfRoles.Contains(settings.Role))
            throw new ArgumentException($"This cluster member [{_cluster.SelfAddress}] doesn't have the role [{settings.Role}]");
        _singletonProps = singletonProps;
        _terminationMessage = terminationMessage;
        _settings = settings;
        _members = new MembersByAge(settings.Role);
        _removalMargin = settings.RemovalMargin > TimeSpan.Zero ? settings.RemovalMargin : _cluster.DowningProvider.DownRemovalMargin;
        var leastRetries = Context.System.Settings.Config.GetInt("akka.cluster.singleton.min-number-of-hand-over-retries", 15);
        _maxTakeOverRetries = Math.Max(1, Math.Max(leastRetries - 3, (int)(_removalMargin / settings.HandOverRetryInterval)));
        AddToShutdown();
    }

    private enum State
    {
        /// <summary>This node is not up yet.</summary>
        Start,
        Younger,
        BecomingOldest,
        Oldest,

        /// <summary>This node leaves, and waits to be asked for what it has.</summary>
        WasOldest,
        HandingOver,

        /// <summary>The singleton stops, for nobody.</summary>
        Stopping,
        End,
    }

    public ITimerScheduler Timers { get; set; }

    private sealed record SelfUp;

    private sealed record SelfExiting;

    private sealed record Retry;

    private sealed record Gone(UniqueAddress Node);

    public static Props Props(Props singletonProps, ClusterSingletonManagerSettings settings) => Props(singletonProps, PoisonPill.Instance, settings);

    /// <summary>The termination message makes the singleton stop itself.</summary>
    public static Props Props(Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings) =>
        Actor.Props.Create<ClusterSingletonManager>(singletonProps, terminationMessage, settings);

    protected override void PreStart()
    {
        if (_cluster.IsTerminated)
            throw new ActorInitializationException("Cluster node must not be terminated");
        var self = Self;
        _cluster.RegisterOnMemberUp(() => self.Tell(new SelfUp(), ActorRefs.NoSender));
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        _nothingToHandOver.TrySetResult();
    }

    private void GoTo(State state)
    {
        _log.Info("ClusterSingletonManager state change [{0} -> {1}]", _state, state);
        _state = state;
        _retries = 0;
        Timers.Cancel(typeof(Retry));
    }

    private void AddToShutdown()
    {
        var self = Self;
        var shutdown = CoordinatedShutdown.Get(Context.System);
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterExiting, "singleton-exiting", async () =>
        {
            if (!_cluster.IsTerminated && _cluster.SelfMember.Status != MemberStatus.Down)
            {
                self.Tell(new SelfExiting(), ActorRefs.NoSender);
                await _nothingToHandOver.Task.ConfigureAwait(false);
            }
            return Done.Instance;
        });
    }
}
