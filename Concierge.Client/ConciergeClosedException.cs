using Concierge.Protocol;

namespace Concierge.Client;

/// <summary>
/// There is no connection, or it ended: the concierge refused or closed it, it broke, or the client closed it because of
/// what came in. A request that fails with this may or may not have been carried out, and is never sent again by itself.
/// </summary>
public sealed class ConciergeClosedException : ConciergeException
{
    internal ConciergeClosedException(string message, CloseCode? code = null, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>
    /// Why the connection was closed, or null where nobody said: it was never made, it broke, or it is being made again. May
    /// be a number that <see cref="CloseCode"/> has no name for.
    /// </summary>
    public CloseCode? Code { get; }

    /// <summary>Whether trying again with the same options is bound to fail the same way.</summary>
    public bool IsFinal => Code is CloseCode.FatalDecode or CloseCode.BadSecret or CloseCode.BadVersion or CloseCode.BadAuth;

    /// <summary>Puts a close frame into words.</summary>
    /// <param name="code">The frame's code.</param>
    /// <param name="description">The frame's text, or null; shown where the code says nothing by itself.</param>
    /// <param name="name">The client's name.</param>
    internal static ConciergeClosedException From(CloseCode code, string? description, string name) => new(
        code switch
        {
            CloseCode.GoingAway => "The concierge is shutting down.",
            CloseCode.TooBig => "The concierge refused a message that was over its size limit: send less at once, or have concierge.limits.frame-size raised.",
            CloseCode.FatalDecode => $"The concierge could not make sense of who this client says it is: check the nickname (up to {Limits.Nickname} characters) and the tags (up to {Limits.Tags}, of up to {Limits.Tag} characters).",
            CloseCode.AuthFailed => "The concierge waited for this client to say who it is and gave up.",
            CloseCode.DuplicateAuth => $"The name '{name}' is taken: choose another, or end the client that has it.",
            CloseCode.BadSecret => "The concierge wants another secret: give the one that it is configured with (concierge.secret).",
            CloseCode.BadVersion => $"The concierge does not speak version {ProtocolVersion.Current} of the protocol, which is this client's: use versions of the two that match.",
            CloseCode.BadAuth => $"'{name}' is no name for a client: expected 1 to {Limits.ClientName} letters, digits or '_'.",
            CloseCode.HeartbeatFailed => "The concierge heard nothing from this client for too long.",
            CloseCode.SlowConsumer => "This client was sent more than it read: make its handlers faster, or subscribe to less.",
            _ when string.IsNullOrWhiteSpace(description) => $"The concierge closed the connection with code {(int)code} and no reason.",
            _ => $"The concierge closed the connection with code {(int)code}: {description}",
        },
        code);
}
