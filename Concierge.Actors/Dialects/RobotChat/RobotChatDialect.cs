using System.Buffers;
using System.Text;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Protocol;

namespace Concierge.Actors.Dialects.RobotChat;

/// <summary>
/// What robots hear (dialects, section "Robot chat"): a message's bare data, and how many are in their room whenever
/// somebody has joined or left it. The directory, which alone changes rooms, tells of each change before it makes the
/// next: so the last count that a robot hears is the right one.
/// </summary>
/// <param name="view">Who is where.</param>
internal sealed class RobotChatDialect(DirectoryView view) : Dialect(DialectKind.RobotChat, "robot_chat", view)
{
    /// <summary>The room that all robots are in.</summary>
    public static readonly Target.ToRoom Room = new("robot-chat");

    private protected override void Translate(ServerPayload payload, ArrayBufferWriter<byte> frames)
    {
        switch (payload)
        {
            case ServerPayload.Message message:
                PayloadFrame.AppendText(frames, message.Data.Utf8.Span);
                break;
            case ServerPayload.RoomClientJoined { Room: var room } when room == Room.Room:
            case ServerPayload.RoomClientLeft { Room: var left } when left == Room.Room:
                PayloadFrame.AppendText(frames, Users());
                break;
        }
    }

    private byte[] Users()
    {
        int count = View.TryGetRoom(Room.Room, out RoomEntry? room) ? room.Members.Count : 0;
        return Encoding.UTF8.GetBytes($$"""{"type": "users", "count": {{count}}}""");
    }
}
