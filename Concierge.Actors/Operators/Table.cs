using System.Globalization;
using System.Text;

namespace Concierge.Actors.Operators;

/// <summary>Aligned columns for a terminal. What is in them came over the network, and is made harmless.</summary>
internal static class Table
{
    private const int WidestCell = 64;

    /// <summary>A line for the headings, and one for each row.</summary>
    public static string Write(string[] headings, IEnumerable<string[]> rows)
    {
        List<string[]> all = [headings, .. rows.Select(row => row.Select(Printable).ToArray())];
        int[] widths = [.. headings.Select((_, column) => all.Max(row => Width(row[column])))];
        var text = new StringBuilder();
        foreach (string[] row in all)
        {
            var line = new StringBuilder();
            for (int column = 0; column < row.Length; column++)
                line.Append(row[column]).Append(' ', widths[column] - Width(row[column]) + 2);
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>Text on one line, shortened where it is long, without what a terminal would take for a command.</summary>
    public static string Printable(string text)
    {
        var printable = new StringBuilder();
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (++length > WidestCell) return printable.Append('…').ToString();
            bool isHarmless = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
                or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator);
            printable.Append(isHarmless ? rune.ToString() : "�");
        }
        return printable.ToString();
    }

    private static int Width(string cell) => cell.EnumerateRunes().Count();
}
