namespace Concierge.Node.Admin;

/// <summary>A line while it is typed, and those that were typed before it. Does no input or output.</summary>
internal sealed class EditedLine
{
    private const int LongestHistory = 1000;

    private readonly List<string> _history = [];
    private int _shown;
    private string _unfinished = "";

    /// <summary>The line so far.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Where in it the next character goes.</summary>
    public int Cursor { get; private set; }

    /// <summary>Takes a key.</summary>
    /// <returns>False where the key ends the line.</returns>
    public bool Press(ConsoleKeyInfo key)
    {
        switch (key)
        {
            case { Key: ConsoleKey.Enter } or { KeyChar: '\n' or '\r' }: return false;
            case { Key: ConsoleKey.Backspace } or { KeyChar: '\b' or '\x7f' }: Remove(Cursor - 1); break;
            case { Key: ConsoleKey.Delete }: Remove(Cursor); break;
            case { Key: ConsoleKey.LeftArrow }: Cursor = Math.Max(Cursor - 1, 0); break;
            case { Key: ConsoleKey.RightArrow }: Cursor = Math.Min(Cursor + 1, Text.Length); break;
            case { Key: ConsoleKey.Home } or { KeyChar: '\x01' }: Cursor = 0; break;
            case { Key: ConsoleKey.End } or { KeyChar: '\x05' }: Cursor = Text.Length; break;
            case { Key: ConsoleKey.UpArrow }: Show(_shown - 1); break;
            case { Key: ConsoleKey.DownArrow }: Show(_shown + 1); break;
            case { Key: ConsoleKey.Escape } or { KeyChar: '\x15' }: Set(""); break;
            case { KeyChar: var typed } when !char.IsControl(typed):
                Text = Text.Insert(Cursor, typed.ToString());
                Cursor++;
                break;
        }

        return true;
    }

    /// <summary>Ends the line, remembers it, and begins the next one.</summary>
    /// <returns>The line.</returns>
    public string Finish()
    {
        var line = Text;
        if (line.Length > 0 && (_history.Count == 0 || _history[^1] != line)) _history.Add(line);
        if (_history.Count > LongestHistory) _history.RemoveAt(0);
        _shown = _history.Count;
        _unfinished = "";
        Set("");
        return line;
    }

    private void Show(int index)
    {
        if (index < 0 || index > _history.Count) return;
        if (_shown == _history.Count) _unfinished = Text;
        _shown = index;
        Set(index == _history.Count ? _unfinished : _history[index]);
    }

    private void Set(string text) => (Text, Cursor) = (text, text.Length);

    private void Remove(int at)
    {
        if (at < 0 || at >= Text.Length) return;
        Text = Text.Remove(at, 1);
        Cursor = at;
    }
}
