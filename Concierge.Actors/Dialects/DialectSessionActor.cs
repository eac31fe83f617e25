using Akka.Event;
using Concierge.Actors.Connections;
using Concierge.Actors.Directory;
using Concierge.Actors.Rooms;
using Concierge.Actors.Sessions;
using Concierge.Protocol;

namespace Concierge.Actors.Dialects;

/// <summary>
/// The session of a client that speaks a dialect, and does not know that there is a concierge: the session gives it a
/// name, and does in its stead what a client of the concierge would do itself.
/// </summary>
internal abstract class DialectSessionActor(SessionContext shared, Connection connection, DialectKind kind) : SessionActor(shared, connection)
{
    private readonly Dialect _dialect = shared.Dialects[kind];

    /// <summary>The number in the client's name.</summary>
    protected int Number { get; private set; }

    /// <summary>What the client speaks.</summary>
    private protected Dialect Dialect => _dialect;

    /// <summary>Whether the client is to be told of who and what comes and goes, as far as its dialect has words for it.</summary>
    protected virtual bool Presence => false;

    protected override void PreStart()
    {
        base.PreStart();
        Outbox.Dialect = _dialect;
        OnConnected();
    }

    /// <summary>The client has connected: most dialects' clients are introduced without having said anything.</summary>
    protected virtual void OnConnected() => Introduce();

    /// <summary>What the client hears first, as whole frames; null where it hears nothing. Called by the directory, when it knows the client.</summary>
    /// <param name="number">The client's number.</param>
    protected virtual byte[]? Greet(int number) => null;

    /// <summary>Who the client is.</summary>
    /// <param name="name">Its name.</param>
    protected virtual ClientInfo Describe(string name) => new(name, null, Guid.NewGuid(), []);

    /// <summary>The client is in the directory.</summary>
    protected abstract void OnJoined();

    /// <summary>A frame of the client that is in the directory.</summary>
    protected abstract void OnFrame(ReadOnlyMemory<byte> text);

    /// <summary>What was asked has been answered, and not with failure.</summary>
    protected abstract void OnDone(ISessionRequest request, Outcome outcome);

    private protected sealed override void OnText(ReadOnlyMemory<byte> text)
    {
        try
        {
            OnFrame(text);
        }
        catch (Exception fault)
        {
            OnFault(fault);
        }
    }

    private protected override void OnFault(Exception fault) =>
        Log.Error(fault, "A frame of {0} failed", HasClient ? Client.Info.Name : "a client that has not introduced itself");

    private protected override void OnAnswered(ISessionRequest request, Outcome outcome)
    {
        switch (request, outcome)
        {
            case (DirectoryActor.Join, Outcome.Refused):
                // Somebody on another node was quicker.
                Introduce();
                break;
            case (_, Outcome.Failed):
                End(CloseCode.Unknown, "internal error");
                break;
            case (DirectoryActor.Join, _):
                FlushOwn();
                OnJoined();
                break;
            default:
                OnDone(request, outcome);
                break;
        }
    }

    /// <summary>Asks for the membership in a room.</summary>
    protected void Enter(string room) => Ask(Shared.Rooms, new RoomActor.Join(room, Client));

    /// <summary>Says something in a room that the client is in.</summary>
    /// <param name="room">The room, as the target of its messages.</param>
    /// <param name="data">What clients of the concierge get.</param>
    /// <param name="native">What clients of the same dialect get.</param>
    protected void Say(Target.ToRoom room, ReadOnlySpan<byte> data, ReadOnlySpan<byte> native)
    {
        // Written as JSON it may have grown beyond what its receivers' queues and the links between nodes are made for.
        if (data.Length > 2 * (long)Shared.Settings.FrameSize) End(CloseCode.TooBig, "written as JSON, the text is too long to be passed on");
        else if (Shared.View.TryGetRoom(room.Room, out RoomEntry? entry)) Broadcast(entry, room, data, native);
    }

    /// <summary>Puts the client into the directory, under the next name that is free.</summary>
    protected void Introduce()
    {
        int number = Number = _dialect.NextNumber();
        ClientInfo info = Describe(_dialect.NameOf(number));
        Client = new ClientEntry(info, FileKey.Create(info.Uuid), Presence, Outbox, Self);
        Ask(Shared.Directory, new DirectoryActor.Join(Client, () => Greet(number)));
    }
}
