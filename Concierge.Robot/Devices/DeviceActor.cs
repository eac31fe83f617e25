using System.Diagnostics.CodeAnalysis;
using Akka.Actor;

namespace Concierge.Robot.Devices;

/// <summary>
/// An actor that has a piece of hardware. It takes it when it starts, and again when it is restarted after a failure; where
/// that fails it goes on without and tries again, so that a part that is missing hinders nobody. Its parent is told of both.
/// </summary>
internal abstract class DeviceActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The part's name; the actor's, too.</summary>
    protected static string Part => Context.Self.Path.Name;

    /// <summary>Whether a part whose hardware was taken works, for all that is known.</summary>
    protected virtual bool WorksWhenClaimed => true;

    /// <summary>Takes the hardware.</summary>
    /// <exception cref="IOException">It isn't there, or fails.</exception>
    protected abstract void Claim();

    /// <summary>Gives the hardware back, in whatever state; does nothing where there is none. Throws nothing.</summary>
    protected abstract void Release();

    /// <summary>A message that is the part's own business.</summary>
    protected abstract void OnMessage(object message);

    /// <inheritdoc/>
    protected override void PreStart() => TryClaim();

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        Context.Parent.Tell(new PartFailed(Part, reason.Message));
        base.PreRestart(reason, message);
    }

    /// <inheritdoc/>
    protected override void PostStop() => Release();

    /// <inheritdoc/>
    protected sealed override void OnReceive(object message)
    {
        if (message is Retry) TryClaim();
        else OnMessage(message);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a driver throws: to fail here for good would be the end of the part.")]
    private void TryClaim()
    {
        try
        {
            Claim();
            if (WorksWhenClaimed) Context.Parent.Tell(new PartWorks(Part));
        }
        catch (Exception e)
        {
            Release();
            Context.Parent.Tell(new PartFailed(Part, e.Message));
            Timers.StartSingleTimer(Retry.Instance, Retry.Instance, RetryDelay);
        }
    }

    private sealed class Retry
    {
        public static readonly Retry Instance = new();
    }
}

/// <summary>A part of the robot failed: it is restarted, or tried again.</summary>
internal sealed record PartFailed(string Part, string Error);

/// <summary>A part of the robot works, for the first time or again.</summary>
internal sealed record PartWorks(string Part);

/// <summary>What became of a command.</summary>
/// <param name="Error">Why it was not carried out; null where it was.</param>
internal sealed record Outcome(string? Error)
{
    public static readonly Outcome Done = new((string?)null);
}
