using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// The log of a system under test: passes every log event, and every dead letter as a warning, through the filters that tests have set;
/// what none of them takes is logged as usual. Installed where <c>akka.loggers</c> names it. Thread-safe.
/// </summary>
internal sealed class TestEventListener : IExtension
{
    private readonly List<EventFilter> _filters = [];

    private TestEventListener(ExtendedActorSystem system)
    {
        system.EventStream.LogTo(Log);
        var deadLetters = system.SystemActorOf(Props.Create(() => new DeadLetterSource(this)).OnCallingThread());
        system.EventStream.Subscribe<DeadLetter>(deadLetters);
    }

    /// <summary>The system's listener; null where its configuration asks for none.</summary>
    public static TestEventListener For(ActorSystem system) =>
        system.Settings.Config.GetStringList("akka.loggers").Any(logger => logger.StartsWith(typeof(TestEventListener).FullName!, StringComparison.Ordinal))
            ? system.WithExtension<TestEventListener, ExtensionId>()
            : null;

    public void Mute(IEnumerable<EventFilter> filters)
    {
        lock (_filters)
            _filters.AddRange(filters);
    }

    public void Unmute(IEnumerable<EventFilter> filters)
    {
        lock (_filters)
        {
            foreach (var filter in filters)
                _filters.Remove(filter);
        }
    }

    private void Log(LogEvent logged)
    {
        if (!IsFiltered(logged))
            StandardErrorLogger.Print(logged);
    }

    // The first filter that takes an event keeps it from the others.
    private bool IsFiltered(LogEvent logged)
    {
        lock (_filters)
            return _filters.Exists(filter => filter.Apply(logged));
    }

    private sealed class DeadLetterSource(TestEventListener listener) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is DeadLetter letter)
                listener.Log(new Warning(letter.Recipient.Path.ToString(), letter.Recipient.GetType(), letter));
        }
    }

    private sealed class ExtensionId : ExtensionIdProvider<TestEventListener>
    {
        public override TestEventListener CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
