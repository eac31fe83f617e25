using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>
/// Asks the seed nodes to be let in, and has the core daemon join the first that agrees. The first of the seeds, where none of the others does within
/// <c>seed-node-timeout</c>, joins itself: that is how a cluster begins. Only the first does, lest there be two clusters.
/// </summary>
internal sealed class SeedNodeProcess : UntypedActor, IWithTimers
{
    private readonly Cluster _cluster;
    private readonly bool _mayJoinItself;
    private ImmutableHashSet<Address> _others;
    private int _attempts;

    public SeedNodeProcess(Cluster cluster, ImmutableList<Address> seedNodes)
    {
        _cluster = cluster;
        _mayJoinItself = seedNodes[0] == cluster.SelfAddress;
        _others = [.. seedNodes.Where(seed => seed != cluster.SelfAddress)];
    }

    public ITimerScheduler Timers { get; set; }

    private sealed record Ask;

    private sealed record TimedOut;

    protected override void PreStart()
    {
        Self.Tell(new Ask());
        // As often as Akka.NET's first seed asks; the others ask once per time-out there.
        var interval = TimeSpan.FromSeconds(Math.Min(1, _cluster.Settings.SeedNodeTimeout.TotalSeconds / 2));
        Timers.StartPeriodicTimer(typeof(Ask), new Ask(), interval);
        Timers.StartPeriodicTimer(typeof(TimedOut), new TimedOut(), _cluster.Settings.SeedNodeTimeout);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Ask:
                foreach (var seed in _others)
                    _cluster.CoreAt(seed).Tell(new InitJoin(), Self);
                break;
            case InitJoinAck ack:
                Decide(ack.Address);
                break;
            case InitJoinNack nack when _mayJoinItself:
                _others = _others.Remove(nack.Address);
                if (_others.IsEmpty)
                    Decide(_cluster.SelfAddress);
                break;
            case TimedOut when _mayJoinItself:
                Decide(_cluster.SelfAddress);
                break;
            case TimedOut when ++_attempts >= 2:
                Context.GetLogger().Warning("Couldn't join seed nodes after [{0}] attempts, will try again. seed-nodes=[{1}]", _attempts, string.Join(',', _others));
                break;
        }
    }

    private void Decide(Address address)
    {
        Context.Parent.Tell(new ClusterAction.JoinTo(address));
        Context.Stop(Self);
        Become(_ => { });
    }
}
