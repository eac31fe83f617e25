using Concierge.Protocol;

namespace Concierge.Client;

/// <summary>The concierge answered a request with a refusal; the connection goes on.</summary>
public sealed class RequestRefusedException : ConciergeException
{
    private RequestRefusedException(RefusalReason reason, string message)
        : base(message) => Reason = reason;

    /// <summary>Why.</summary>
    public RefusalReason Reason { get; }

    /// <summary>Puts an answer into words that is not the one hoped for.</summary>
    internal static RequestRefusedException From(ServerPayload answer, Request request)
    {
        var (reason, explanation) = Explain(answer);
        return new RequestRefusedException(reason, $"{request} was refused. {explanation}");
    }

    private static (RefusalReason Reason, string Explanation) Explain(ServerPayload answer) => answer switch
    {
        ServerPayload.Bad => (RefusalReason.NotAllowed, "Not allowed for this client: a service takes messages from its owner and its subscribers, and single clients are reached through it, and it is deleted, by its owner alone; a room takes messages from its members; and a client may have, subscribe to and be in so many services and rooms, and no more."),
        ServerPayload.InvalidName it => (RefusalReason.UnknownName, $"No client is named '{it.Name}'."),
        ServerPayload.InvalidUuid it => (RefusalReason.UnknownUuid, $"No client has the uuid {it.Uuid}: it may have left, or come back with another."),
        ServerPayload.InvalidService it => (RefusalReason.UnknownService, $"No service is named '{it.Service}'."),
        ServerPayload.InvalidRoom it => (RefusalReason.UnknownRoom, $"No room is named '{it.Room}': a room exists while it has members."),
        ServerPayload.ErrorProtocol it => (RefusalReason.Malformed, $"The concierge could not read the request: {it.Desc}"),
        ServerPayload.ErrorUnsupported => (RefusalReason.Unsupported, "The concierge does not know this kind of request: it may be older than this client."),
        ServerPayload.ErrorInternal it => (RefusalReason.Internal, $"The concierge failed: {it.Desc}"),
        _ => (RefusalReason.Unexpected, $"The concierge gave an answer that does not fit the request: {answer.GetType().Name}."),
    };
}

/// <summary>Why a request was refused.</summary>
public enum RefusalReason
{
    /// <summary>The answer was none that the protocol provides for the request.</summary>
    Unexpected,

    /// <summary>
    /// The client is neither the service's owner nor, where that would do, a subscriber; it is not in the room; or it is
    /// over one of the concierge's limits (BAD).
    /// </summary>
    NotAllowed,

    /// <summary>No client has that name (INVALID_NAME).</summary>
    UnknownName,

    /// <summary>No client has that uuid (INVALID_UUID).</summary>
    UnknownUuid,

    /// <summary>No service has that name (INVALID_SERVICE).</summary>
    UnknownService,

    /// <summary>No room has that name (INVALID_ROOM).</summary>
    UnknownRoom,

    /// <summary>The request broke a rule of the protocol, such as a name with forbidden characters (ERROR_PROTOCOL).</summary>
    Malformed,

    /// <summary>The concierge does not know the kind of request (ERROR_UNSUPPORTED).</summary>
    Unsupported,

    /// <summary>A fault in the concierge (ERROR_INTERNAL).</summary>
    Internal,
}
