using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Concierge.Actors.Files;

namespace Concierge.Node.Files;

/// <summary>
/// A file's path below its client's folder, checked: nothing in it can lead out of that folder, whatever the file system
/// makes of it, and no second decoding can change that.
/// </summary>
internal sealed class FilePath
{
    private const int MaxSegmentBytes = 255;
    private const int MaxBytes = 1024;
    private const int MaxDepth = 16;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> NotInNames = SearchValues.Create(['/', '\\', .. Path.GetInvalidFileNameChars()]);

    private FilePath(string[] segments) => Segments = segments;

    /// <summary>The folders' names and, last, the file's.</summary>
    public IReadOnlyList<string> Segments { get; }

    /// <summary>The file's own name.</summary>
    public string Name => Segments[^1];

    /// <summary>Reads a path as it stands in a URL, each segment percent-encoded once.</summary>
    public static bool TryParseEncoded(string path, [NotNullWhen(true)] out FilePath? file, [NotNullWhen(false)] out string? fault)
    {
        var segments = path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            if (Decode(segments[i]) is not { } decoded) return Refuse("is not UTF-8, percent-encoded", out file, out fault);
            segments[i] = decoded;
        }

        return TryParse(segments, out file, out fault);
    }

    /// <summary>Reads a path as it stands in a form, not encoded.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out FilePath? file, [NotNullWhen(false)] out string? fault) =>
        TryParse(path.Split('/'), out file, out fault);

    /// <summary>Reads a path that has to be right, as it is after decoding.</summary>
    /// <exception cref="FileRefusedException">It is none that a file can have.</exception>
    public static FilePath Parse(string path) => TryParse(path, out var file, out var fault) ? file : throw Bad("The path", fault);

    /// <summary>The refusal of a path.</summary>
    public static FileRefusedException Bad(string what, string fault) => new(FileRefusal.BadPath, $"{what} {fault}.");

    /// <summary>The path on disk.</summary>
    public string Below(string folder) => Path.Combine([folder, .. Segments]);

    /// <inheritdoc/>
    public override string ToString() => string.Join('/', Segments);

    private static bool TryParse(string[] segments, [NotNullWhen(true)] out FilePath? file, [NotNullWhen(false)] out string? fault)
    {
        if (segments.Length > MaxDepth) return Refuse($"is more than {MaxDepth} levels deep", out file, out fault);
        var total = 0;
        foreach (var segment in segments)
        {
            if (FaultOf(segment) is { } fate) return Refuse(fate, out file, out fault);
            total += Encoding.UTF8.GetByteCount(segment) + 1;
        }

        if (total > MaxBytes) return Refuse($"is longer than {MaxBytes} bytes", out file, out fault);
        (file, fault) = (new FilePath(segments), null);
        return true;
    }

    private static string? FaultOf(string segment)
    {
        if (segment.Length == 0) return "has an empty part";
        if (!IsPlain(segment)) return "has a part that is . or .., or holds a slash, a backslash or a control character";
        if (!IsUnicode(segment)) return "is not valid Unicode";
        if (Encoding.UTF8.GetByteCount(segment) > MaxSegmentBytes) return $"has a part longer than {MaxSegmentBytes} bytes";

        // Encoded twice or more it would turn into a path for whoever decodes it once too often.
        for (var decoded = segment; Decode(decoded) is { } next && next != decoded; decoded = next)
        {
            if (!IsPlain(next)) return "is percent-encoded more than once";
        }

        return null;
    }

    private static bool IsPlain(string name) =>
        name is not ("" or "." or "..") && !name.AsSpan().ContainsAny(NotInNames) && !name.Any(char.IsControl);

    private static bool IsUnicode(string name)
    {
        foreach (var rune in name.EnumerateRunes())
        {
            // What EnumerateRunes gives for half of a surrogate pair.
            if (rune == Rune.ReplacementChar && !name.Contains('\uFFFD', StringComparison.Ordinal)) return false;
        }

        return true;
    }

    /// <summary>Percent-decodes once; null where that gives no UTF-8. A % without two digits stands for itself.</summary>
    private static string? Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes[length++] = Convert.ToByte(text.Substring(i + 1, 2), 16);
                i += 2;
            }
            else
            {
                var end = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? i + 2 : i + 1;
                length += Encoding.UTF8.GetBytes(text.AsSpan(i, end - i), bytes.AsSpan(length));
                i = end - 1;
            }
        }

        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool Refuse(string why, out FilePath? file, out string? fault)
    {
        (file, fault) = (null, why);
        return false;
    }
}
