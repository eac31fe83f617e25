using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Event;

/// <summary>Publish and subscribe within one actor system, by the event's type, its base types and interfaces.</summary>
public class EventStream
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IActorRef, HashSet<Type>> _subscriptions = [];
    private readonly ConcurrentDictionary<Type, IActorRef[]> _subscribersByEvent = new();
    private Action<LogEvent> _log;

    internal EventStream(LogLevel logLevel, Action<LogEvent> log) => (LogLevel, _log) = (logLevel, log);

    public LogLevel LogLevel { get; private set; }

    public void SetLogLevel(LogLevel logLevel) => LogLevel = logLevel;

    /// <summary>False where a subscription to this type, or to one that it derives from, is there already.</summary>
    public bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_lock)
        {
            if (!_subscriptions.TryGetValue(subscriber, out var channels))
                _subscriptions[subscriber] = channels = [];
            if (channels.Any(known => known.IsAssignableFrom(channel)))
                return false;
            channels.Add(channel);
            _subscribersByEvent.Clear();
            return true;
        }
    }

    public bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_lock)
        {
            var was = _subscriptions.TryGetValue(subscriber, out var channels) && channels.Remove(channel);
            if (channels is { Count: 0 })
                _subscriptions.Remove(subscriber);
            _subscribersByEvent.Clear();
            return was;
        }
    }

    public bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_lock)
        {
            var was = _subscriptions.Remove(subscriber);
            _subscribersByEvent.Clear();
            return was;
        }
    }

    public void Publish(object @event)
    {
        if (@event is LogEvent logged && logged.LogLevel() >= LogLevel)
            Log(logged);
        foreach (var subscriber in SubscribersTo(@event.GetType()))
        {
            // The dead would make a dead letter of it, which is an event again.
            if (subscriber is IInternalActorRef { IsTerminated: true })
                Unsubscribe(subscriber);
            else
                subscriber.Tell(@event, ActorRefs.NoSender);
        }
    }

    /// <summary>
    /// Where log events at or above <see cref="LogLevel"/> go, on the thread that publishes them; in the place of Akka.NET's logger actors.
    /// </summary>
    internal void LogTo(Action<LogEvent> log) => Volatile.Write(ref _log, log);

    /// <summary>Failures are logged from here, so a logger that fails must not become another one.</summary>
    private void Log(LogEvent logged)
    {
        try
        {
            Volatile.Read(ref _log)(logged);
        }
        catch (Exception e)
        {
            StandardErrorLogger.Print(logged);
            StandardErrorLogger.Print(new Error(e, nameof(EventStream), GetType(), "The logger failed."));
        }
    }

    private IActorRef[] SubscribersTo(Type type)
    {
        if (_subscribersByEvent.TryGetValue(type, out var known))
            return known;
        lock (_lock)
        {
            IActorRef[] subscribers = [.. _subscriptions.Where(s => s.Value.Any(channel => channel.IsAssignableFrom(type))).Select(s => s.Key)];
            return _subscribersByEvent[type] = subscribers;
        }
    }
}

public static class EventStreamExtensions
{
    public static bool Subscribe<TEvent>(this EventStream eventStream, IActorRef subscriber) => eventStream.Subscribe(subscriber, typeof(TEvent));

    public static bool Unsubscribe<TEvent>(this EventStream eventStream, IActorRef subscriber) => eventStream.Unsubscribe(subscriber, typeof(TEvent));
}
