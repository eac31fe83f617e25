using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>A cursor over HOCON text: what stands here, strings and comments, and errors that say where.</summary>
internal sealed class HoconText(string text)
{
    private const string NotInUnquotedText = "$\"{}[]:=,#`^?!@*&\\";

    private int _index;

    public bool AtEnd => _index >= text.Length;

    public bool AtLineEnd => AtEnd || text[_index] is '\n' or '\r';

    public bool AtUnquotedText => !AtEnd && !char.IsWhiteSpace(text[_index]) && !AtComment && !NotInUnquotedText.Contains(text[_index]);

    private bool AtComment => At("#") || At("//");

    public bool At(string token) => string.CompareOrdinal(text, _index, token, 0, token.Length) == 0;

    public bool TryTake(string token)
    {
        if (!At(token))
            return false;
        _index += token.Length;
        return true;
    }

    public void Expect(string token, string expected)
    {
        if (!TryTake(token))
            throw Error(expected);
    }

    public void SkipWhitespaceAndComments()
    {
        while (!AtEnd && (char.IsWhiteSpace(text[_index]) || AtComment))
            _index = AtComment ? LineEnd() : _index + 1;
    }

    /// <summary>The spaces and tabs here.</summary>
    public string TakeBlanks()
    {
        var start = _index;
        while (!AtEnd && text[_index] is ' ' or '\t')
            _index++;
        return text[start.._index];
    }

    /// <summary>A key without quotes; it may contain spaces, and ends before a dot.</summary>
    public string TakeUnquotedKey()
    {
        var start = _index;
        while (!AtLineEnd && !At(".") && (AtUnquotedText || char.IsWhiteSpace(text[_index])))
            _index++;
        return text[start.._index].Trim();
    }

    public string TakeUnquotedText()
    {
        var start = _index;
        while (AtUnquotedText)
            _index++;
        return text[start.._index];
    }

    public string TakeTripleQuoted()
    {
        var opening = Where();
        _index += 3;
        var end = text.IndexOf("\"\"\"", _index, StringComparison.Ordinal);
        if (end < 0)
            throw new FormatException($"{opening}: this \"\"\" has no closing \"\"\".");
        var content = text[_index..end];
        _index = end + 3;
        return content;
    }

    public string TakeQuoted()
    {
        var opening = Where();
        var content = new StringBuilder();
        for (_index++; !AtEnd; _index++)
        {
            switch (text[_index])
            {
                case '"':
                    _index++;
                    return content.ToString();
                case '\\':
                    content.Append(TakeEscape());
                    break;
                case var c:
                    content.Append(c);
                    break;
            }
        }

        throw new FormatException($"{opening}: this quote is never closed.");
    }

    /// <summary>Whether <c>include "…"</c> stands here; then only the quoted name is left to take.</summary>
    public bool TryTakeInclude()
    {
        var start = _index;
        if (TryTake("include") && !AtEnd && (char.IsWhiteSpace(text[_index]) || AtComment))
        {
            SkipWhitespaceAndComments();
            if (At("\""))
                return true;
        }

        _index = start;
        return false;
    }

    public FormatException Error(string expected)
    {
        var found = AtEnd ? "the end" : AtLineEnd ? "the end of the line" : $"'{text[_index]}'";
        return new FormatException($"{Where()}: expected {expected}, found {found}.");
    }

    public string Where()
    {
        var before = text.AsSpan(0, Math.Min(_index, text.Length));
        return string.Create(CultureInfo.InvariantCulture, $"line {before.Count('\n') + 1}, column {before.Length - before.LastIndexOf('\n')}");
    }

    private int LineEnd() => text.IndexOf('\n', _index) is >= 0 and var end ? end : text.Length;

    // Leaves the cursor on the escape's last character.
    private char TakeEscape()
    {
        _index++;
        switch (AtEnd ? '\0' : text[_index])
        {
            case '"' or '\\' or '/':
                return text[_index];
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _index + 4 < text.Length
                && ushort.TryParse(text.AsSpan(_index + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _index += 4;
                return (char)code;
            default:
                throw Error("one of \" \\ / b f n r t uXXXX after a backslash");
        }
    }
}
