namespace Concierge.Node.Connections;

/// <summary>What a connection may cost.</summary>
/// <param name="Connections">How many there may be at once; more are answered with HTTP 503.</param>
/// <param name="FrameSize">The largest message from a client, in bytes; a larger one is closed with 1009.</param>
/// <param name="OutgoingQueue">How many bytes may wait for a client; more are closed with 4010.</param>
/// <param name="HandshakeTimeout">How long the first request may take to arrive.</param>
internal sealed record ConnectionLimits(int Connections, int FrameSize, int OutgoingQueue, TimeSpan HandshakeTimeout);
