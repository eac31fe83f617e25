using System.Buffers;
using System.IO.Pipelines;
using Akka.Actor;
using Akka.Hosting;
using Concierge.Actors;
using Concierge.Actors.Connections;
using Concierge.Actors.Dialects;
using Concierge.Actors.Sessions;
using Concierge.Actors.Telemetry;
using Concierge.Node.Http;
using Concierge.Protocol.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Concierge.Node.Connections;

/// <summary>
/// Takes WebSocket connections below Kestrel's HTTP layer, where one holds less memory and has its socket to itself; all
/// other requests on the port go on to HTTP untouched.
/// </summary>
/// <param name="limits">What a connection may cost.</param>
/// <param name="pages">From which pages browsers may connect.</param>
/// <param name="actors">Where the concierge's actor is found, once the actor system has started.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="time">The clock of the time-outs.</param>
/// <param name="logger">Where it is told who isn't let in and can't be told so.</param>
internal sealed partial class FrontDoor(
    ConnectionLimits limits, PageOrigins pages, IReadOnlyActorRegistry actors, ConciergeMetrics metrics, TimeProvider time, ILogger<FrontDoor> logger)
{
    private const string Subprotocol = "ert-concierge";

    private const string FullReason = "This concierge has as many connections as it may have. Try again later, or another node.";

    private const string ForeignReason = "Browsers may not connect from that page; the node's concierge.origins says from which they may.";

    private static readonly byte[] NoHttp = Handshake.Refuse(
        426, "Upgrade Required", "There is nothing here but a WebSocket: connect with a WebSocket client, to any path.\n", ("Upgrade", "websocket"));

    private static readonly byte[] Full = Handshake.Refuse(503, "Service Unavailable", FullReason + "\n");

    private static readonly byte[] Foreign = Handshake.Refuse(403, "Forbidden", ForeignReason + "\n");

    /// <summary>Serves one connection, from its first byte to its last.</summary>
    public async Task OnConnectedAsync(ConnectionContext connection, ConnectionDelegate http)
    {
        (Opening opening, byte[] answer) = await OpenAsync(connection, dialect: null).ConfigureAwait(false);
        if (opening == Opening.WebSocket && !TryCount()) (opening, answer) = (Opening.Refused, Full);
        switch (opening)
        {
            case Opening.Http:
                await http(connection).ConfigureAwait(false);
                break;
            case Opening.WebSocket:
                await ServeAsync(connection.Transport.Input, Admit(WireOf(connection), answer), dialect: null).ConfigureAwait(false);
                break;
            default:
                await connection.Transport.Output.WriteAsync(answer).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Serves one connection to the listener of a dialect, where there is nothing but WebSockets.</summary>
    public async Task OnConnectedAsync(ConnectionContext connection, DialectKind dialect)
    {
        (Opening opening, byte[] answer) = await OpenAsync(connection, dialect).ConfigureAwait(false);
        if (opening == Opening.WebSocket && !TryCount()) (opening, answer) = (Opening.Refused, Full);
        if (opening == Opening.WebSocket) await ServeAsync(connection.Transport.Input, Admit(WireOf(connection), answer), dialect).ConfigureAwait(false);
        else await connection.Transport.Output.WriteAsync(opening == Opening.Http ? NoHttp : answer).ConfigureAwait(false);
    }

    /// <summary>
    /// Serves a client whose handshake HTTP has read, as it was not the connection's first request: reverse proxies keep
    /// connections and use them again. It costs more than the other way, and is the same to the client.
    /// </summary>
    /// <returns>False where the request is no sound handshake, and is still to be answered.</returns>
    public async Task<bool> TryUpgradeAsync(HttpContext context)
    {
        IHeaderDictionary request = context.Request.Headers, response = context.Response.Headers;
        string key = request.SecWebSocketKey.ToString();
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade
            || !request.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase)
            || request.SecWebSocketVersion != "13" || !Handshake.IsKey(key)) return false;

        if (!pages.Allow(request.Origin.Count > 0 ? request.Origin.ToString() : null, request.Host.ToString()))
        {
            await PlainText.WriteAsync(context, StatusCodes.Status403Forbidden, ForeignReason).ConfigureAwait(false);
            return true;
        }
        if (!TryCount())
        {
            await PlainText.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, FullReason).ConfigureAwait(false);
            return true;
        }
        response.Upgrade = "websocket";
        response.SecWebSocketAccept = Handshake.Proof(key);
        if (request.SecWebSocketProtocol.SelectMany(list => list!.Split(',', StringSplitOptions.TrimEntries)).Contains(Subprotocol))
            response.SecWebSocketProtocol = Subprotocol;
        Stream stream = await upgrade.UpgradeAsync().ConfigureAwait(false);
        PipeReader input = PipeReader.Create(stream, new StreamPipeReaderOptions(useZeroByteReads: true));
        await ServeAsync(input, Admit(new PipeWire(PipeWriter.Create(stream), context.Abort), []), dialect: null).ConfigureAwait(false);
        return true;
    }

    private bool TryCount()
    {
        if (metrics.CountConnection() <= limits.Connections) return true;
        metrics.CountDisconnection();
        return false;
    }

    // Over TLS there is no socket to write to.
    private static IWire WireOf(ConnectionContext connection) =>
        connection.Features.Get<ITlsConnectionFeature>() is null && connection.Features.Get<IConnectionSocketFeature>() is { } socket
            ? new SocketWire(socket.Socket, connection)
            : new PipeWire(connection.Transport.Output, connection.Abort);

    private Connection Admit(IWire wire, byte[] acceptance, bool isPlain = false)
    {
        var client = new Connection(wire, limits.OutgoingQueue, time, metrics, isPlain);
        if (acceptance.Length > 0) client.Outbox.Send(Lane.Control, acceptance);
        return client;
    }

    // Until the client has closed, or the socket has ended. A closed session's client is read on for its answer to the
    // close frame; the outbox sees to it that this does not take forever.
    private Task ServeAsync(PipeReader input, Connection client, DialectKind? dialect) =>
        ServeAsync(input, client, dialect, new MessageReader(limits.FrameSize).Read);

    private async Task ServeAsync(PipeReader input, Connection client, DialectKind? dialect, Action<Memory<byte>, List<InboundMessage>> reader)
    {
        IActorRef session = await OpenSessionAsync(client, dialect).ConfigureAwait(false);
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
                reader(chunk.AsMemory(0, length), messages);
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
    private static bool IsOurs(Handshake.Upgrade upgrade, DialectKind? dialect) => dialect is not null || upgrade.Path is "/ws" or "/";

    // Reads the first request. Anything but an upgrade on our path stays unread, for HTTP. A connection that ended, or said
    // too little for too long, is refused without a word.
    private async Task<(Opening Opening, byte[] Answer)> OpenAsync(ConnectionContext connection, DialectKind? dialect)
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
                    case Handshake.Upgrade upgrade when IsOurs(upgrade, dialect) && !pages.Allow(upgrade.Origin, upgrade.Host):
                        return (Opening.Refused, Foreign);
                    case Handshake.Upgrade upgrade when IsOurs(upgrade, dialect):
                        input.AdvanceTo(upgrade.End);
                        return (Opening.WebSocket, Handshake.Accept(upgrade.Key, dialect is null && upgrade.Offers(Subprotocol) ? Subprotocol : null));
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

    private async Task<IActorRef> OpenSessionAsync(Connection client, DialectKind? dialect)
    {
        var session = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        actors.Get<ConciergeActor>().Tell(new SessionsActor.Accept(client, session, dialect));
        return await session.Task.ConfigureAwait(false);
    }
}
