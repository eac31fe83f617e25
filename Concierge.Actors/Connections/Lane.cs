namespace Concierge.Actors.Connections;

/// <summary>
/// The outgoing lanes of a connection. Order is kept within a lane; between lanes the writer takes turns, so that a
/// flood from others starves no answer.
/// </summary>
public enum Lane
{
    /// <summary>Pings and pongs, before everything else.</summary>
    Control,

    /// <summary>
    /// What the client itself caused: answers, and its own copies of what it sent. Written by its own session alone,
    /// which is why a copy arrives before the OK that follows it.
    /// </summary>
    Own,

    /// <summary>What others caused: their messages, and events about them.</summary>
    Others,
}
