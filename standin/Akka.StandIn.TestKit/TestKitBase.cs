using System.Diagnostics;
using System.Linq.Expressions;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// An actor system for a test, with an actor whose messages the test awaits. The test's own Tells come from that actor.
/// Not thread-safe: a test expects one thing after the other.
/// </summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static int _testActors;

    private readonly ITestKitAssertions _assertions;
    private readonly Channel<MessageEnvelope> _queue = Channel.CreateUnbounded<MessageEnvelope>();
    private MessageEnvelope _last = MessageEnvelope.None;

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem system = null, string testActorName = null)
        : this(assertions, system ?? ActorSystem.Create("test", DefaultConfig), testActorName, isOwnSystem: system is null)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, Config config, string actorSystemName = null, string testActorName = null)
        : this(assertions, ActorSystem.Create(actorSystemName ?? "test", WithDefaults(config)), testActorName, isOwnSystem: true)
    {
    }

    private TestKitBase(ITestKitAssertions assertions, ActorSystem system, string testActorName, bool isOwnSystem)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        _assertions = assertions;
        Sys = system;
        TestKitSettings = new TestKitSettings(isOwnSystem ? system.Settings.Config : WithDefaults(system.Settings.Config));
        Log = Logging.GetLogger(system, GetType());
        _ = TestEventListener.For(system);
        EventFilter = new EventFilterFactory(this, system);
        TestActor = CreateTestActor(testActorName ?? $"testActor{Interlocked.Increment(ref _testActors)}");

        if (this is not TestProbe)
            ImplicitSenderContext.Install(this is INoImplicitSender ? null : ((LocalActorRef)TestActor).Cell);
    }

    public static Config DefaultConfig { get; } = ConfigurationFactory.ParseString("""
        akka {
          loggers = ["Akka.TestKit.TestEventListener, Akka.TestKit"]
          test {
            # Multiplies every time-out that a test gives.
            timefactor = 1.0
            # How long EventFilter waits after its block for what it expects.
            filter-leeway = 3s
            # How long Expect… waits outside of Within, unless told otherwise.
            single-expect-default = 3s
            default-timeout = 5s
          }
        }
        """);

    /// <summary>Time since some point in the past.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    public ActorSystem Sys { get; }

    public TestKitSettings TestKitSettings { get; }

    public ILoggingAdapter Log { get; }

    public EventFilterFactory EventFilter { get; }

    public IActorRef TestActor { get; }

    public object LastMessage => _last.Message;

    public IActorRef LastSender => _last.Sender;

    public bool HasMessages => _queue.Reader.Count > 0;

    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) => TestActor.Tell(new TestActor.SetIgnore(shouldIgnoreMessage));

    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) =>
        IgnoreMessages(message => message is TMsg typed && shouldIgnoreMessage(typed));

    public void IgnoreMessages<TMsg>() => IgnoreMessages(message => message is TMsg);

    public void IgnoreNoMessages() => IgnoreMessages(_ => false);

    /// <summary>Returns once the watch stands.</summary>
    public IActorRef Watch(IActorRef actorToWatch) => WaitFor(WatchAsync(actorToWatch));

    public async Task<IActorRef> WatchAsync(IActorRef actorToWatch)
    {
        await TestActor.Ask<Done>(new TestActor.Watch(actorToWatch), RemainingOrDefault).ConfigureAwait(false);
        return actorToWatch;
    }

    public IActorRef Unwatch(IActorRef actorToUnwatch) => WaitFor(UnwatchAsync(actorToUnwatch));

    public async Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch)
    {
        await TestActor.Ask<Done>(new TestActor.Unwatch(actorToUnwatch), RemainingOrDefault).ConfigureAwait(false);
        return actorToUnwatch;
    }

    public virtual TestProbe CreateTestProbe(string name = null) => CreateTestProbe(Sys, name);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string name = null) => new(system, _assertions, name);

    public IActorRef CreateTestActor(string name) => ((ExtendedActorSystem)Sys).SystemActorOf(
        Props.Create(() => new TestActor(_queue.Writer)).OnCallingThread(), name);

    public IActorRef ActorOf(Props props, string name = null) => Sys.ActorOf(props, name);

    public IActorRef ActorOf<TActor>(string name = null) where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>(), name);

    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory, string name = null) where TActor : ActorBase =>
        Sys.ActorOf(Props.Create(factory), name);

    public ActorSelection ActorSelection(ActorPath actorPath) => Sys.ActorSelection(actorPath);

    public ActorSelection ActorSelection(string actorPath) => Sys.ActorSelection(actorPath);

    /// <summary>Terminates the test's actor system and waits for its end, five seconds unless told otherwise.</summary>
    /// <exception cref="TimeoutException">It went on for longer, and <paramref name="verifySystemShutdown"/> was set.</exception>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) => Shutdown(Sys, duration, verifySystemShutdown);

    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        ImplicitSenderContext.Uninstall((TestActor as LocalActorRef)?.Cell);
        var limit = duration ?? Dilated(TimeSpan.FromSeconds(5));
        if (system.Terminate().Wait(limit))
            return;

        var message = $"Failed to stop [{system.Name}] within [{limit}].";
        if (verifySystemShutdown)
            throw new TimeoutException(message);
        system.Log.Warning(message);
    }

    internal void Fail(string message) => _assertions.Fail(message);

    private static Config WithDefaults(Config config) => config == DefaultConfig ? config : config.WithFallback(DefaultConfig);

    private static T WaitFor<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static T WaitFor<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    private static void WaitFor(Task task) => task.GetAwaiter().GetResult();
}
