using System.Buffers;
using Akka.Actor;
using Concierge.Actors.Dialects.Devices;
using Concierge.Actors.Directory;
using Concierge.Protocol;

namespace Concierge.Actors.Dialects.Iot;

/// <summary>
/// What robots on plain TCP hear, which is what all devices hear. Here it passes, whatever node it comes from, with who said it: so from here a robot's
/// session learns who has its motors turn.
/// </summary>
/// <param name="view">Who is where.</param>
internal sealed class IotRobotDialect(DirectoryView view) : DeviceDialect(DialectKind.IotRobot, "iot_robot", view)
{
    internal override bool WatchesSubscribers => true;

    private protected override void Translate(ServerPayload payload, ArrayBufferWriter<byte> frames)
    {
        int before = frames.WrittenCount;
        base.Translate(payload, frames);
        // Told before it is queued, and so before anybody can learn that the driver has left.
        if (frames.WrittenCount > before && payload is ServerPayload.Message(var origin, Target.ToService(var name), var data)
            && MotorCommand.Read(data.Utf8.Span) is { } command && View.TryGetService(name, out ServiceEntry? robot))
            robot.Owner.Session.Tell(new IotRobotSessionActor.Driven(origin.Client, command));
    }
}
