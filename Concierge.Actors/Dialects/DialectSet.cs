using Concierge.Actors.Dialects.Chatroom;
using Concierge.Actors.Dialects.RobotChat;
using Concierge.Actors.Directory;

namespace Concierge.Actors.Dialects;

/// <summary>The dialects that a node knows. Thread-safe.</summary>
/// <param name="view">Who is where.</param>
public sealed class DialectSet(DirectoryView view)
{
    private readonly RobotChatDialect _robotChat = new(view);
    private readonly ChatroomDialect _chatroom = new(view);

    /// <summary>One of them.</summary>
    /// <param name="kind">Which one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dialect.</exception>
    public Dialect this[DialectKind kind] => kind switch
    {
        DialectKind.RobotChat => _robotChat,
        DialectKind.Chatroom => _chatroom,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such dialect."),
    };
}
