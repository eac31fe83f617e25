using Akka.Actor;
using Concierge.Actors.Sessions;

namespace Concierge.Actors.Directory;

// Names: the registrar grants them. It introduces itself, and again after it has moved to another node; what it has not
// answered is asked again, so that nothing is lost with it or on the way.
public sealed partial class DirectoryActor
{
    /// <summary>So many names go into one message.</summary>
    private const int NamesAtATime = 1_000;

    /// <summary>How long a claim may stay unanswered before it is made again.</summary>
    private static readonly TimeSpan ClaimPatience = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Guid, Pending> _claims = [];
    private readonly Dictionary<RegisteredName, Guid> _held = [];
    private IActorRef _registrar = ActorRefs.Nobody;
    private long _latestGrant;

    private void Claim(RegisteredName name, ISessionRequest request)
    {
        var claim = new RegistrarActor.Claim(_self, name, Guid.NewGuid());
        _claims.Add(claim.Id, new Pending(claim, request));
        Tell(claim);
        if (!Timers.IsTimerActive(RepeatClaims.Instance)) Timers.StartSingleTimer(RepeatClaims.Instance, RepeatClaims.Instance, ClaimPatience);
    }

    // A node takes no clients before it knows who is on the others.
    private void Tell(RegistrarActor.Claim claim)
    {
        if (_cluster.Ready.IsCompleted) _registrar.Tell(claim);
    }

    private void Release(RegisteredName name)
    {
        if (_held.Remove(name, out Guid claim)) _registrar.Tell(new RegistrarActor.Release(name, claim));
    }

    private void OnGranted(RegistrarActor.Granted granted)
    {
        // One that has been replaced no longer knows who holds what.
        if (!Sender.Equals(_registrar)) return;
        (Guid id, RegisteredName name, long number) = granted;
        if (!_claims.Remove(id, out Pending? pending))
        {
            // Answered twice, or given up meanwhile.
            if (!_held.TryGetValue(name, out Guid held) || held != id) _registrar.Tell(new RegistrarActor.Release(name, id));
            return;
        }
        _held[name] = id;
        _latestGrant = Math.Max(_latestGrant, number);
        if (pending.Request is Join join) OnJoined(join, number);
        else OnCreated((CreateService)pending.Request, number);
    }

    private void OnRefused(RegistrarActor.Refused refused)
    {
        if (!Sender.Equals(_registrar) || !_claims.TryGetValue(refused.Claim, out Pending? pending)) return;
        if (pending.Request is not CreateService create || _view.TryGetService(create.Service.Name, out _))
        {
            _claims.Remove(refused.Claim);
            Answer(pending.Request, Outcome.Refused);
        }
        // Who is refused a service's name is shown the service. One of this node has been deleted meanwhile; the word of
        // another's is still on its way, and where it doesn't come the claim is repeated.
        else if (refused.Holder == _self) Tell(pending.Claim);
    }

    private void OnCheck(RegistrarActor.Check check)
    {
        bool isHeld = _held.TryGetValue(check.Name, out Guid claim) && claim == check.Held;
        Sender.Tell(new RegistrarActor.Checked(check.Name, check.Held, isHeld));
    }

    private void OnEnrol(RegistrarActor.Enrol enrol)
    {
        _registrar = Sender;
        _cluster.HasRegistrar = true;
        foreach ((RegisteredName, Guid)[] names in _held.Select(pair => (pair.Key, pair.Value)).Chunk(NamesAtATime).DefaultIfEmpty([]))
            _registrar.Tell(new RegistrarActor.Enrolled(enrol.Registrar, _self, names, _held.Count, _latestGrant));
        foreach (Pending pending in _claims.Values) Tell(pending.Claim);
    }

    private void OnRepeatClaims()
    {
        if (_claims.Count == 0) return;
        foreach (Pending pending in _claims.Values) Tell(pending.Claim);
        Timers.StartSingleTimer(RepeatClaims.Instance, RepeatClaims.Instance, ClaimPatience);
    }

    private sealed record Pending(RegistrarActor.Claim Claim, ISessionRequest Request);

    private sealed record RepeatClaims
    {
        public static readonly RepeatClaims Instance = new();
    }
}
