namespace Concierge.Actors.Connections;

/// <summary>
/// The sending side of one connection, as its <see cref="Outbox"/> uses it: bytes in, bytes on the way to the peer.
/// Never called by two threads at once, <see cref="Abort"/> excepted.
/// </summary>
public interface IWire
{
    /// <summary>Hands over what the connection takes at once; never blocks.</summary>
    /// <param name="bytes">Whole frames, or the rest of one.</param>
    /// <returns>How many bytes were taken: 0 where none can be now, -1 where the connection is broken.</returns>
    int TrySend(ReadOnlySpan<byte> bytes);

    /// <summary>Hands over all of <paramref name="bytes"/>, waiting for the peer as long as it takes.</summary>
    /// <param name="bytes">They do not change until the returned task has completed.</param>
    /// <exception cref="IOException">The connection broke or was aborted.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Drops the connection at once. Thread-safe, and may be called more than once.</summary>
    void Abort();
}
