using System.IO.Pipelines;
using Concierge.Actors.Connections;
using Microsoft.AspNetCore.Connections;

namespace Concierge.Node.Connections;

/// <summary>Sends through the connection's pipe: over TLS, where what is written is not what goes over the socket.</summary>
internal sealed class PipeWire(ConnectionContext connection) : IWire
{
    // The pipe takes any amount and says only afterwards that it was too much: everything takes the waiting path.
    public int TrySend(ReadOnlySpan<byte> bytes) => 0;

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        FlushResult flushed = await connection.Transport.Output.WriteAsync(bytes).ConfigureAwait(false);
        if (flushed.IsCompleted || flushed.IsCanceled) throw new IOException("The connection broke.");
    }

    public void Abort() => connection.Abort();
}
