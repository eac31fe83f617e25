using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Tools.Singleton;

public sealed partial class ClusterSingletonManager
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SelfUp:
                _cluster.Subscribe(Self, typeof(IMemberEvent));
                break;
            case CurrentClusterState state:
                _members.Start(state);
                _elders = [.. _members.OlderThan(_cluster.SelfUniqueAddress)];
                GoTo(State.Younger);
                Reconsider();
                break;
            case IMemberEvent happened when happened.Member.UniqueAddress == _cluster.SelfUniqueAddress:
                FollowSelf(happened);
                break;
            case IMemberEvent happened:
                Follow(happened);
                break;
            case Gone gone:
                _elders = _elders.Remove(gone.Node);
                if (_state == State.BecomingOldest && _elders.IsEmpty)
                    StartSingleton();
                break;
            case SelfExiting:
                _isExiting = true;
                _members.Remove(_cluster.SelfUniqueAddress);
                Reconsider();
                if (_state is State.Start or State.Younger or State.BecomingOldest or State.End)
                    _nothingToHandOver.TrySetResult();
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_singleton):
                SingletonStopped();
                break;
            case Retry:
                TryAgain();
                break;
            case HandOverToMe when _cluster.State.Members.All(member => member.Address != AddressOf(Sender)):
                _log.Info("Ignoring a request to hand over to [{0}], which is no member.", Sender);
                break;
            case IClusterSingletonMessage fromPeer:
                Heard(fromPeer);
                break;
        }
    }

    private static Address AddressOf(IActorRef actor) => actor.Path.Address;

    private void Heard(IClusterSingletonMessage message)
    {
        switch (message, _state)
        {
            case (HandOverToMe, State.Oldest or State.WasOldest):
                HandOver(Sender);
                break;
            case (HandOverToMe, State.HandingOver) when Sender.Equals(_handOverTo):
                Sender.Tell(new HandOverInProgress());
                break;
            case (HandOverToMe, State.End):
                Sender.Tell(new HandOverDone());
                break;
            // Most likely this node was restarted at its address: its earlier incarnation's singleton is no more.
            case (HandOverToMe, State.Younger) when _cluster.SelfMember.Status is not (MemberStatus.Leaving or MemberStatus.Exiting):
                Sender.Tell(new HandOverDone());
                break;
            case (HandOverInProgress, State.BecomingOldest):
                Timers.Cancel(typeof(Retry));
                break;
            case (HandOverDone, State.BecomingOldest) when AddressOf(Sender) == _formerOldest?.Address:
                StartSingleton();
                break;
            case (TakeOverFromMe, State.Oldest):
            case (TakeOverFromMe, State.BecomingOldest) when AddressOf(Sender) == _formerOldest?.Address:
                Sender.Tell(new HandOverToMe());
                break;
        }
    }

    private void FollowSelf(IMemberEvent happened)
    {
        switch (happened)
        {
            case MemberUp:
                _members.Follow(happened);
                Reconsider();
                break;
            case MemberDowned when _singleton is not null:
                GoTo(State.Stopping);
                _singleton.Tell(_terminationMessage);
                break;
            case MemberDowned:
            case MemberRemoved when _state is not (State.Stopping or State.HandingOver):
                Context.Stop(Self);
                break;
        }
    }

    private void Follow(IMemberEvent happened)
    {
        var oldest = _members.Oldest;
        _members.Follow(happened);
        if (_members.Oldest != oldest)
        {
            if (oldest != _cluster.SelfUniqueAddress)
                _formerOldest = oldest;
            Reconsider();
        }
        if (happened is MemberRemoved && _elders.Contains(happened.Member.UniqueAddress))
        {
            var gone = new Gone(happened.Member.UniqueAddress);
            if (_removalMargin > TimeSpan.Zero)
                Timers.StartSingleTimer(gone, gone, _removalMargin);
            else
                Self.Tell(gone);
        }
    }

    /// <summary>Whether this node is the oldest may have changed.</summary>
    private void Reconsider()
    {
        var isOldest = _members.Oldest == _cluster.SelfUniqueAddress;
        if (isOldest && _state == State.Younger && _elders.IsEmpty)
        {
            StartSingleton();
        }
        else if (isOldest && _state == State.Younger)
        {
            _formerOldest ??= _elders[^1];
            GoTo(State.BecomingOldest);
            TryAgain();
        }
        else if (!isOldest && _state == State.Oldest)
        {
            GoTo(State.WasOldest);
            TryAgain();
        }
    }

    private void TryAgain()
    {
        switch (_state)
        {
            case State.BecomingOldest:
                Peer(_formerOldest).Tell(new HandOverToMe());
                break;
            // Nobody is there to take over, or it doesn't answer.
            case State.WasOldest when _isExiting && (_members.Oldest is null || _retries > _maxTakeOverRetries):
                HandOver(null);
                return;
            case State.WasOldest when _members.Oldest is { } newOldest:
                Peer(newOldest).Tell(new TakeOverFromMe());
                break;
        }
        _retries++;
        Timers.StartSingleTimer(typeof(Retry), new Retry(), _settings.HandOverRetryInterval);
    }

    private ActorSelection Peer(UniqueAddress node) => Context.ActorSelection(Self.Path.ToStringWithAddress(node.Address));

    private void StartSingleton()
    {
        if (_cluster.IsTerminated || _isExiting)
            return;
        GoTo(State.Oldest);
        _elders = [];
        _singleton = Context.Watch(Context.ActorOf(_singletonProps, _settings.SingletonName));
        _log.Info("Singleton manager started singleton actor [{0}]", _singleton.Path);
    }

    private void HandOver(IActorRef to)
    {
        GoTo(State.HandingOver);
        _handOverTo = to;
        if (_singleton is null)
        {
            SingletonStopped();
            return;
        }
        to?.Tell(new HandOverInProgress());
        _log.Info("Singleton manager stopping singleton actor [{0}]", _singleton.Path);
        _singleton.Tell(_terminationMessage);
    }

    private void SingletonStopped()
    {
        _singleton = null;
        switch (_state)
        {
            case State.HandingOver:
                _log.Info("Singleton terminated, hand-over done [{0} -> {1}]", _cluster.SelfAddress, _handOverTo?.Path.Address);
                _handOverTo?.Tell(new HandOverDone());
                _nothingToHandOver.TrySetResult();
                GoTo(State.End);
                if (_cluster.IsTerminated)
                    Context.Stop(Self);
                break;
            case State.Stopping:
                Context.Stop(Self);
                break;
        }
    }
}
