using Akka.Actor;
using Concierge.Actors.Dialects;
using Concierge.Actors.Directory;
using Concierge.Actors.Telemetry;

namespace Concierge.Actors.Sessions;

/// <summary>What all sessions of a node share.</summary>
/// <param name="Settings">The configuration.</param>
/// <param name="View">Who is where.</param>
/// <param name="Directory">The actor that changes it.</param>
/// <param name="Rooms">The actor that opens rooms, and passes requests on to them.</param>
/// <param name="Dialects">What clients speak that don't speak the protocol.</param>
/// <param name="Metrics">What is counted.</param>
internal sealed record SessionContext(
    ConciergeSettings Settings, DirectoryView View, IActorRef Directory, IActorRef Rooms, DialectSet Dialects, ConciergeMetrics Metrics);
