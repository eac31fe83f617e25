using Concierge.Client;

namespace Concierge.Robot.Motors;

/// <summary>What a motor shall do.</summary>
/// <param name="Direction">Which way it turns; of no meaning at speed 0.</param>
/// <param name="Speed">From 0 to 100 % of what it can.</param>
internal readonly record struct Movement(MotorDirection Direction, int Speed)
{
    public static readonly Movement None = new(MotorDirection.Clockwise, 0);

    public bool IsNone => Speed == 0;

    public MotorState State => new(Direction, Speed);
}
