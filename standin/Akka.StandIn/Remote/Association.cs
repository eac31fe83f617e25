using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// The way to one other system: a queue, and a connection that is opened when first needed and again when it broke. While none can be made the gate is closed:
/// what is sent is a dead letter. Messages of one sender keep their order; those that a breaking connection had taken are lost.
/// </summary>
internal sealed class Association(Remoting remoting, Address remote)
{
    private readonly Lock _lock = new();
    private readonly OutboundQueue _queue = new();
    private OutboundConnection _connection;
    private Task _draining = Task.CompletedTask;
    private bool _isDraining;
    private bool _isOverflowing;
    private bool _isRetired;
    private long _gatedUntil = long.MinValue;

    /// <summary>Another one is in its place.</summary>
    internal bool IsRetired => Volatile.Read(ref _isRetired);

    private ActorSystemImpl System => remoting.System;

    internal void Send(OutboundMessage message)
    {
        if (!TrySerialize(ref message))
            return;
        var isFirstTooMany = false;
        lock (_lock)
        {
            if (!remoting.IsShutDown && Environment.TickCount64 >= _gatedUntil)
            {
                if (_queue.TryAdd(message))
                {
                    if (!_isDraining)
                    {
                        _isDraining = true;
                        _draining = Task.Run(DrainAsync);
                    }
                    return;
                }
                isFirstTooMany = !_isOverflowing;
                _isOverflowing = true;
            }
        }
        if (isFirstTooMany)
            remoting.Log.Warning("The queue to [{0}] is full; messages are dropped until it has drained.", remote);
        Bury(message);
    }

    /// <summary>Until the queue is empty and the other end has all of it, or the connection can't be made.</summary>
    internal async Task FinishAsync()
    {
        Task draining;
        lock (_lock)
            draining = _draining;
        await draining.ConfigureAwait(false);
        OutboundConnection connection;
        lock (_lock)
            connection = _connection;
        await (connection?.FinishAsync() ?? Task.CompletedTask).ConfigureAwait(false);
    }

    /// <summary>Not while there is a connection, or one is being made.</summary>
    internal bool TryRetire()
    {
        lock (_lock)
            return _isRetired = _connection is null && !_isDraining;
    }

    internal void Close()
    {
        lock (_lock)
            _connection?.Dispose();
    }

    internal void Quarantine(int? uid)
    {
        lock (_lock)
        {
            if (uid is null || _connection?.RemoteUid == uid)
                _connection?.Dispose();
        }
    }

    private async Task DrainAsync()
    {
        while (true)
        {
            OutboundConnection connection;
            try
            {
                connection = _connection ?? await ConnectAsync().ConfigureAwait(false);
            }
            catch (Exception e)
            {
                CloseGate(e);
                return;
            }
            List<OutboundMessage> batch;
            lock (_lock)
                batch = _queue.TakeAll();
            try
            {
                await connection.WriteAsync(batch).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                remoting.Publish(new AssociationErrorEvent(e, remoting.LocalAddress, remote, false, LogLevel.WarningLevel));
                Disconnected(connection);
            }
            lock (_lock)
            {
                _queue.Return(batch);
                if (!_queue.IsEmpty)
                    continue;
                _isOverflowing = false;
                _isDraining = false;
                return;
            }
        }
    }

    private async Task<OutboundConnection> ConnectAsync()
    {
        if (remoting.IsShutDown)
            throw new RemoteTransportException("Remoting is shut down.");
        var connection = await OutboundConnection.OpenAsync(remoting, remote).ConfigureAwait(false);
        if (remoting.IsQuarantined(remote, connection.RemoteUid))
        {
            connection.Dispose();
            throw new RemoteTransportException($"That system, of uid {connection.RemoteUid}, is quarantined.");
        }
        lock (_lock)
            _connection = connection;
        remoting.Publish(new AssociatedEvent(remoting.LocalAddress, remote, false));
        connection.Watch(() => Disconnected(connection));
        return connection;
    }

    private void Disconnected(OutboundConnection connection)
    {
        lock (_lock)
        {
            if (_connection != connection)
                return;
            _connection = null;
        }
        connection.Dispose();
        remoting.Publish(new DisassociatedEvent(remoting.LocalAddress, remote, false));
    }

    private void CloseGate(Exception cause)
    {
        var gate = remoting.Settings.RetryGateClosedFor;
        List<OutboundMessage> undeliverable;
        lock (_lock)
        {
            _gatedUntil = Environment.TickCount64 + (long)gate.TotalMilliseconds;
            _isDraining = false;
            undeliverable = _queue.TakeAll();
        }
        foreach (var message in undeliverable)
            Bury(message);
        if (remoting.IsShutDown)
            return;
        if (cause is RefusedException { Reason: Handshake.Reason.Quarantined })
            remoting.Publish(new ThisActorSystemQuarantinedEvent(remoting.LocalAddress, remote));
        var error = new RemoteTransportException($"Association with remote system {remote} has failed; address is now gated for {gate}. {cause.Message}", cause);
        remoting.Publish(new AssociationErrorEvent(error, remoting.LocalAddress, remote, false, LogLevel.WarningLevel));
    }

    private bool TrySerialize(ref OutboundMessage message)
    {
        try
        {
            message.Serialize(System.Serialization);
            var longest = remoting.Settings.MaximumFrameSize;
            if (message.FrameLength - sizeof(int) <= longest)
                return true;
            throw new OversizedPayloadException(
                $"Discarding oversized payload sent to {message.Recipient}: max allowed size {longest} bytes, actual size of encoded {message.Message.GetType()} was {message.FrameLength} bytes.");
        }
        catch (Exception e)
        {
            remoting.Log.Error(e, "A message of type [{0}] to {1} is dropped: {2}", message.Message.GetType(), message.Recipient, e.Message);
            return false;
        }
    }

    private void Bury(in OutboundMessage message)
    {
        var content = message.Message is ActorSelectionMessage selection ? selection.Message : message.Message;
        System.DeadLetterRef.Bury(content, message.Sender, message.Recipient);
    }
}
