namespace Concierge.Node.Connections;

/// <summary>What a connection may cost.</summary>
/// <param name="Connections">How many there may be at once; more are answered with HTTP 503.</param>
/// <param name="FrameSize">The largest message from a client, in bytes; a larger one is closed with 1009.</param>
/// <param name="OutgoingQueue">How many bytes may wait for a client; more are closed with 4010.</param>
/// <param name="HandshakeTimeout">How long the first request may take to arrive.</param>
/// <param name="Silence">How long a client may be silent that can't be pinged, as far as TCP can tell that it is.</param>
internal sealed record ConnectionLimits(int Connections, int FrameSize, int OutgoingQueue, TimeSpan HandshakeTimeout, TimeSpan Silence);
