namespace Concierge.Actors.Sessions;

/// <summary>What became of a session's request.</summary>
public enum Outcome
{
    /// <summary>It changed what it was to change, and everybody on the node can see it.</summary>
    Done,

    /// <summary>There was nothing to change.</summary>
    Unchanged,

    /// <summary>The name is taken.</summary>
    Refused,

    /// <summary>What it was about exists no more.</summary>
    Gone,

    /// <summary>The actor that was asked failed.</summary>
    Failed,
}
