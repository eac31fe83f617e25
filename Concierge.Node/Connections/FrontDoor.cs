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

    /// <summary>
    /// Serves one connection, from its first byte to its last. All of it is one method, as what an idle connection holds is
    /// this method's state.
    /// </summary>
    public async Task OnConnectedAsync(ConnectionContext connection, ConnectionDelegate http)
    {
        (Opening opening, byte[] answer) = await OpenAsync(connection).ConfigureAwait(false);
        if (opening == Opening.Http)
        {
            await http(connection).ConfigureAwait(false);
            return;
        }
        if (opening == Opening.WebSocket && metrics.CountConnection() > limits.Connections)
        {
            metrics.CountDisconnection();
            (opening, answer) = (Opening.Refused, Full);
        }
        if (opening != Opening.WebSocket)
        {
            await connection.Transport.Output.WriteAsync(answer).ConfigureAwait(false);
            return;
        }

        Connection client = Admit(connection, answer);
        IActorRef session = await OpenSessionAsync(client).ConfigureAwait(false);
        PipeReader input = connection.Transport.Input;
        var reader = new MessageReader(limits.FrameSize);
        try
        {
            // Until the client has closed, or the socket has ended. A closed session's client is read on for its answer to
            // the close frame; the outbox sees to it that this does not take forever.
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

    private enum Opening
    {
        Http,
        WebSocket,
        Refused,
    }

    // The path is /ws; clients that were given no more than a host and a port ask for the root.
    private static bool IsOurs(Handshake.Upgrade upgrade) => upgrade.Path is "/ws" or "/";

    // Reads the first request. Anything but an upgrade on our path stays unread, for HTTP. A connection that ended, or said
    // too little for too long, is refused without a word.
    private async Task<(Opening Opening, byte[] Answer)> OpenAsync(ConnectionContext connection)
    {
        PipeReader input = connection.Transport.Input;
        using var patience = new CancellationTokenSource(limits.HandshakeTimeout, time);
        // A stopping server doesn't wait for those who haven't said a word yet.
        using CancellationTokenRegistration stopping = connection.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>()
            .ConnectionClosedRequested.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), patience);
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
                        return (Opening.Refused, []);
                    case Handshake.Upgrade upgrade when IsOurs(upgrade):
                        input.AdvanceTo(upgrade.End);
                        return (Opening.WebSocket, Handshake.Accept(upgrade.Key, upgrade.Offers(Subprotocol) ? Subprotocol : null));
                    case Handshake.Invalid invalid:
                        return (Opening.Refused, invalid.Response.ToArray());
                    default:
                        input.AdvanceTo(read.Buffer.Start);
                        return (Opening.Http, []);
                }
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return (Opening.Refused, []);
        }
    }

    private Connection Admit(ConnectionContext connection, byte[] acceptance)
    {
        // Over TLS there is no socket to write to.
        IWire wire = connection.Features.Get<ITlsConnectionFeature>() is null && connection.Features.Get<IConnectionSocketFeature>() is { } socket
            ? new SocketWire(socket.Socket, connection)
            : new PipeWire(connection);
        var client = new Connection(wire, limits.OutgoingQueue, time, metrics);
        client.Outbox.Send(Lane.Control, acceptance);
        return client;
    }

    private async Task<IActorRef> OpenSessionAsync(Connection client)
    {
        var session = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        actors.Get<ConciergeActor>().Tell(new SessionsActor.Accept(client, session));
        return await session.Task.ConfigureAwait(false);
    }
}
