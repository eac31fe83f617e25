using System.Globalization;

namespace Akka.Event;

public interface ILogMessageFormatter
{
    string Format(string format, params object[] args);
    string Format(string format, IEnumerable<object> args);
}

public class DefaultLogMessageFormatter : ILogMessageFormatter
{
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter() { }

    public string Format(string format, params object[] args) => string.Format(CultureInfo.InvariantCulture, format, args);

    public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());
}

/// <summary>A format and its arguments, put together only when somebody reads it.</summary>
public abstract class LogMessage(ILogMessageFormatter formatter, string format)
{
    protected readonly ILogMessageFormatter Formatter = formatter;

    public string Format { get; } = format;

    public abstract string Unformatted();

    public abstract IEnumerable<object> Parameters();
}

internal sealed class DefaultLogMessage(ILogMessageFormatter formatter, string format, object[] args) : LogMessage(formatter, format)
{
    public override string Unformatted() => string.Join(',', args);

    public override IEnumerable<object> Parameters() => args;

    /// <summary>A wrong format must not cost the message, and least of all throw in the actor that logs it.</summary>
    public override string ToString()
    {
        try
        {
            return Formatter.Format(Format, args);
        }
        catch (FormatException e)
        {
            return $"{Format} [{Unformatted()}] ({e.Message})";
        }
    }
}
