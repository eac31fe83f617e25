using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Akka.Actor;
using Akka.Event;
using Concierge.Actors.Dialects;
using Concierge.Actors.Directory;
using Concierge.Actors.Nodes;
using Concierge.Actors.Sessions;
using Concierge.Actors.Telemetry;
using Concierge.Protocol;

namespace Concierge.Actors.Operators;

/// <summary>
/// Does what an operator asks for, on the whole cluster: it reads this node's copy of the directory, sends as sessions do,
/// and tells other nodes what is to be done there.
/// </summary>
public sealed partial class OperatorActor : UntypedActor
{
    private readonly DirectoryView _view;
    private readonly ClusterView _cluster;
    private readonly DialectSet _dialects;
    private readonly Fanout _fanout;
    private string _by = "";
    private bool _continues;

    /// <summary>Use <see cref="Props"/>.</summary>
    public OperatorActor(DirectoryView view, ClusterView cluster, DialectSet dialects, ConciergeMetrics metrics)
    {
        _view = view;
        _cluster = cluster;
        _dialects = dialects;
        _fanout = new Fanout(metrics);
    }

    /// <summary>How to create it.</summary>
    /// <param name="view">Who is where.</param>
    /// <param name="cluster">What nodes there are.</param>
    /// <param name="dialects">What clients speak that don't speak the protocol.</param>
    /// <param name="metrics">What is counted.</param>
    public static Props Props(DirectoryView view, ClusterView cluster, DialectSet dialects, ConciergeMetrics metrics) =>
        Akka.Actor.Props.Create(() => new OperatorActor(view, cluster, dialects, metrics));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Command command: OnCommand(command); break;
            case Continue:
                _continues = false;
                FlushSome();
                break;
            default: Unhandled(message); break;
        }
    }

    private void OnCommand(Command command)
    {
        Context.GetLogger().Info("Operator ({0}): {1}", command.By, Table.Printable(command.Line));
        _by = command.By;
        Reply reply;
        try
        {
            reply = OperatorCommand.TryRead(command.Line, out OperatorCommand? asked, out string? error) ? Do(asked) : new Reply(error, IsDone: false);
        }
        catch (Exception)
        {
            Sender.Tell(new Reply("The concierge failed on this command; its log says why", IsDone: false));
            throw;
        }
        FlushSome();
        Sender.Tell(reply);
    }

    private Reply Do(OperatorCommand command)
    {
        switch (command)
        {
            case OperatorCommand.Help: return Done(OperatorCommand.HelpText);
            case OperatorCommand.Rooms: return Done(ListRooms());
            case OperatorCommand.Users: return Done(ListUsers());
            case OperatorCommand.Services: return Done(ListServices());
            case OperatorCommand.Nodes: return Done(ListNodes());

            case OperatorCommand.Broadcast(var message):
                Say(_view.Clients, Destination.Everyone.Instance, Target.Everyone, message);
                return Done($"Said to {Clients(_view.Clients.Count)}");

            case OperatorCommand.RoomBroadcast(var roomAndMessage):
                if (!TryFindRoom(roomAndMessage, out RoomEntry? room, out string text)) return NobodyIn(roomAndMessage);
                Say(room, text);
                return Done($"Said to {Clients(room.Members.Count)} in room {room.Name}");

            case OperatorCommand.Individual(var userAndMessage): return SayTo(userAndMessage);

            case OperatorCommand.DisconnectUser(var user):
                if (!TryFindUser(user, out ClientEntry? client)) return NoUser(user);
                client.Disconnect(Closing);
                return Done($"Closed {client.Info.Name}");

            case OperatorCommand.DisconnectRoom(var name):
                if (!_view.TryGetRoom(name, out RoomEntry? left)) return NobodyIn(name);
                return Done($"Closed {Clients(Disconnect(left.Members, new Destination.ToMembers(name)))} in room {name}");

            case OperatorCommand.Reset:
                return Done($"Closed {Clients(Disconnect(_view.Clients, Destination.Everyone.Instance))}");

            case OperatorCommand.Drain(var node): return DrainNode(node);
            default: throw new UnreachableException($"no such command: {command}");
        }
    }

    private Reply SayTo(string userAndMessage)
    {
        // Three parts, where the first is a room and the second somebody in it.
        if (TryFindRoom(userAndMessage, out RoomEntry? room, out string rest) && rest.Split('/', 2) is [var member, { Length: > 0 } text]
            && TryFindUser(member, out ClientEntry? inRoom) && room.Members.Contains(inRoom))
            return SayTo(inRoom, text);
        string[] parts = userAndMessage.Split('/', 2);
        if (!TryFindUser(parts[0], out ClientEntry? client)) return NoUser(parts[0]);
        return parts[1].Length > 0 ? SayTo(client, parts[1]) : new Reply("There is no message; expected /individual/<user>/<message>", IsDone: false);
    }

    private Reply SayTo(ClientEntry client, string text)
    {
        _fanout.Send(client, Prefix(new Target.ToName(client.Info.Name)), ChatText.Data(ServerOrigin.Name, Guid.Empty, text));
        _fanout.Deliver();
        return Done($"Said to {client.Info.Name}");
    }

    private void Say(RoomEntry room, string text) => Say(room.Members, new Destination.ToMembers(room.Name), new Target.ToRoom(room.Name), text);

    private void Say(Roster receivers, Destination destination, Target target, string text)
    {
        _fanout.Send(receivers.Audience, destination, null, Prefix(target), ChatText.Data(ServerOrigin.Name, Guid.Empty, text));
        _fanout.Deliver();
    }

    private static ReadOnlySpan<byte> Prefix(Target target)
    {
        var prefix = new ArrayBufferWriter<byte>();
        ServerPayloadWriter.WriteMessagePrefix(prefix, ServerOrigin.Origin, target);
        return prefix.WrittenSpan;
    }

    private void FlushSome()
    {
        if (!_fanout.FlushSome() || _continues) return;
        _continues = true;
        Self.Tell(Continue.Instance);
    }

    private static int Disconnect(Roster clients, Destination destination)
    {
        Audience audience = clients.Audience;
        int count = clients.Count;
        foreach (Peer peer in audience.Peers) peer.Link.Tell(new LinkItem.Disconnect(destination, Closing.Code, Closing.Reason));
        foreach (ClientEntry client in audience.Local) client.Session.Tell(Closing);
        return count;
    }

    private Reply DrainNode(string name)
    {
        NodeMember? member = _cluster.Membership?.Members.FirstOrDefault(it => it.Node.ToString() == name || it.Node.Handle == name);
        if (member is null) return new Reply($"There is no node '{Table.Printable(name)}'; /nodes lists them", IsDone: false);
        if (member.Node == _cluster.Membership!.Self) Context.System.EventStream.Publish(new DrainRequested(_by));
        else if (_cluster.PeerOf(member.Node) is { } peer) peer.Link.Tell(new LinkItem.Drain(_by));
        else return new Reply($"Node {name} is not connected to this one; try again, or ask another node", IsDone: false);
        return Done($"Node {name} drains, and stops");
    }

    private bool TryFindUser(string user, [NotNullWhen(true)] out ClientEntry? client) =>
        _view.TryGetClient(user, out client)
        || (int.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            && _view.TryGetClient(_dialects[DialectKind.Chatroom].NameOf(id), out client));

    // A room's name may have slashes: the shortest name that is one counts.
    private bool TryFindRoom(string text, [NotNullWhen(true)] out RoomEntry? room, out string rest)
    {
        for (int slash = text.IndexOf('/'); slash >= 0 && slash <= 2 * Limits.ServiceName; slash = text.IndexOf('/', slash + 1))
        {
            rest = text[(slash + 1)..];
            if (rest.Length > 0 && _view.TryGetRoom(text[..slash], out room)) return true;
        }
        (room, rest) = (null, "");
        return false;
    }

    private static SessionActor.Close Closing { get; } = new(CloseCode.Normal, "closed by the operator");

    private static Reply Done(string text) => new(text, IsDone: true);

    private static Reply NoUser(string user) => new($"There is no user '{Table.Printable(user)}'; /users lists them", IsDone: false);

    private static Reply NobodyIn(string room) => new($"Nobody is in a room '{Table.Printable(room.Split('/')[0])}'; /rooms lists them", IsDone: false);

    private static string Clients(int count) => count == 1 ? "1 client" : $"{count} clients";

    /// <summary>What an operator typed; answered with <see cref="Reply"/>.</summary>
    /// <param name="Line">The line.</param>
    /// <param name="By">Who typed it, for the log.</param>
    public sealed record Command(string Line, string By);

    /// <summary>What became of a command.</summary>
    /// <param name="Text">For the operator: one line or a table.</param>
    /// <param name="IsDone">Whether it was done; else the text says why it wasn't.</param>
    public sealed record Reply(string Text, bool IsDone);

    private sealed record Continue
    {
        public static readonly Continue Instance = new();
    }
}
