using System.Text.RegularExpressions;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>Which log events a test waits for, and who is told of each.</summary>
internal sealed class EventFilter(string name, Func<LogEvent, bool> isMatch)
{
    public event Action Matched;

    public bool Apply(LogEvent logged)
    {
        if (!isMatch(logged))
            return false;
        Matched?.Invoke();
        return true;
    }

    public override string ToString() => name;
}

/// <summary>A condition on a message's text and one on where it was logged, which may be an actor's path without its address.</summary>
internal sealed record TextFilter(string Description, Func<string, bool> IsMatch, string Source)
{
    public static TextFilter For(string message, string start, string contains, string source)
    {
        if (message is not null)
            return new TextFilter($" when Message == \"{message}\"", text => text == message, source);
        if (start is not null)
            return new TextFilter($" when Message starts with \"{start}\"", text => text.StartsWith(start, StringComparison.Ordinal), source);
        return contains is not null
            ? new TextFilter($" when Message contains \"{contains}\"", text => text.Contains(contains, StringComparison.Ordinal), source)
            : new TextFilter("", _ => true, source);
    }

    public static TextFilter For(Regex pattern, string source) => new($" when Message matches {pattern}", pattern.IsMatch, source);

    public bool Matches(string source, object message) => IsMatch(message?.ToString() ?? "null") && IsFrom(source);

    public override string ToString() => Source is null ? Description : $"{Description} and Source == \"{Source}\"";

    private bool IsFrom(string source) =>
        Source is null
        || string.Equals(Source, source, StringComparison.OrdinalIgnoreCase)
        || string.Equals(Source, WithoutAddress(source), StringComparison.OrdinalIgnoreCase);

    // akka://system/user/actor -> /user/actor
    private static string WithoutAddress(string path)
    {
        var scheme = path.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? -1 : path.IndexOf('/', scheme + 3);
        return start < 0 ? path : path[start..];
    }
}
