using System.Globalization;
using System.Text;

namespace Concierge.Node.Metrics;

/// <summary>Prometheus' text format, version 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats).</summary>
internal static class Exposition
{
    /// <summary>The content type of <see cref="Write"/>.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes all families, also those that have no value yet: whoever writes queries finds their names.</summary>
    public static string Write(IEnumerable<Family> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(EscapeHelp(family.Help)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Kind.ToString().ToLowerInvariant()).Append('\n');
            foreach (var one in family.Series)
            {
                if (family.Kind == FamilyKind.Histogram) WriteHistogram(text, family.Name, one);
                else Line(text, family.Name, one.Labels, one.Value);
            }
        }

        return text.ToString();
    }

    /// <summary>A name with the characters that Prometheus allows, and a counter's suffix.</summary>
    public static string MetricName(string name, FamilyKind kind)
    {
        var valid = string.Concat(name.Select((c, i) => char.IsAsciiLetter(c) || c is '_' or ':' || (i > 0 && char.IsAsciiDigit(c)) ? c : '_'));
        return kind == FamilyKind.Counter && !valid.EndsWith("_total", StringComparison.Ordinal) ? valid + "_total" : valid;
    }

    /// <summary>Labels in the order of their names, so that the same ones always make the same series.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var sorted = tags.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return string.Join(',', sorted.Select(tag => $"{LabelName(tag.Key)}=\"{EscapeLabel(LabelValue(tag.Value))}\""));
    }

    private static void WriteHistogram(StringBuilder text, string name, Series series)
    {
        var count = 0L;
        var prefix = series.Labels.Length > 0 ? series.Labels + "," : "";
        for (var i = 0; i < series.Bounds.Length; i++)
        {
            count += series.InBucket(i);
            Line(text, name + "_bucket", $"{prefix}le=\"{Number(series.Bounds[i])}\"", count);
        }

        count += series.InBucket(series.Bounds.Length);
        Line(text, name + "_bucket", $"{prefix}le=\"+Inf\"", count);
        Line(text, name + "_sum", series.Labels, series.Value);
        Line(text, name + "_count", series.Labels, count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string LabelName(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetter(c) || c == '_' || (i > 0 && char.IsAsciiDigit(c)) ? c : '_'));

    private static string LabelValue(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string EscapeHelp(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string EscapeLabel(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);
}
