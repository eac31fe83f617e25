using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Hands all it is told on to the singleton, wherever that is; while that isn't known it keeps the messages, as many as fit its buffer.</summary>
public sealed class ClusterSingletonProxy : UntypedActor, IWithTimers
{
    private readonly ClusterSingletonProxySettings _settings;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly MembersByAge _members;
    private readonly string[] _path;
    private readonly Queue<(object Message, IActorRef Sender)> _buffer = new();
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef _singleton;
    private int _attempt;

    public ClusterSingletonProxy(string singletonManagerPath, ClusterSingletonProxySettings settings)
    {
        _settings = settings;
        _members = new MembersByAge(settings.Role);
        _path = $"{singletonManagerPath}/{settings.SingletonName}".Split('/', StringSplitOptions.RemoveEmptyEntries);
    }

    public ITimerScheduler Timers { get; set; }

    private sealed record TryToIdentify;

    public static Props Props(string singletonManagerPath, ClusterSingletonProxySettings settings) =>
        Actor.Props.Create<ClusterSingletonProxy>(singletonManagerPath, settings);

    protected override void PreStart() => _cluster.Subscribe(Self, typeof(IMemberEvent));

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case CurrentClusterState state:
                _members.Start(state);
                Identify();
                break;
            case MemberRemoved removed when removed.Member.UniqueAddress == _cluster.SelfUniqueAddress:
                Context.Stop(Self);
                break;
            case IMemberEvent happened:
                var before = _members.Oldest;
                _members.Follow(happened);
                if (before != _members.Oldest)
                    Identify();
                break;
            case TryToIdentify:
                if (_members.Oldest is { } oldest)
                    Context.ActorSelection(_path.Aggregate<string, ActorPath>(new RootActorPath(oldest.Address), (path, name) => path / name)).Tell(new Identify(_attempt), Self);
                break;
            case ActorIdentity identity:
                if (identity.Subject is not null && _singleton is null && Equals(identity.MessageId, _attempt))
                    Found(identity.Subject);
                break;
            case Terminated terminated:
                if (terminated.ActorRef.Equals(_singleton))
                    Identify();
                break;
            default:
                HandOn(message);
                break;
        }
    }

    private void Identify()
    {
        _attempt++;
        _singleton = null;
        Timers.StartPeriodicTimer(typeof(TryToIdentify), new TryToIdentify(), TimeSpan.Zero, _settings.SingletonIdentificationInterval);
    }

    private void Found(IActorRef singleton)
    {
        _log.Info("Singleton identified at [{0}]", singleton.Path);
        _singleton = singleton;
        // Of another node's actor this node hears the end only by that node's leaving.
        if (singleton.Path.Address.HasLocalScope)
            Context.Watch(singleton);
        Timers.Cancel(typeof(TryToIdentify));
        while (_buffer.TryDequeue(out var kept))
            singleton.Tell(kept.Message, kept.Sender);
    }

    private void HandOn(object message)
    {
        if (_singleton is not null)
        {
            _singleton.Forward(message);
            return;
        }
        if (_settings.BufferSize == 0)
        {
            _log.Debug("Singleton not available and buffering is disabled, dropping message [{0}]", message.GetType());
            return;
        }
        if (_buffer.Count == _settings.BufferSize)
        {
            var (dropped, _) = _buffer.Dequeue();
            _log.Debug("Singleton not available, buffer is full, dropping first message [{0}]", dropped.GetType());
        }
        _buffer.Enqueue((message, Sender));
    }
}
