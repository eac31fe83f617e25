using System.Globalization;
using System.Numerics;

namespace Akka.Configuration.Hocon;

/// <summary>
/// Numbers, durations and byte sizes, read from a value's text as Akka.NET 1.5 reads them: integers have no unit and no fraction,
/// a byte size has no fraction, a duration's unit <c>us</c> is unknown (micros), and so is <c>KB</c> (kB).
/// </summary>
internal static class HoconScalar
{
    private const string Digits = "0123456789";
    private static readonly Dictionary<string, double> Ticks = DurationUnits();
    private static readonly Dictionary<string, long> Factors = SizeUnits();

    public static int Int(string text) => Number<int>(text, NumberStyles.Integer);

    public static long Long(string text) => Number<long>(text, NumberStyles.Integer);

    public static double Double(string text) => Number<double>(text, NumberStyles.Float | NumberStyles.AllowThousands);

    public static decimal Decimal(string text) => Number<decimal>(text, NumberStyles.Number);

    public static TimeSpan Duration(string text, bool allowInfinite)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (allowInfinite && text.Equals("infinite", StringComparison.OrdinalIgnoreCase))
            return Timeout.InfiniteTimeSpan;

        var (amount, unit) = SplitUnit(text);
        if (!Ticks.TryGetValue(unit, out var ticks))
            throw new FormatException($"'{text}' is not a duration: '{unit}' is no unit of time; expected one of ns, micros, ms, s, m, h, d, or their long names.");
        var value = Double(amount);
        return value >= 0
            ? TimeSpan.FromTicks(checked((long)Math.Round(value * ticks)))
            : throw new FormatException($"'{text}' is not a duration: expected a positive number.");
    }

    public static long? ByteSize(string text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var (amount, unit) = SplitUnit(text);
        if (unit.Length == 0)
            return Long(amount);
        return Factors.TryGetValue(unit, out var factor)
            ? checked(Long(amount) * factor)
            : throw new FormatException($"'{text}' is not a size: '{unit}' is no unit of bytes; expected one of b, kB, MB, GB, KiB, MiB, GiB and the like.");
    }

    private static (string Amount, string Unit) SplitUnit(string text)
    {
        var end = text.LastIndexOfAny([.. Digits]) + 1;
        return (text[..end], text[end..].Trim());
    }

    private static T Number<T>(string text, NumberStyles styles) where T : INumber<T>
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return T.Parse(text, styles, CultureInfo.InvariantCulture);
        }
        catch (FormatException cause)
        {
            throw new FormatException($"'{text}' is not a number; expected {(styles == NumberStyles.Integer ? "an integer" : "a number")} without unit.", cause);
        }
    }

    private static Dictionary<string, double> DurationUnits()
    {
        var units = new Dictionary<string, double> { [""] = TimeSpan.TicksPerMillisecond };
        Add(TimeSpan.TicksPerMillisecond / 1e6, "nanoseconds", "nanosecond", "nanos", "nano", "ns");
        Add(TimeSpan.TicksPerMicrosecond, "microseconds", "microsecond", "micros", "micro");
        Add(TimeSpan.TicksPerMillisecond, "milliseconds", "millisecond", "millis", "milli", "ms");
        Add(TimeSpan.TicksPerSecond, "seconds", "second", "s");
        Add(TimeSpan.TicksPerMinute, "minutes", "minute", "m");
        Add(TimeSpan.TicksPerHour, "hours", "hour", "h");
        Add(TimeSpan.TicksPerDay, "days", "day", "d");
        return units;

        void Add(double ticks, params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
                units.Add(name, ticks);
        }
    }

    private static Dictionary<string, long> SizeUnits()
    {
        var units = new Dictionary<string, long> { ["b"] = 1, ["B"] = 1, ["byte"] = 1, ["bytes"] = 1 };
        (string Letter, string Decimal, string Binary)[] prefixes =
            [("K", "kilo", "kibi"), ("M", "mega", "mebi"), ("G", "giga", "gibi"), ("T", "tera", "tebi"), ("P", "peta", "pebi"), ("E", "exa", "exbi")];
        long thousands = 1, binary = 1;
        foreach (var (letter, decimalName, binaryName) in prefixes)
        {
            thousands *= 1000;
            binary *= 1024;
            foreach (var name in (string[])[letter, letter.ToLowerInvariant(), letter + "i", letter + "iB", binaryName + "byte", binaryName + "bytes"])
                units.Add(name, binary);
            foreach (var name in (string[])[letter == "K" ? "kB" : letter + "B", decimalName + "byte", decimalName + "bytes"])
                units.Add(name, thousands);
        }

        return units;
    }
}
