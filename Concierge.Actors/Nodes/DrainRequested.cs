namespace Concierge.Actors.Nodes;

/// <summary>Published on the event stream: somebody wants this node to drain and stop, as on SIGTERM.</summary>
/// <param name="By">Who wants it to.</param>
public sealed record DrainRequested(string By);
