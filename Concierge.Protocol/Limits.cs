namespace Concierge.Protocol;

/// <summary>
/// The bounds of what goes over the wire. Lengths of text count Unicode code points (protocol, section "Identification").
/// </summary>
public static class Limits
{
    /// <summary>Longest name of a client, in code points.</summary>
    public const int ClientName = 64;

    /// <summary>Longest name of a service or room, in code points.</summary>
    public const int ServiceName = 128;

    /// <summary>Longest nickname of a client or service, in code points.</summary>
    public const int Nickname = 128;

    /// <summary>Most tags of a client.</summary>
    public const int Tags = 32;

    /// <summary>Longest tag, in code points.</summary>
    public const int Tag = 64;

    /// <summary>Deepest nesting of objects and arrays in a frame, the frame's own object included.</summary>
    public const int Depth = 64;

    /// <summary>Largest frame where the configuration says nothing else, in bytes: 1 MiB.</summary>
    public const int FrameSize = 1024 * 1024;

    /// <summary>Most subscribers that a SELF_SUBSCRIBE_RESULT or SELF_UNSUBSCRIBE_RESULT lists; above, it lists none.</summary>
    public const int SubscribersInResult = 256;
}
