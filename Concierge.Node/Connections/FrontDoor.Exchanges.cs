using System.Buffers;
using System.IO.Pipelines;
using Akka.Actor;
using Concierge.Actors;
using Concierge.Actors.Dialects;
using Concierge.Actors.Dialects.RosDevice;
using Concierge.Protocol.JsonStreams;
using Concierge.Protocol.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Concierge.Node.Connections;

// Devices that connect, send one object, read one answer, and close.
internal sealed partial class FrontDoor
{
    /// <summary>Serves one connection of a ROS device. Who hasn't said what it has to say in time is closed without a word.</summary>
    public async Task OnExchangeAsync(ConnectionContext connection)
    {
        if (!TryCount())
        {
            LogFull(logger, DialectKind.RosDevice, limits.Connections);
            return;
        }
        using var patience = new CancellationTokenSource(limits.HandshakeTimeout, time);
        using CancellationTokenRegistration stopping = connection.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>()
            .ConnectionClosedRequested.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), patience);
        try
        {
            await ExchangeAsync(connection, patience.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // It will come again.
        }
        finally
        {
            metrics.CountDisconnection();
        }
    }

    private async Task ExchangeAsync(ConnectionContext connection, CancellationToken cancellation)
    {
        PipeReader input = connection.Transport.Input;
        if (await ReadObjectAsync(input, cancellation).ConfigureAwait(false) is not { } message) return;
        metrics.CountReceived(1, message.Payload.Length);
        string? error = message.Reason ?? "is not UTF-8";
        RosExchange? exchange = null;
        if (message.Kind != MessageKind.Text || !RosExchange.TryRead(message.Payload.Span, out exchange, out error))
        {
            LogMalformed(logger, connection.RemoteEndPoint, error);
            return;
        }
        actors.Get<ConciergeActor>().Tell(exchange);
        byte[] answer = await exchange.Answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
        await connection.Transport.Output.WriteAsync(answer, cancellation).ConfigureAwait(false);
        // A connection that is closed with something unread in it may lose what was sent on it: the device closes.
        while (await input.ReadAsync(cancellation).ConfigureAwait(false) is { IsCompleted: false } rest) input.AdvanceTo(rest.Buffer.End);
    }

    private async Task<InboundMessage?> ReadObjectAsync(PipeReader input, CancellationToken cancellation)
    {
        var reader = new ObjectReader(limits.FrameSize);
        List<InboundMessage> messages = [];
        while (true)
        {
            ReadResult read = await input.ReadAsync(cancellation).ConfigureAwait(false);
            reader.Read(read.Buffer.ToArray(), messages);
            input.AdvanceTo(read.Buffer.End);
            if (messages.Count > 0) return messages[0];
            if (read.IsCompleted) return null;
        }
    }

    [LoggerMessage(2, LogLevel.Warning, "What a ROS device at {device} sent {error}: it is closed without an answer")]
    private static partial void LogMalformed(ILogger logger, System.Net.EndPoint? device, string error);
}
