namespace Concierge.Client;

/// <summary>The types of what is said to a robot.</summary>
public static class RobotCommands
{
    /// <summary>Turns motors: <c>{"m1": {"dir": "CW", "spd": 50}, …}</c>.</summary>
    public const string Motor = "com_motor";

    /// <summary>Switches the LED: <c>{"state": true}</c>.</summary>
    public const string Led = "com_led";

    /// <summary>Switches the buzzer: <c>{"state": true}</c>.</summary>
    public const string Buzzer = "com_buzzer";

    /// <summary>Stops the robot until it is cleared: <c>{"state": true}</c>, <c>{"state": false}</c>.</summary>
    public const string Stop = "com_stop";

    /// <summary>Says something: <c>{"data": "hello"}</c>.</summary>
    public const string Message = "msg";

    /// <summary>Publishes on a ROS topic: <c>{"topic", "msg_type", "msg"}</c>.</summary>
    public const string RosPublish = "ros_publish";

    /// <summary>Calls a ROS service: <c>{"service", "args"}</c>.</summary>
    public const string RosCall = "ros_call";
}
