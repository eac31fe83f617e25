namespace Concierge.Protocol;

/// <summary>Why bytes are no payload.</summary>
/// <param name="Kind">How far the reader came.</param>
/// <param name="Type">The payload's type where it could be read (shortened where it is long), else null.</param>
/// <param name="Description">
/// Which field is wrong, what it is and what was expected, for people. Values are shortened, secrets left out.
/// </param>
public sealed record ReadError(ReadErrorKind Kind, string? Type, string Description);

/// <summary>How far the reader came before something was wrong.</summary>
public enum ReadErrorKind
{
    /// <summary>Not JSON, no object, or without one <c>type</c> that is a string.</summary>
    NotAPayload,

    /// <summary>An object with a type that nobody knows.</summary>
    UnknownType,

    /// <summary>Of a known type, with a field missing, given twice, of the wrong type or over its limit.</summary>
    BadField,
}
