namespace Concierge.Actors.Dialects;

/// <summary>The older formats that clients still speak. Nodes name them to each other by their numbers, which stay.</summary>
public enum DialectKind : byte
{
    /// <summary>Robots that pass text on to each other (dialects, section "Robot chat").</summary>
    RobotChat = 1,

    /// <summary>People in numbered rooms (dialects, section "Chatroom").</summary>
    Chatroom = 2,

    /// <summary>Robots on plain TCP (dialects, section "IoT robots").</summary>
    IotRobot = 3,

    /// <summary>The pages from which robots are driven (dialects, section "IoT robots").</summary>
    IotBrowser = 4,

    /// <summary>ROS devices, which connect for one exchange at a time (dialects, section "ROS devices").</summary>
    RosDevice = 5,
}

internal static class DialectKinds
{
    /// <summary>What metrics call it.</summary>
    public static string Label(this DialectKind kind) => kind switch
    {
        DialectKind.RobotChat => "robot-chat",
        DialectKind.Chatroom => "chatroom",
        DialectKind.IotRobot => "iot-robot",
        DialectKind.IotBrowser => "iot-browser",
        DialectKind.RosDevice => "ros-device",
        _ => "other",
    };
}
