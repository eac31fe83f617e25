using System.IO.Pipelines;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>A connection that another system has opened: its hello, then its messages. Whatever is wrong with it ends it, with one line in the log.</summary>
internal sealed class InboundConnection(Remoting remoting, Socket socket)
{
    private readonly string _from = $"{socket.RemoteEndPoint}";
    private bool _isAssociated;

    /// <summary>Who it says it is; null until it has.</summary>
    internal Address Remote { get; private set; }

    internal int RemoteUid { get; private set; }

    /// <summary>Ends when the connection has, and all of its messages are handed over.</summary>
    internal Task Completion { get; private set; } = Task.CompletedTask;

    internal void Start() => Completion = Task.Run(RunAsync);

    internal void Close() => socket.Dispose();

    private async Task RunAsync()
    {
        try
        {
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            await using var _ = stream.ConfigureAwait(false);
            using var timeout = new CancellationTokenSource(remoting.Settings.HandshakeTimeout);
            if (remoting.Settings.Tls is { } tls)
                stream = await tls.AcceptAsync(stream, timeout.Token).ConfigureAwait(false);
            var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, minimumReadSize: 4096, useZeroByteReads: true));
            if (!await ShakeHandsAsync(stream, reader, timeout.Token).ConfigureAwait(false))
                return;
            await ReceiveAsync(reader).ConfigureAwait(false);
            await reader.CompleteAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            remoting.Log.Warning("A connection from {0} is closed: no handshake within {1}.", _from, remoting.Settings.HandshakeTimeout);
        }
        catch (Exception e) when (remoting.IsShutDown || (_isAssociated && e is IOException or ObjectDisposedException))
        {
            // The other end has gone, or this one has closed it.
        }
        catch (Exception e)
        {
            remoting.Log.Warning("A connection from {0} [{1}] is closed: {2}", _from, Remote?.ToString() ?? "unknown", OneLine.Of(e.Message));
        }
        finally
        {
            socket.Dispose();
            remoting.Left(this);
            if (_isAssociated)
                remoting.Publish(new DisassociatedEvent(remoting.LocalAddress, Remote, true));
        }
    }

    private async Task<bool> ShakeHandsAsync(Stream stream, PipeReader reader, CancellationToken timeout)
    {
        var hello = Hello.Parse(await Frame.ReadAsync(reader, Hello.LongestFrame, timeout).ConfigureAwait(false));
        Handshake.Reason? refusal = hello.To != remoting.LocalAddress ? Handshake.Reason.OtherSystem
            : remoting.IsQuarantined(hello.From, hello.Uid) ? Handshake.Reason.Quarantined
            : null;
        if (refusal is { } reason)
        {
            remoting.Log.Warning("A connection from {0} [{1}] to [{2}] is refused here, at [{3}]: {4}.", _from, hello.From, hello.To, remoting.LocalAddress, reason);
            await stream.WriteAsync(Handshake.Refusal(reason), timeout).ConfigureAwait(false);
            return false;
        }
        (Remote, RemoteUid) = (hello.From, hello.Uid);
        // An earlier connection's last messages come before this one's first.
        await remoting.TakePlace(this).WaitAsync(timeout).ConfigureAwait(false);
        _isAssociated = true;
        remoting.Publish(new AssociatedEvent(remoting.LocalAddress, Remote, true));
        await stream.WriteAsync(Handshake.Welcome(remoting.Uid), timeout).ConfigureAwait(false);
        return true;
    }

    private async Task ReceiveAsync(PipeReader reader)
    {
        var dispatcher = new InboundDispatcher(remoting, Remote);
        while (true)
        {
            var read = await reader.ReadAsync().ConfigureAwait(false);
            var bytes = read.Buffer;
            while (Frame.TryTake(ref bytes, remoting.Settings.MaximumFrameSize, out var frame))
                dispatcher.Dispatch(frame);
            reader.AdvanceTo(bytes.Start, bytes.End);
            if (read.IsCompleted)
                return;
        }
    }
}
