using Akka.Actor;

namespace Akka.StandIn.Tests;

/// <summary>
/// Reports its hooks and messages to a probe. Told an exception it throws it; told an <see cref="Action{T}"/> it does that in its context.
/// </summary>
internal sealed class Subject(IActorRef reports, SupervisorStrategy? strategy = null) : UntypedActor
{
    private int _handled;

    public sealed record Restarting(Exception Reason, object? Message);

    public sealed record Restarted(Exception Reason);

    /// <summary>The news of a death, wrapped: the probe would take a bare one for its own.</summary>
    public sealed record Heard(Terminated Of);

    public static Props Props(IActorRef reports, SupervisorStrategy? strategy = null) => Actor.Props.Create<Subject>(reports, strategy!);

    /// <summary>The message that makes its receiver do something.</summary>
    public static Action<IActorContext> Do(Action<IActorContext> action) => action;

    protected override void PreStart() => reports.Tell("PreStart", Self);

    protected override void PostStop() => reports.Tell("PostStop", Self);

    protected override void PreRestart(Exception reason, object message)
    {
        reports.Tell(new Restarting(reason, message), Self);
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        reports.Tell(new Restarted(reason), Self);
        base.PostRestart(reason);
    }

    protected override SupervisorStrategy SupervisorStrategy() => strategy ?? base.SupervisorStrategy();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Exception failure:
                throw failure;
            case Action<IActorContext> action:
                action(Context);
                break;
            case "count":
                Sender.Tell(++_handled, Self);
                break;
            case Terminated terminated:
                reports.Tell(new Heard(terminated), Self);
                break;
            default:
                reports.Tell(message, Sender);
                break;
        }
    }
}
