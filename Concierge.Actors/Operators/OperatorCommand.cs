using System.Diagnostics.CodeAnalysis;

namespace Concierge.Actors.Operators;

/// <summary>What an operator may ask for (dialects, section "Operator's commands"), as far as the line alone tells.</summary>
internal abstract record OperatorCommand
{
    // A slash separates the parts, and belongs to the last one where that may have any. Behind the name a space will do.
    private static readonly Form[] Forms =
    [
        new("reset", "", "closes all connections, which empties the rooms", _ => new Reset()),
        new("broadcast", "<message>", "says something to everybody", text => new Broadcast(text)),
        new("rbroadcast", "<room>/<message>", "says something to a room", text => text.Contains('/') ? new RoomBroadcast(text) : null),
        new("individual", "<user>/<message>", "says something to one; also <room>/<user>/<message>", text => text.Contains('/') ? new Individual(text) : null),
        new("rooms", "", "lists the rooms", _ => new Rooms()),
        new("users", "", "lists who is connected, of every dialect and on every node", _ => new Users()),
        new("services", "", "lists the services", _ => new Services()),
        new("nodes", "", "lists the nodes of the cluster", _ => new Nodes()),
        new("dcUser", "<user>", "closes one's connection; a user is a name, or an id of the chatroom", text => text.Contains('/') ? null : new DisconnectUser(text)),
        new("dcRoom", "<room>", "closes the connections of all who are in a room", text => new DisconnectRoom(text)),
        new("drain", "<node>", "has a node close its clients, and stop", text => text.Contains('/') ? null : new Drain(text)),
        new("help", "", "lists the commands", _ => new Help()),
    ];

    private OperatorCommand()
    {
    }

    /// <summary>All commands, a line each.</summary>
    public static string HelpText => Table.Write(["COMMAND", ""], Forms.Select(form => (string[])[form.Syntax, form.Purpose]));

    /// <summary>Reads a line.</summary>
    /// <param name="line">What the operator typed.</param>
    /// <param name="command">What it asks for.</param>
    /// <param name="error">What is wrong with it.</param>
    public static bool TryRead(string line, [NotNullWhen(true)] out OperatorCommand? command, [NotNullWhen(false)] out string? error)
    {
        line = line.Trim();
        command = null;
        int end = line.Length > 1 ? line.AsSpan(1).IndexOfAny('/', ' ') + 1 : 0;
        string name = line.Length == 0 ? "" : end == 0 ? line[1..] : line[1..end];
        string rest = end == 0 ? "" : line[(end + 1)..];
        Form? form = line.StartsWith('/') ? Forms.FirstOrDefault(it => it.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) : null;
        if (form is null) error = $"There is no command '{Table.Printable(line)}'; /help lists them";
        else if (form.Arguments.Length == 0 && end != 0) error = $"/{form.Name} takes no arguments, and was given '{Table.Printable(rest)}'";
        else if ((command = form.Arguments.Length == 0 || rest.Length > 0 ? form.Read(rest) : null) is null) error = $"Expected {form.Syntax}, and was given '{Table.Printable(line)}'";
        else error = null;
        return command is not null;
    }

    /// <summary>Closes all connections.</summary>
    public sealed record Reset : OperatorCommand;

    /// <summary>A message to everybody.</summary>
    /// <param name="Message">The message.</param>
    public sealed record Broadcast(string Message) : OperatorCommand;

    /// <summary>A message to a room.</summary>
    /// <param name="RoomAndMessage">With a slash between the two. A room's name may have slashes: which one it is, the rooms tell.</param>
    public sealed record RoomBroadcast(string RoomAndMessage) : OperatorCommand;

    /// <summary>A message to one user.</summary>
    /// <param name="UserAndMessage">With a slash between the two; or a room, a user and a message.</param>
    public sealed record Individual(string UserAndMessage) : OperatorCommand;

    /// <summary>Lists the rooms.</summary>
    public sealed record Rooms : OperatorCommand;

    /// <summary>Lists the clients.</summary>
    public sealed record Users : OperatorCommand;

    /// <summary>Lists the services.</summary>
    public sealed record Services : OperatorCommand;

    /// <summary>Lists the nodes.</summary>
    public sealed record Nodes : OperatorCommand;

    /// <summary>Closes a user's connection.</summary>
    /// <param name="User">A name, or an id of the chatroom.</param>
    public sealed record DisconnectUser(string User) : OperatorCommand;

    /// <summary>Closes the connections of a room's members.</summary>
    /// <param name="Room">The room's name.</param>
    public sealed record DisconnectRoom(string Room) : OperatorCommand;

    /// <summary>Drains a node.</summary>
    /// <param name="Node">As <see cref="Nodes"/> lists it.</param>
    public sealed record Drain(string Node) : OperatorCommand;

    /// <summary>Lists the commands.</summary>
    public sealed record Help : OperatorCommand;

    private sealed record Form(string Name, string Arguments, string Purpose, Func<string, OperatorCommand?> Read)
    {
        public string Syntax => Arguments.Length == 0 ? $"/{Name}" : $"/{Name}/{Arguments}";
    }
}
