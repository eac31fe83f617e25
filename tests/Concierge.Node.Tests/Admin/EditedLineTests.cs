using Concierge.Node.Admin;

namespace Concierge.Node.Tests.Admin;

public sealed class EditedLineTests
{
    private readonly EditedLine _line = new();

    [Fact]
    public void Characters_GoWhereTheCursorIs()
    {
        Type("ac");
        Press(ConsoleKey.LeftArrow);
        Type("b");
        Press(ConsoleKey.End);
        Type("d");
        Press(ConsoleKey.Home, ConsoleKey.Delete);

        (_line.Text, _line.Cursor).ShouldBe(("bcd", 0));
        Press(ConsoleKey.LeftArrow, ConsoleKey.Backspace);
        _line.Text.ShouldBe("bcd");
    }

    [Fact]
    public void Arrows_CallUpWhatWasTypedBefore_AndWhatIsBeingTyped()
    {
        Enter("/users");
        Enter("/rooms");
        Enter("/rooms");
        Type("/no");

        Press(ConsoleKey.UpArrow);
        _line.Text.ShouldBe("/rooms");
        Press(ConsoleKey.UpArrow, ConsoleKey.UpArrow);
        _line.Text.ShouldBe("/users");
        Press(ConsoleKey.DownArrow, ConsoleKey.DownArrow, ConsoleKey.DownArrow);
        _line.Text.ShouldBe("/no");
    }

    [Fact]
    public void ControlCharacters_AreNotTyped()
    {
        _line.Press(new ConsoleKeyInfo('\u001b', 0, false, false, false)).ShouldBeTrue();
        _line.Text.ShouldBeEmpty();
        _line.Press(new ConsoleKeyInfo('\r', ConsoleKey.Enter, false, false, false)).ShouldBeFalse();
    }

    private void Enter(string text)
    {
        Type(text);
        _line.Finish().ShouldBe(text);
    }

    private void Type(string text)
    {
        foreach (var character in text) _line.Press(new ConsoleKeyInfo(character, 0, false, false, false)).ShouldBeTrue();
    }

    private void Press(params ConsoleKey[] keys)
    {
        foreach (var key in keys) _line.Press(new ConsoleKeyInfo('\0', key, false, false, false)).ShouldBeTrue();
    }
}
