using System.Collections.Immutable;
using Akka.Actor;
using Concierge.Robot.Commands;
using Concierge.Robot.Configuration;
using Concierge.Robot.Devices;
using Concierge.Robot.Safety;

namespace Concierge.Robot;

/// <summary>What a robot's actors share. It outlives them: what is safe stays safe when one of them fails.</summary>
internal sealed record RobotContext
{
    /// <summary>The configuration.</summary>
    public required RobotSettings Settings { get; init; }

    /// <summary>What the robot is made of.</summary>
    public required IHardware Hardware { get; init; }

    /// <summary>Stops all motors.</summary>
    public required Interlock Interlock { get; init; }

    /// <summary>The motors, each with its watchdog.</summary>
    public required ImmutableArray<GuardedMotor> Motors { get; init; }

    /// <summary>How many commands wait.</summary>
    public required Intake Intake { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>How the link is created.</summary>
    public required Props Link { get; init; }

    /// <summary>How the bridge to ROS is created, where there is one.</summary>
    public required Func<RosSettings, Props> Ros { get; init; }

    /// <summary>Called when the robot has come to its end without having been asked to leave: whoever runs it starts another one.</summary>
    public required Action Ended { get; init; }

    /// <summary>Completes when the robot's service stands for the first time.</summary>
    public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
