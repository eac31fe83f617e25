namespace Concierge.Hosting.Configuration;

/// <summary>Finds brackets and quotes that don't pair up. Akka.NET's parser takes them silently, and half a file would go unread.</summary>
internal static class Brackets
{
    /// <summary>The first fault with its line, or null.</summary>
    public static string? FindFault(string hocon)
    {
        var open = new Stack<(char Bracket, int Line)>();
        var line = 1;
        for (var i = 0; i < hocon.Length; i++)
        {
            var rest = hocon.AsSpan(i);
            switch (hocon[i])
            {
                case '\n':
                    line++;
                    break;
                case '#':
                case '/' when rest.StartsWith("//"):
                    i += Math.Max(rest.IndexOf('\n'), 0) - 1;
                    if (!rest.Contains('\n')) i = hocon.Length;
                    break;
                case '"':
                    var length = QuotedLength(rest);
                    if (length < 0) return $"line {line}: a \" that is never closed";
                    line += rest[..length].Count('\n');
                    i += length - 1;
                    break;
                case '{' or '[':
                    open.Push((hocon[i], line));
                    break;
                case '}' or ']':
                    var opening = hocon[i] == '}' ? '{' : '[';
                    if (!open.TryPop(out var last)) return $"line {line}: a {hocon[i]} without its {opening}";
                    if (last.Bracket != opening) return $"line {line}: a {hocon[i]} where the {last.Bracket} of line {last.Line} is still open";
                    break;
            }
        }

        return open.TryPop(out var unclosed) ? $"line {unclosed.Line}: a {unclosed.Bracket} that is never closed" : null;
    }

    /// <summary>How long the quoted text at the start is, quotes included; -1 where it doesn't end.</summary>
    private static int QuotedLength(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("\"\"\""))
        {
            var end = text[3..].IndexOf("\"\"\"");
            return end < 0 ? -1 : end + 6;
        }

        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return i + 1;
        }

        return -1;
    }
}
