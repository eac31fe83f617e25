namespace Concierge.Actors.Dialects;

/// <summary>The older formats that clients still speak. Nodes name them to each other by their numbers, which stay.</summary>
public enum DialectKind : byte
{
    /// <summary>Robots that pass text on to each other (dialects, section "Robot chat").</summary>
    RobotChat = 1,

    /// <summary>People in numbered rooms (dialects, section "Chatroom").</summary>
    Chatroom = 2,
}
