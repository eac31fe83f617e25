using Akka.Actor;
using Concierge.Client;
using Concierge.Protocol;
using Concierge.Robot.Commands;
using Concierge.Robot.Safety;

namespace Concierge.Robot.Links;

/// <summary>The robot's service: turns what its subscribers do and say into messages for the robot's actor.</summary>
internal sealed class RobotService(ConciergeClient client, LinkContext context, IActorRef robot)
    : ServiceHost(client, context.Service, context.Settings.Name)
{
    protected override ValueTask OnSubscribedAsync(ClientInfo subscriber, CancellationToken cancellationToken)
    {
        robot.Tell(new LinkActor.Joined(subscriber));
        return default;
    }

    protected override ValueTask OnUnsubscribedAsync(ClientInfo subscriber, CancellationToken cancellationToken)
    {
        robot.Tell(new LinkActor.Left(subscriber.Uuid));
        return default;
    }

    protected override ValueTask OnMessageAsync(Origin origin, RawJson data, CancellationToken cancellationToken)
    {
        var receivedAt = context.Time.GetTimestamp();
        var command = context.Commands.Read(data, out var id);
        // Here and now: a stop waits behind no other command. Of many only those count that there is room for.
        var isStop = command is Command.Stop;
        if (isStop) context.Interlock.Trip(StopReasons.EmergencyStop);
        if (context.Intake.TryEnter(isStop)) robot.Tell(new Order(origin.Client, id, command, receivedAt));
        return default;
    }
}
