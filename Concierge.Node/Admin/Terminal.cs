namespace Concierge.Node.Admin;

/// <summary>Reads lines from the terminal, which can be edited, and called up again with the arrow keys.</summary>
/// <param name="output">Where the line is shown.</param>
/// <param name="prompt">What it begins with.</param>
internal sealed class Terminal(TextWriter output, string prompt)
{
    private const char EndOfInput = '\x04';

    private const string ClearToEnd = "\u001b[K";

    private readonly EditedLine _line = new();

    /// <summary>The next line; null when there is none, as Ctrl-D was pressed on an empty one.</summary>
    /// <exception cref="InvalidOperationException">The terminal is gone.</exception>
    public string? ReadLine()
    {
        if (prompt.Length > 0) Show();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.KeyChar == EndOfInput && _line.Text.Length == 0)
            {
                output.WriteLine();
                return null;
            }

            if (!_line.Press(key)) break;
            // What is pasted is shown when all of it is there.
            if (!Console.KeyAvailable) Show();
        }

        Show();
        output.WriteLine();
        return _line.Finish();
    }

    // One row of the terminal; of a longer line, the part that ends at the cursor.
    private void Show()
    {
        var width = Math.Max(Console.WindowWidth - prompt.Length - 1, 16);
        var from = Math.Max(_line.Cursor - width, 0);
        var part = _line.Text.AsSpan(from, Math.Min(width, _line.Text.Length - from));
        var back = part.Length - (_line.Cursor - from);
        output.Write($"\r{prompt}{part}{ClearToEnd}{(back > 0 ? $"\u001b[{back}D" : "")}");
        output.Flush();
    }
}
