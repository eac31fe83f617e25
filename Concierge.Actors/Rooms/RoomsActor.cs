using Akka.Actor;
using Concierge.Actors.Sessions;
using Concierge.Actors.Telemetry;

namespace Concierge.Actors.Rooms;

/// <summary>
/// Parent of a node's rooms, through which all requests pass: opens a room for the first who joins, and ends it when it
/// has no members. No request is ever told to a room that is ending: one that reports itself empty ends only if it has
/// dealt with everything that was passed to it. Whoever joins later finds a new one.
/// </summary>
public sealed class RoomsActor : UntypedActor
{
    private readonly IActorRef _directory;
    private readonly ConciergeMetrics _metrics;
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);

    /// <summary>Use <see cref="Props"/>.</summary>
    public RoomsActor(IActorRef directory, ConciergeMetrics metrics)
    {
        _directory = directory;
        _metrics = metrics;
    }

    /// <summary>How to create it.</summary>
    /// <param name="directory">Who is told of changes, and answers the members.</param>
    /// <param name="metrics">What is counted.</param>
    public static Props Props(IActorRef directory, ConciergeMetrics metrics) =>
        Akka.Actor.Props.Create(() => new RoomsActor(directory, metrics));

    // A room keeps its members when a message fails in it: they have to be able to leave.
    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(fault =>
    {
        _metrics.CountRestart();
        return fault is ActorInitializationException ? Directive.Stop : Directive.Resume;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RoomActor.Join join:
                if (!_rooms.TryGetValue(join.Room, out Room? room)) room = Open(join.Room);
                room.Pass(join);
                break;
            case RoomActor.Leave leave when _rooms.TryGetValue(leave.Room, out Room? left):
                left.Pass(leave);
                break;
            case RoomActor.Leave leave:
                // None of this node's clients is in it.
                leave.Session.Tell(new SessionActor.Answer(leave, Outcome.Unchanged));
                break;
            case RoomActor.Emptied emptied:
                OnEmptied(emptied);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private Room Open(string name)
    {
        var room = new Room(Context.ActorOf(RoomActor.Props(name, _directory)));
        _rooms.Add(name, room);
        return room;
    }

    // A report may be out of date: from a room that has ended since, or that has been passed another request.
    private void OnEmptied(RoomActor.Emptied emptied)
    {
        if (!_rooms.TryGetValue(emptied.Room, out Room? room) || !room.Actor.Equals(Sender) || room.Passed != emptied.DealtWith) return;
        _rooms.Remove(emptied.Room);
        Context.Stop(room.Actor);
    }

    private sealed class Room(IActorRef actor)
    {
        public IActorRef Actor => actor;

        /// <summary>How many requests it was passed.</summary>
        public long Passed { get; private set; }

        public void Pass(RoomActor.Request request)
        {
            Passed++;
            actor.Tell(request);
        }
    }
}
