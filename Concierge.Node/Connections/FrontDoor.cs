using System.Buffers;
using System.IO.Pipelines;
using Akka.Actor;
using Akka.Hosting;
using Concierge.Actors;
using Concierge.Actors.Connections;
using Concierge.Actors.Sessions;
using Concierge.Actors.Telemetry;
using Concierge.Protocol.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Concierge.Node.Connections;

/// <summary>
/// Takes WebSocket connections below Kestrel's HTTP layer, where one costs half the memory and a fifth of the sends; all
/// other requests on the port go on to HTTP untouched.
/// </summary>
/// <param name="limits">What a connection may cost.</param>
/// <param name="actors">Where the concierge's actor is found, once the actor system has started.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="time">The clock of the time-outs.</param>
internal sealed class FrontDoor(ConnectionLimits limits, IReadOnlyActorRegistry actors, ConciergeMetrics metrics, TimeProvider time)
{
    private const string Subprotocol = "ert-concierge";

    /// <summary>Serves one connection, from its first byte to its last.</summary>
    public async Task OnConnectedAsync(ConnectionContext connection, ConnectionDelegate http)
    {
        switch (await ReadHandshakeAsync(connection.Transport.Input).ConfigureAwait(false))
        {
            case null:
                return;
            case Handshake.Upgrade upgrade when IsOurs(upgrade):
                await AdmitAsync(connection, upgrade).ConfigureAwait(false);
                return;
            case Handshake.Invalid invalid:
                await connection.Transport.Output.WriteAsync(invalid.Response).ConfigureAwait(false);
                return;
            default:
                await http(connection).ConfigureAwait(false);
                return;
        }
    }

    // The path is /ws; clients that were given no more than a host and a port ask for the root.
    private static bool IsOurs(Handshake.Upgrade upgrade) => upgrade.Path is "/ws" or "/";

    // Null where the connection ended, or said too little for too long. Anything but an upgrade to our path is left
    // unread, for HTTP.
    private async Task<Handshake?> ReadHandshakeAsync(PipeReader input)
    {
        using var patience = new CancellationTokenSource(limits.HandshakeTimeout, time);
        try
        {
            while (true)
            {
                ReadResult read = await input.ReadAsync(patience.Token).ConfigureAwait(false);
                Handshake handshake = Handshake.Read(read.Buffer);
                if (handshake is Handshake.Incomplete && !read.IsCompleted)
                {
                    input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    continue;
                }
                input.AdvanceTo(handshake is Handshake.Upgrade upgrade && IsOurs(upgrade) ? upgrade.End : read.Buffer.Start);
                return handshake is Handshake.Incomplete ? null : handshake;
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return null;
        }
    }

    private async Task AdmitAsync(ConnectionContext connection, Handshake.Upgrade upgrade)
    {
        try
        {
            if (metrics.CountConnection() > limits.Connections)
            {
                byte[] refusal = Handshake.Refuse(503, "Service Unavailable", "This concierge has as many connections as it may. Try again later.\n");
                await connection.Transport.Output.WriteAsync(refusal).ConfigureAwait(false);
                return;
            }
            // Over TLS there is no socket to write to.
            IWire wire = connection.Features.Get<ITlsConnectionFeature>() is null && connection.Features.Get<IConnectionSocketFeature>() is { } socket
                ? new SocketWire(socket.Socket, connection)
                : new PipeWire(connection);
            var client = new Connection(wire, limits.OutgoingQueue, time, metrics);
            client.Outbox.Send(Lane.Control, Handshake.Accept(upgrade.Key, upgrade.Offers(Subprotocol) ? Subprotocol : null));
            await ServeAsync(connection.Transport.Input, client).ConfigureAwait(false);
        }
        finally
        {
            metrics.CountDisconnection();
        }
    }

    private async Task ServeAsync(PipeReader input, Connection client)
    {
        IActorRef session = await OpenSessionAsync(client).ConfigureAwait(false);
        try
        {
            await ReadAsync(input, client, session).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The socket broke; to the session that is the same as its end.
        }
        session.Tell(SessionActor.Disconnected.Instance);
        await client.Outbox.Finished.ConfigureAwait(false);
    }

    private async Task<IActorRef> OpenSessionAsync(Connection client)
    {
        var session = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        actors.Get<ConciergeActor>().Tell(new SessionsActor.Accept(client, session));
        return await session.Task.ConfigureAwait(false);
    }

    // Until the client has closed, or the socket has ended. A closed session's client is read on for its answer to the
    // close frame; the outbox sees to it that this does not take forever.
    private async Task ReadAsync(PipeReader input, Connection client, IActorRef session)
    {
        var reader = new MessageReader(limits.FrameSize);
        List<InboundMessage> messages = [];
        while (true)
        {
            ReadResult read = await input.ReadAsync().ConfigureAwait(false);
            int length = (int)read.Buffer.Length;
            if (length > 0)
            {
                byte[] chunk = ArrayPool<byte>.Shared.Rent(length);
                read.Buffer.CopyTo(chunk);
                input.AdvanceTo(read.Buffer.End);
                reader.Read(chunk.AsMemory(0, length), messages);
                if (messages.Count > 0)
                {
                    metrics.CountReceived(messages.Count, length);
                    await client.DeliverAsync(session, messages).ConfigureAwait(false);
                    bool ended = messages[^1].Kind is MessageKind.Close or MessageKind.Violation;
                    messages.Clear();
                    if (ended) return;
                }
                ArrayPool<byte>.Shared.Return(chunk);
            }
            if (read.IsCompleted) return;
        }
    }
}
