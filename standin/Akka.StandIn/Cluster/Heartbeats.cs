using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster;

/// <summary>Asks all other members at short intervals whether they live, and tells the core daemon who doesn't answer.</summary>
internal sealed class HeartbeatSender : UntypedActor, IWithTimers
{
    private readonly Cluster _cluster;
    private readonly Dictionary<UniqueAddress, PhiAccrualFailureDetector> _detectors = [];
    private ImmutableHashSet<UniqueAddress> _unreachable = [];
    private long _sequenceNr;

    public HeartbeatSender(Cluster cluster) => _cluster = cluster;

    public ITimerScheduler Timers { get; set; }

    private FailureDetectorSettings Settings => _cluster.Settings.FailureDetector;

    internal sealed record To(ImmutableHashSet<UniqueAddress> Others);

    private sealed record Beat;

    private sealed record Reap;

    /// <summary>Who never answers is suspected as well.</summary>
    private sealed record ExpectFirst(UniqueAddress Of);

    protected override void PreStart()
    {
        var initially = _cluster.Settings.PeriodicTasksInitialDelay;
        Timers.StartPeriodicTimer(typeof(Beat), new Beat(), Settings.HeartbeatInterval);
        Timers.StartPeriodicTimer(typeof(Reap), new Reap(), initially, _cluster.Settings.UnreachableNodesReaperInterval);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case To to:
                foreach (var gone in _detectors.Keys.Except(to.Others).ToList())
                    _detectors.Remove(gone);
                foreach (var added in to.Others.Except(_detectors.Keys))
                {
                    _detectors[added] = new PhiAccrualFailureDetector(Settings, () => Context.System.Scheduler.MonotonicClock);
                    Send(added);
                    Timers.StartSingleTimer(added, new ExpectFirst(added), Settings.ExpectedResponseAfter);
                }
                break;
            case Beat:
                _sequenceNr++;
                foreach (var other in _detectors.Keys)
                    Send(other);
                break;
            case ExpectFirst first:
                if (_detectors.TryGetValue(first.Of, out var silent) && !silent.IsMonitoring)
                    silent.Heartbeat();
                break;
            case HeartbeatRsp answer:
                if (_detectors.TryGetValue(answer.From, out var detector))
                    detector.Heartbeat();
                break;
            case Reap:
                Report();
                break;
        }
    }

    private void Report()
    {
        ImmutableHashSet<UniqueAddress> unreachable = [.. _detectors.Where(pair => !pair.Value.IsAvailable).Select(pair => pair.Key)];
        if (unreachable.SetEquals(_unreachable))
            return;
        _unreachable = unreachable;
        Context.Parent.Tell(new ClusterAction.Observed(unreachable));
    }

    private void Send(UniqueAddress other) => Context.ActorSelection(new RootActorPath(other.Address) / "system" / "cluster" / "heartbeatReceiver")
        .Tell(new Heartbeat(_cluster.SelfAddress, _sequenceNr), Self);
}

/// <summary>Answers others' heartbeats, whatever else the node is busy with.</summary>
internal sealed class HeartbeatReceiver : UntypedActor
{
    private readonly UniqueAddress _self;

    public HeartbeatReceiver(Cluster cluster) => _self = cluster.SelfUniqueAddress;

    protected override void OnReceive(object message)
    {
        if (message is Heartbeat heartbeat)
            Sender.Tell(new HeartbeatRsp(_self, heartbeat.SequenceNr), Self);
    }
}
