using Akka.Actor;

namespace Akka.StandIn.Tests.Kit;

/// <summary>Takes every message and does nothing.</summary>
internal sealed class Silent : UntypedActor
{
    protected override void OnReceive(object message)
    {
    }
}
