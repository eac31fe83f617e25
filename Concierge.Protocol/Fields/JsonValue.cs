using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Concierge.Protocol.Fields;

/// <summary>
/// The bytes of one JSON value, or none. Whoever makes one has checked that they are valid JSON and UTF-8, so a value's first byte
/// tells what it is, and reading it fails only where it is something else than was asked for.
/// </summary>
internal readonly ref struct JsonValue(ReadOnlySpan<byte> utf8)
{
    // An escaped surrogate pair, \ud83d\ude00, is the longest way to write a code point.
    private const int LongestCodePoint = 12;

    private const int LongestShown = 64;

    private readonly ReadOnlySpan<byte> _utf8 = utf8;

    public bool IsMissing => _utf8.IsEmpty;

    public bool IsNull => StartsWith('n');

    public bool IsString => StartsWith('"');

    public bool IsObject => StartsWith('{');

    public bool IsArray => StartsWith('[');

    /// <summary>
    /// The text of a string of at most <paramref name="limit"/> code points. One whose size gives it away as longer is not decoded.
    /// </summary>
    public bool TryGetText(int limit, out string text)
    {
        text = "";
        if (_utf8.Length - 2 > (long)limit * LongestCodePoint || !TryGetUtf8(out var utf8))
            return false;

        text = Encoding.UTF8.GetString(utf8);
        return text.Length <= limit || CountCodePoints(text) <= limit;
    }

    /// <summary>
    /// The text of a string as UTF-8. False for another value, and for one whose escapes include half of a surrogate pair.
    /// </summary>
    public bool TryGetUtf8(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!IsString)
            return false;

        text = _utf8[1..^1];
        return !text.Contains((byte)'\\') || TryUnescape(out text);
    }

    public bool TryGetUuid(out Guid uuid)
    {
        uuid = default;
        return TryGetUtf8(out var text) && Utf8Parser.TryParse(text, out uuid, out var consumed, 'D') && consumed == text.Length;
    }

    /// <summary>An integer of 0 to 2⁶³−1, written without fraction or exponent.</summary>
    public bool TryGetInteger(out long integer) =>
        Utf8Parser.TryParse(_utf8, out integer, out var consumed) && consumed == _utf8.Length && integer >= 0;

    public bool TryGetFlag(out bool flag)
    {
        flag = StartsWith('t');
        return flag || StartsWith('f');
    }

    /// <summary>The value as it was written, or how it begins where it is long.</summary>
    public string Show() => Shorten(_utf8);

    /// <summary>All of a short text, about the first 64 characters of a long one.</summary>
    public static string Shorten(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= LongestShown)
            return Encoding.UTF8.GetString(utf8);

        var end = LongestShown;
        while ((utf8[end] & 0xC0) == 0x80)
            end--;

        return Encoding.UTF8.GetString(utf8[..end]) + "…";
    }

    /// <summary>What sort of value it is, for values that must not be shown.</summary>
    public string ShowKind() => _utf8[0] switch
    {
        (byte)'"' => "a string",
        (byte)'{' => "an object",
        (byte)'[' => "an array",
        (byte)'t' or (byte)'f' => "a boolean",
        (byte)'n' => "null",
        _ => "a number",
    };

    private bool StartsWith(char first) => !_utf8.IsEmpty && _utf8[0] == first;

    private bool TryUnescape(out ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(_utf8);
        reader.Read();
        var unescaped = new byte[_utf8.Length];
        try
        {
            text = unescaped.AsSpan(0, reader.CopyString(unescaped));
            return true;
        }
        catch (InvalidOperationException)
        {
            text = default;
            return false;
        }
    }

    private static int CountCodePoints(string text)
    {
        var count = 0;
        foreach (var c in text)
        {
            if (!char.IsLowSurrogate(c))
                count++;
        }

        return count;
    }
}
