using Akka.Actor;
using Akka.Event;
using Concierge.Actors.Directory;
using Concierge.Actors.Sessions;

namespace Concierge.Actors.Rooms;

/// <summary>
/// One room, as far as this node's clients are in it: decides who is a member, one request at a time. It has nothing to
/// do with messages: a member's session walks the room's <see cref="RoomEntry.Members"/>. A room without members reports
/// itself, with how many requests it has dealt with: <see cref="RoomsActor"/>, which knows whether another is on its way,
/// decides whether it ends.
/// </summary>
public sealed class RoomActor : UntypedActor
{
    private readonly string _name;
    private readonly IActorRef _directory;
    private readonly HashSet<ClientEntry> _members = [];
    private long _dealtWith;

    /// <summary>Use <see cref="Props"/>.</summary>
    public RoomActor(string name, IActorRef directory)
    {
        _name = name;
        _directory = directory;
    }

    /// <summary>How to create it.</summary>
    /// <param name="name">The room's name.</param>
    /// <param name="directory">Who is told of changes, and answers the members.</param>
    public static Props Props(string name, IActorRef directory) => Akka.Actor.Props.Create(() => new RoomActor(name, directory));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Request request:
                _dealtWith++;
                OnRequest(request);
                break;
            case MemberEnded ended:
                // The directory, which watches sessions too, tells the others.
                _members.Remove(ended.Client);
                break;
            default:
                Unhandled(message);
                return;
        }
        // After what the directory was told: a successor's members come after this room's.
        if (_members.Count == 0) Context.Parent.Tell(new Emptied(_name, _dealtWith));
    }

    private void OnRequest(Request request)
    {
        switch (request)
        {
            case Join join when _members.Add(join.Client):
                Context.WatchWith(join.Client.Session, new MemberEnded(join.Client));
                _directory.Tell(new DirectoryActor.RoomJoined(join));
                break;
            case Leave leave when _members.Remove(leave.Client):
                Context.Unwatch(leave.Client.Session);
                _directory.Tell(new DirectoryActor.RoomLeft(leave));
                break;
            default:
                request.Session.Tell(new SessionActor.Answer(request, Outcome.Unchanged));
                break;
        }
    }

    /// <summary>What is asked of a room; the client's session gets the answer.</summary>
    /// <param name="Room">The room's name.</param>
    /// <param name="Client">The client that asks.</param>
    public abstract record Request(string Room, ClientEntry Client) : ISessionRequest
    {
        /// <inheritdoc/>
        public IActorRef Session => Client.Session;
    }

    /// <summary>Makes a client a member: Done, or Unchanged where it was one.</summary>
    /// <param name="Room">The room's name.</param>
    /// <param name="Client">The client that asks.</param>
    public sealed record Join(string Room, ClientEntry Client) : Request(Room, Client);

    /// <summary>Ends a membership: Done, Unchanged where there was none.</summary>
    /// <param name="Room">The room's name.</param>
    /// <param name="Client">The client that asks.</param>
    public sealed record Leave(string Room, ClientEntry Client) : Request(Room, Client);

    /// <summary>A room has no members.</summary>
    /// <param name="Room">Its name.</param>
    /// <param name="DealtWith">How many requests it had dealt with by then.</param>
    public sealed record Emptied(string Room, long DealtWith) : IDeadLetterSuppression;

    private sealed record MemberEnded(ClientEntry Client);
}
