using System.Buffers;
using System.Globalization;
using System.Text;
using Akka.Actor;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Actors.Operators;
using Concierge.Actors.Rooms;
using Concierge.Actors.Sessions;
using Concierge.Protocol;

namespace Concierge.Actors.Dialects.Chatroom;

/// <summary>
/// The session of a client of the chatroom (dialects, section "Chatroom"): asks it for a room until it has named one, and
/// then passes on what it says there. Being in a room is to the chatroom what IDENTIFY is to the concierge.
/// </summary>
internal sealed class ChatroomSessionActor : DialectSessionActor
{
    private readonly int _rooms;
    private Target.ToRoom? _room;
    private Target.ToRoom? _wanted;

    private ChatroomSessionActor(SessionContext shared, Connection connection)
        : base(shared, connection, DialectKind.Chatroom) => _rooms = shared.Settings.ChatroomRooms;

    private string Question => $"Which room do you want to be placed in (1 - {_rooms}): ";

    private protected override Dialect NativeDialect => Dialect;

    /// <summary>How to create it.</summary>
    public static Props Props(SessionContext shared, Connection connection) => Akka.Actor.Props.CreateBy(new Producer(shared, connection));

    protected override byte[]? Greet(int number)
    {
        var frames = new ArrayBufferWriter<byte>(128);
        foreach (string text in (string[])["Connected to server", $"{number}", Question, $"{_rooms}"])
            PayloadFrame.AppendText(frames, Encoding.UTF8.GetBytes(text));
        return frames.WrittenSpan.ToArray();
    }

    protected override void OnJoined() => AwaitRoom();

    protected override void OnFrame(ReadOnlyMemory<byte> text)
    {
        if (_room is null) OnRoomNamed(Encoding.UTF8.GetString(text.Span));
        else if (!ChatroomFrame.TryRead(text, out ChatroomFrame? frame, out string? error)) Tell(error);
        else if (frame.IsCommand) OnCommand(frame.Message);
        else Say(_room, ChatText.Data(Client.Info.Nickname ?? Client.Info.Name, Client.Info.Uuid, frame.Message), frame.SaidBy(Number));
    }

    protected override void OnDone(ISessionRequest request, Outcome outcome)
    {
        switch (request)
        {
            case RoomActor.Join when _room is null:
                (_room, _wanted) = (_wanted, null);
                StopAwaitingIdentity();
                OnIdentified();
                break;
            case RoomActor.Join:
                Ask(Shared.Rooms, new RoomActor.Leave(_room.Room, Client));
                break;
            case RoomActor.Leave left:
                (_room, _wanted) = (_wanted, null);
                Tell($"Changed from room {left.Room} to room {_room!.Room}");
                break;
            case DirectoryActor.SetNickname:
                Tell($"Changed name to {Client.Info.Nickname}");
                break;
        }
    }

    private protected override void OnBinary() => Tell("Binary frames are not understood here, expected text");

    private protected override void OnFault(Exception fault)
    {
        base.OnFault(fault);
        Tell("The server failed on this frame; its log says why");
    }

    // Whoever answers, if wrongly, is there, and gets more time.
    private void OnRoomNamed(string answer)
    {
        string name = answer.Trim();
        if (IsRoom(name))
        {
            _wanted = new Target.ToRoom(name);
            Enter(name);
            return;
        }
        Write(NoSuchRoom(name));
        Write(Question);
        AwaitRoom();
    }

    private void AwaitRoom() => AwaitIdentity(otherwise: "no room was named in time");

    private void OnCommand(string text)
    {
        if (!ChatroomCommand.TryRead(text, out ChatroomCommand? command, out string? error)) Tell(error);
        else if (command is ChatroomCommand.ChangeName(var name)) Ask(Shared.Directory, new DirectoryActor.SetNickname(Client, name));
        else if (command is ChatroomCommand.ChangeRoom(var room))
        {
            if (!IsRoom(room)) Tell(NoSuchRoom(room));
            else if (room == _room!.Room) Tell($"Changed from room {room} to room {room}");
            else
            {
                // First in, then out: should the first fail, the client is still somewhere.
                _wanted = new Target.ToRoom(room);
                Enter(room);
            }
        }
    }

    private bool IsRoom(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= _rooms && name == $"{number}";

    private string NoSuchRoom(string name) => $"There is no room '{ChatroomCommand.Shorten(name)}'; expected 1 to {_rooms}";

    private void Tell(string message) => PayloadFrame.AppendText(Answers(), ChatroomFrame.Write(message, ServerOrigin.Name));

    private void Write(string text) => PayloadFrame.AppendText(Answers(), Encoding.UTF8.GetBytes(text));

    private sealed class Producer(SessionContext shared, Connection connection) : IIndirectActorProducer
    {
        public Type ActorType => typeof(ChatroomSessionActor);

        public ActorBase Produce() => new ChatroomSessionActor(shared, connection);

        public void Release(ActorBase actor)
        {
        }
    }
}
