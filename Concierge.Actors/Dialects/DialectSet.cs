using Concierge.Actors.Dialects.Chatroom;
using Concierge.Actors.Dialects.Devices;
using Concierge.Actors.Dialects.Iot;
using Concierge.Actors.Dialects.RobotChat;
using Concierge.Actors.Directory;

namespace Concierge.Actors.Dialects;

/// <summary>The dialects that a node knows. Thread-safe.</summary>
/// <param name="view">Who is where.</param>
public sealed class DialectSet(DirectoryView view)
{
    private readonly RobotChatDialect _robotChat = new(view);
    private readonly ChatroomDialect _chatroom = new(view);
    private readonly IotRobotDialect _iotRobot = new(view);
    private readonly IotBrowserDialect _iotBrowser = new(view);
    private readonly DeviceDialect _rosDevice = new(DialectKind.RosDevice, "ros_device", view);

    /// <summary>One of them.</summary>
    /// <param name="kind">Which one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dialect.</exception>
    public Dialect this[DialectKind kind] => kind switch
    {
        DialectKind.RobotChat => _robotChat,
        DialectKind.Chatroom => _chatroom,
        DialectKind.IotRobot => _iotRobot,
        DialectKind.IotBrowser => _iotBrowser,
        DialectKind.RosDevice => _rosDevice,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such dialect."),
    };
}
