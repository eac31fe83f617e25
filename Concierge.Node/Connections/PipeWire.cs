using System.IO.Pipelines;
using Concierge.Actors.Connections;

namespace Concierge.Node.Connections;

/// <summary>
/// Sends through a pipe, where there is no socket to write to: over TLS, and where HTTP had the connection before.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="abort">Drops the connection.</param>
internal sealed class PipeWire(PipeWriter output, Action abort) : IWire
{
    // The pipe takes any amount and says only afterwards that it was too much: everything takes the waiting path.
    public int TrySend(ReadOnlySpan<byte> bytes) => 0;

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        FlushResult flushed = await output.WriteAsync(bytes).ConfigureAwait(false);
        if (flushed.IsCompleted || flushed.IsCanceled) throw new IOException("The connection broke.");
    }

    public void Abort() => abort();
}
