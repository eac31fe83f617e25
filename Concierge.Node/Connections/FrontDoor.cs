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

    private static readonly byte[] Full = Handshake.Refuse(
        503, "Service Unavailable", "This concierge has as many connections as it may have. Try again later, or another node.\n");

    /// <summary>Serves one connection, from its first byte to its last.</summary>
    public async Task OnConnectedAsync(ConnectionContext connection, ConnectionDelegate http)
    {
        (Opening opening, byte[]? answer) = await OpenAsync(connection.Transport.Input).ConfigureAwait(false);
        switch (opening)
        {
            case Opening.Http:
                await http(connection).ConfigureAwait(false);
                break;
            case Opening.WebSocket:
                await AdmitAsync(connection, answer!).ConfigureAwait(false);
                break;
            case Opening.Refused:
                await connection.Transport.Output.WriteAsync(answer!).ConfigureAwait(false);
                break;
        }
    }

    private enum Opening
    {
        /// <summary>The connection ended, or said too little for too long.</summary>
        Nothing,
        Http,
        WebSocket,
        Refused,
    }

    // The path is /ws; clients that were given no more than a host and a port ask for the root.
    private static bool IsOurs(Handshake.Upgrade upgrade) => upgrade.Path is "/ws" or "/";

    // Reads the first request. Anything but an upgrade on our path stays unread, for HTTP.
    private async Task<(Opening Opening, byte[]? Answer)> OpenAsync(PipeReader input)
    {
        using var patience = new CancellationTokenSource(limits.HandshakeTimeout, time);
        try
        {
            while (true)
            {
                ReadResult read = await input.ReadAsync(patience.Token).ConfigureAwait(false);
                switch (Handshake.Read(read.Buffer))
                {
                    case Handshake.Incomplete when !read.IsCompleted:
                        input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                        break;
                    case Handshake.Incomplete:
                        return (Opening.Nothing, null);
                    case Handshake.Upgrade upgrade when IsOurs(upgrade):
                        input.AdvanceTo(upgrade.End);
                        return (Opening.WebSocket, Handshake.Accept(upgrade.Key, upgrade.Offers(Subprotocol) ? Subprotocol : null));
                    case Handshake.Invalid invalid:
                        return (Opening.Refused, invalid.Response.ToArray());
                    default:
                        input.AdvanceTo(read.Buffer.Start);
                        return (Opening.Http, null);
                }
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return (Opening.Nothing, null);
        }
    }

    private Task AdmitAsync(ConnectionContext connection, byte[] acceptance)
    {
        if (metrics.CountConnection() > limits.Connections)
        {
            metrics.CountDisconnection();
            return connection.Transport.Output.WriteAsync(Full).AsTask();
        }
        // Over TLS there is no socket to write to.
        IWire wire = connection.Features.Get<ITlsConnectionFeature>() is null && connection.Features.Get<IConnectionSocketFeature>() is { } socket
            ? new SocketWire(socket.Socket, connection)
            : new PipeWire(connection);
        var client = new Connection(wire, limits.OutgoingQueue, time, metrics);
        client.Outbox.Send(Lane.Control, acceptance);
        return ServeAsync(connection.Transport.Input, client);
    }

    // Until the client has closed, or the socket has ended. A closed session's client is read on for its answer to the
    // close frame; the outbox sees to it that this does not take forever. One method, as its state is what an idle
    // connection holds.
    private async Task ServeAsync(PipeReader input, Connection client)
    {
        IActorRef session = await OpenSessionAsync(client).ConfigureAwait(false);
        var reader = new MessageReader(limits.FrameSize);
        try
        {
            bool ended = false;
            while (!ended)
            {
                ReadResult read = await input.ReadAsync().ConfigureAwait(false);
                ended = read.IsCompleted;
                if (read.Buffer.IsEmpty) continue;

                int length = (int)read.Buffer.Length;
                byte[] chunk = ArrayPool<byte>.Shared.Rent(length);
                read.Buffer.CopyTo(chunk);
                input.AdvanceTo(read.Buffer.End);
                List<InboundMessage> messages = [];
                reader.Read(chunk.AsMemory(0, length), messages);
                metrics.CountReceived(messages.Count, length);
                if (messages.Count > 0)
                {
                    ended |= messages[^1].Kind is MessageKind.Close or MessageKind.Violation;
                    await client.DeliverAsync(session, messages).ConfigureAwait(false);
                }
                ArrayPool<byte>.Shared.Return(chunk);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The socket broke; to the session that is the same as its end.
        }
        finally
        {
            session.Tell(SessionActor.Disconnected.Instance);
            metrics.CountDisconnection();
        }
        await client.Outbox.Finished.ConfigureAwait(false);
    }

    private async Task<IActorRef> OpenSessionAsync(Connection client)
    {
        var session = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        actors.Get<ConciergeActor>().Tell(new SessionsActor.Accept(client, session));
        return await session.Task.ConfigureAwait(false);
    }
}
