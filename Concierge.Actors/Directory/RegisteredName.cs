namespace Concierge.Actors.Directory;

/// <summary>What a name is a name of: the two have nothing to do with each other.</summary>
public enum NameKind
{
    /// <summary>A client's name.</summary>
    Client,

    /// <summary>A service's name.</summary>
    Service,
}

/// <summary>A name that is given once in the whole cluster.</summary>
/// <param name="Kind">What it is a name of.</param>
/// <param name="Name">The name.</param>
public sealed record RegisteredName(NameKind Kind, string Name);
