using Akka.Actor;

namespace Concierge.Actors.Sessions;

/// <summary>What a session asks of another actor; answered with <see cref="SessionActor.Answer"/>.</summary>
public interface ISessionRequest
{
    /// <summary>The session that waits for the answer.</summary>
    IActorRef Session { get; }
}
