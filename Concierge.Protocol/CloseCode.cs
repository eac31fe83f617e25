namespace Concierge.Protocol;

/// <summary>Why a connection was closed (protocol, section "Identification"; RFC 6455, section 7.4.1).</summary>
public enum CloseCode
{
    /// <summary>The purpose of the connection has been fulfilled.</summary>
    Normal = 1000,

    /// <summary>The node is shutting down or draining; another node, or the same one later, takes the client.</summary>
    GoingAway = 1001,

    /// <summary>The peer broke RFC 6455.</summary>
    ProtocolError = 1002,

    /// <summary>The connection ended without a closing handshake; never sent.</summary>
    Abnormal = 1006,

    /// <summary>A text message that is not UTF-8.</summary>
    InvalidUtf8 = 1007,

    /// <summary>A message over the size limit.</summary>
    TooBig = 1009,

    /// <summary>An internal error.</summary>
    Unknown = 4000,

    /// <summary>The first frame is no payload, or IDENTIFY with a field missing, of the wrong type or over its limit.</summary>
    FatalDecode = 4002,

    /// <summary>The first frame is another payload than IDENTIFY, or binary.</summary>
    NoAuth = 4003,

    /// <summary>No IDENTIFY in time.</summary>
    AuthFailed = 4004,

    /// <summary>The name is taken somewhere in the cluster.</summary>
    DuplicateAuth = 4005,

    /// <summary>The secret is missing or another.</summary>
    BadSecret = 4006,

    /// <summary>The version is none, or out of range.</summary>
    BadVersion = 4007,

    /// <summary>The name is empty, too long or has other characters than letters, digits and <c>_</c>.</summary>
    BadAuth = 4008,

    /// <summary>Nothing came from the client for the heartbeat's time-out.</summary>
    HeartbeatFailed = 4009,

    /// <summary>The client reads more slowly than it is sent to.</summary>
    SlowConsumer = 4010,
}
