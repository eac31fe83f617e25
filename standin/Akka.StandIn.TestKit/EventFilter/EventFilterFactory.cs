using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>What a test expects to be logged: <c>EventFilter.Exception&lt;IOException&gt;(contains: "disk").ExpectOne(() => …)</c>.</summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testKit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilter> _filters;

    public EventFilterFactory(TestKitBase testkit, ActorSystem system) : this(testkit, system, [])
    {
    }

    internal EventFilterFactory(TestKitBase testKit, ActorSystem system, IReadOnlyList<EventFilter> filters)
    {
        _testKit = testKit;
        _system = system;
        _filters = filters;
    }

    public IEventFilterApplier Exception<TException>(string message = null, string start = null, string contains = null, string source = null)
        where TException : Exception => Exception(typeof(TException), message, start, contains, source);

    public IEventFilterApplier Exception<TException>(Regex pattern, string source = null)
        where TException : Exception => Exception(typeof(TException), pattern, source);

    public IEventFilterApplier Exception(
        Type exceptionType, string message = null, string start = null, string contains = null, string source = null, bool checkInnerExceptions = false) =>
        Exception(exceptionType, TextFilter.For(message, start, contains, source), checkInnerExceptions);

    public IEventFilterApplier Exception(Type exceptionType, Regex pattern, string source = null, bool checkInnerExceptions = false) =>
        Exception(exceptionType, TextFilter.For(pattern, source), checkInnerExceptions);

    /// <summary>Errors, with an exception or without; the text may be the exception's.</summary>
    public IEventFilterApplier Error(string message = null, string start = null, string contains = null, string source = null) =>
        Exception(null, TextFilter.For(message, start, contains, source), checkInner: false);

    public IEventFilterApplier Error(Regex pattern, string source = null) => Exception(null, TextFilter.For(pattern, source), checkInner: false);

    public IEventFilterApplier Warning(string message = null, string start = null, string contains = null, string source = null) =>
        Of<Warning>(TextFilter.For(message, start, contains, source));

    public IEventFilterApplier Warning(Regex pattern, string source = null) => Of<Warning>(TextFilter.For(pattern, source));

    public IEventFilterApplier Info(string message = null, string start = null, string contains = null, string source = null) =>
        Of<Info>(TextFilter.For(message, start, contains, source));

    public IEventFilterApplier Info(Regex pattern, string source = null) => Of<Info>(TextFilter.For(pattern, source));

    public IEventFilterApplier Debug(string message = null, string start = null, string contains = null, string source = null) =>
        Of<Debug>(TextFilter.For(message, start, contains, source));

    public IEventFilterApplier Debug(Regex pattern, string source = null) => Of<Debug>(TextFilter.For(pattern, source));

    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) => Apply("Custom", predicate.Invoke);

    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate) where TLogEvent : LogEvent =>
        Apply("Custom", logged => logged is TLogEvent typed && predicate(typed));

    public IEventFilterApplier DeadLetter() => DeadLetter<object>();

    public IEventFilterApplier DeadLetter<TMessage>(string source = null) => DeadLetter<TMessage>(_ => true, source);

    /// <param name="isMatch">Which messages of that type.</param>
    /// <param name="source">The path of the actor that they were for.</param>
    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string source = null)
    {
        var text = TextFilter.For(null, null, null, source);
        return Apply(
            $"DeadLetter<{typeof(TMessage).Name}>{text}",
            logged => logged is Warning { Message: DeadLetter { Message: TMessage message } } && isMatch(message) && text.Matches(logged.LogSource, message));
    }

    private EventFilterApplier Of<TLogEvent>(TextFilter text) where TLogEvent : LogEvent =>
        Apply(typeof(TLogEvent).Name + text, logged => logged is TLogEvent && text.Matches(logged.LogSource, logged.Message));

    private EventFilterApplier Exception(Type type, TextFilter text, bool checkInner) => Apply(
        (type is null ? "Error" : $"Error with Cause <{type}>") + text,
        logged => logged is Error && IsError(logged, logged.Cause, type, text, checkInner));

    private static bool IsError(LogEvent logged, Exception cause, Type type, TextFilter text, bool checkInner)
    {
        if (cause is null)
            return type is null && text.Matches(logged.LogSource, logged.Message);
        if (type is null || type.IsInstanceOfType(cause))
        {
            if (text.Matches(logged.LogSource, logged.Message) || text.Matches(logged.LogSource, cause.Message))
                return true;
        }

        return checkInner && cause.InnerException is { } inner && IsError(logged, inner, type, text, checkInner);
    }

    private EventFilterApplier Apply(string name, Func<LogEvent, bool> isMatch) =>
        new(_testKit, _system, [.. _filters, new EventFilter(name, isMatch)]);
}
