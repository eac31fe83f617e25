using Concierge.Protocol;

namespace Concierge.Client;

/// <summary>
/// A way for text messages to go to a concierge and back. One send and one receive may be under way at the same time, not
/// more. Disposing of it cuts it off, with whatever is under way.
/// </summary>
internal interface ITransport : IDisposable
{
    /// <summary>Sends one message. Its bytes must stay as they are until then.</summary>
    /// <exception cref="ConciergeClosedException">It could not be sent.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Waits for one message. The bytes are the caller's to keep.</summary>
    /// <exception cref="ConciergeClosedException">The transport is closed: why, says the exception.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing more can be received.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Tells the peer that nothing more is sent, after the last <see cref="SendAsync"/>. Never throws, but for cancellation.</summary>
    ValueTask CloseAsync(CloseCode code, CancellationToken cancellationToken);
}

/// <summary>Opens a transport; throws <see cref="ConciergeClosedException"/> where there is nobody.</summary>
internal delegate ValueTask<ITransport> Dial(CancellationToken cancellationToken);
