using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Published on the event stream, and logged at its level unless <c>akka.remote.log-remote-lifecycle-events</c> is off.</summary>
public abstract class RemotingLifecycleEvent
{
    public abstract LogLevel LogLevel();
}

/// <summary>Of one connection, seen from this end: messages go out by one that is not inbound, and come in by one that is.</summary>
public abstract class AssociationEvent : RemotingLifecycleEvent
{
    protected string EventName;

    private protected AssociationEvent(string eventName, Address localAddress, Address remoteAddress, bool inbound) =>
        (EventName, LocalAddress, RemoteAddress, IsInbound) = (eventName, localAddress, remoteAddress, inbound);

    public Address LocalAddress { get; protected set; }
    public Address RemoteAddress { get; protected set; }
    public bool IsInbound { get; protected set; }

    public override string ToString() => $"{EventName} [{LocalAddress}] {(IsInbound ? "<-" : "->")} {RemoteAddress}";
}

public sealed class AssociatedEvent(Address localAddress, Address remoteAddress, bool inbound)
    : AssociationEvent("Associated", localAddress, remoteAddress, inbound)
{
    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}

public sealed class DisassociatedEvent(Address localAddress, Address remoteAddress, bool inbound)
    : AssociationEvent("Disassociated", localAddress, remoteAddress, inbound)
{
    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}

public sealed class AssociationErrorEvent(Exception cause, Address localAddress, Address remoteAddress, bool inbound, LogLevel level)
    : AssociationEvent("AssociationError", localAddress, remoteAddress, inbound)
{
    public Exception Cause { get; } = cause;

    public override LogLevel LogLevel() => level;

    public override string ToString() => $"{base.ToString()}: Error [{Cause.Message}]";
}

public sealed class RemotingListenEvent(IList<Address> listenAddresses) : RemotingLifecycleEvent
{
    public IList<Address> ListenAddresses { get; } = listenAddresses;

    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;

    public override string ToString() => $"Remoting now listens on addresses: [{string.Join(',', ListenAddresses)}]";
}

public sealed class RemotingShutdownEvent : RemotingLifecycleEvent
{
    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;

    public override string ToString() => "Remoting shut down";
}

/// <summary>From now on nothing goes to that incarnation of a system, and nothing comes from it.</summary>
public sealed class QuarantinedEvent(Address address, int uid) : RemotingLifecycleEvent
{
    public Address Address { get; } = address;
    public int Uid { get; } = uid;

    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;

    public override string ToString() =>
        $"Association to [{Address}] having UID [{Uid}] is irrecoverably failed. That system must be restarted to be heard again.";
}

/// <summary>The remote system will never hear this one again: it must be restarted.</summary>
public sealed class ThisActorSystemQuarantinedEvent(Address localAddress, Address remoteAddress) : RemotingLifecycleEvent
{
    public Address LocalAddress { get; } = localAddress;
    public Address RemoteAddress { get; } = remoteAddress;

    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;

    public override string ToString() => $"The remote system {RemoteAddress} has quarantined this system {LocalAddress}.";
}
