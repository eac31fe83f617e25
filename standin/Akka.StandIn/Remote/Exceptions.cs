using Akka.Actor;

namespace Akka.Remote;

public class RemoteTransportException(string message, Exception cause = null) : AkkaException(message, cause);

/// <summary>The message is longer than <c>maximum-frame-size</c> allows.</summary>
internal sealed class OversizedPayloadException(string message) : AkkaException(message);

/// <summary>What came isn't what this end expects; the connection it came by is closed.</summary>
internal sealed class ProtocolException(string message, Exception cause = null) : AkkaException(message, cause);
