using Akka.Actor;
using Akka.Event;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Actors.Nodes;
using Concierge.Actors.Sessions;
using Concierge.Protocol;

namespace Concierge.Actors.Dialects.Devices;

/// <summary>
/// The session of a device that owns the one service which is named by the device's id. Devices come back after a power cut, long before
/// anybody has noticed that they were gone: who comes later takes the service from who has it, on whatever node that is.
/// </summary>
internal abstract class DeviceSessionActor(SessionContext shared, Connection connection, DialectKind kind)
    : DialectSessionActor(shared, connection, kind)
{
    private static readonly SessionActor.Close Replaced = new(CloseCode.Normal, "the device has connected again");

    private string _name = "";
    private string? _nickname;
    private Target.ToService? _target;
    private ServiceEntry? _former;

    /// <summary>The device's service, once it stands.</summary>
    protected ServiceEntry? Service { get; private set; }

    /// <summary>The service stands.</summary>
    protected abstract void OnStanding();

    /// <summary>The device can't have its service, for a reason that is meant for its owner; the session has to end.</summary>
    protected abstract void OnRefused(string reason);

    /// <summary>The device has said who it is.</summary>
    /// <param name="service">Its service's name, as far as it is one.</param>
    /// <param name="nickname">What people call it, or null.</param>
    protected void Announce(string service, string? nickname)
    {
        StopAwaitingIdentity();
        _name = service;
        _nickname = nickname;
        if (!Names.IsServiceName(service)) OnRefused($"'{service}' is no name for a service: expected up to {Limits.ServiceName} letters, digits or any of _ - . / :");
        else if (Shared.View.TryGetService(service, out ServiceEntry? existing) && !IsDevices(existing)) OnTaken(existing);
        else Introduce();
    }

    protected sealed override void OnJoined() => Claim();

    protected sealed override void OnDone(ISessionRequest request, Outcome outcome)
    {
        if (request is not DirectoryActor.CreateService(var service)) return;
        if (outcome == Outcome.Done)
        {
            Service = service;
            _target = new Target.ToService(service.Name);
            OnStanding();
            return;
        }
        Context.Stop(service.Actor);
        Claim();
    }

    private protected sealed override void OnEnded(IActorRef ended)
    {
        if (_former?.Actor.Equals(ended) != true)
        {
            base.OnEnded(ended);
            return;
        }
        _former = null;
        CreateService(_name, _nickname);
    }

    /// <summary>Says something to the service's subscribers.</summary>
    protected void Publish(ReadOnlySpan<byte> data)
    {
        // Whatever it was, and however much it has become: that must not be held against those who receive it.
        if (data.Length > Outbox.Limit / 2) Log.Info("{0} says more at once than can be passed on: {1} bytes", Client.Info.Name, data.Length);
        else Broadcast(Service!.Subscribers, new Destination.ToSubscribers(Service.Id), _target!, Service, data);
    }

    // The service's end is seen before the directory has heard of it: then the answer is that the name is taken, and this begins anew.
    private void Claim()
    {
        if (!Shared.View.TryGetService(_name, out ServiceEntry? existing)) CreateService(_name, _nickname);
        else if (!IsDevices(existing)) OnTaken(existing);
        else
        {
            _former = existing;
            existing.Owner.Disconnect(Replaced);
            Context.Watch(existing.Actor);
        }
    }

    private void OnTaken(ServiceEntry existing) => OnRefused($"'{_name}' is a service of {existing.Owner.Info.Name}, which is no device of this kind");

    private bool IsDevices(ServiceEntry service) => Dialect.IsName(service.Owner.Info.Name);
}
