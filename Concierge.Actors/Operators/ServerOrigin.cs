using Concierge.Protocol;

namespace Concierge.Actors.Operators;

/// <summary>Who the operator is to those who get a message from the operator (dialects, section "Operator's commands").</summary>
internal static class ServerOrigin
{
    /// <summary>The name.</summary>
    public const string Name = "Server";

    /// <summary>As the origin of messages.</summary>
    public static readonly Origin Origin = new(new ClientInfo(Name, null, Guid.Empty, []), null);

    /// <summary>Whether a message's author is the operator: no client has that uuid.</summary>
    public static bool Is(ClientInfo author) => author.Uuid == Guid.Empty;
}
