using System.Diagnostics.CodeAnalysis;
using Concierge.Protocol;

namespace Concierge.Actors.Dialects.Chatroom;

/// <summary>What a client asks of the chatroom itself.</summary>
internal abstract record ChatroomCommand
{
    private ChatroomCommand()
    {
    }

    /// <summary>Goes into another room.</summary>
    /// <param name="Room">Its name; there may be no such room.</param>
    public sealed record ChangeRoom(string Room) : ChatroomCommand;

    /// <summary>Is called something else.</summary>
    /// <param name="Name">What others see; a nickname as the protocol allows.</param>
    public sealed record ChangeName(string Name) : ChatroomCommand;

    /// <summary>Reads a command: its name and its arguments, each behind a slash.</summary>
    /// <param name="text">What the client said.</param>
    /// <param name="command">What it asks for.</param>
    /// <param name="error">Why it can't be done, for the person who said it.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out ChatroomCommand? command, [NotNullWhen(false)] out string? error)
    {
        (command, error) = text.Split('/') switch
        {
            ["", "changeRoom", { Length: > 0 } room] => (new ChangeRoom(room), null),
            ["", "changeName", { Length: > 0 } name] when IsNickname(name) => (new ChangeName(name), null),
            ["", "changeName", { Length: > 0 }] => (null, $"The name can't be had; expected up to {Limits.Nickname} characters, and not 'Server'"),
            ["", "changeRoom", ..] => Arguments("/changeRoom/<room>", text),
            ["", "changeName", ..] => Arguments("/changeName/<name>", text),
            _ => ((ChatroomCommand?)null, (string?)$"Unknown command '{Shorten(text)}'; there are /changeRoom/<room> and /changeName/<name>"),
        };
        return command is not null;
    }

    /// <summary>Text as an error quotes it.</summary>
    public static string Shorten(string text) => text.Length <= 64 ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[63]) ? 63 : 64), "…");

    private static (ChatroomCommand?, string?) Arguments(string expected, string text)
    {
        int given = text.Split('/')[2..].Count(argument => argument.Length > 0);
        return (null, $"Wrong number of arguments: {given}; expected one, {expected}, without a slash in it");
    }

    // Who is called like the server would be taken for it.
    private static bool IsNickname(string name) =>
        name.EnumerateRunes().Count() <= Limits.Nickname && !name.Trim().Equals("Server", StringComparison.OrdinalIgnoreCase);
}
