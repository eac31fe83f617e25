using Concierge.Client;
using Concierge.Robot.Linux;

namespace Concierge.Robot.Motors;

/// <summary>
/// A motor on half of an L298 (or a like one): two inputs and an enable (datasheet of STMicroelectronics, DocID1773,
/// "Bidirectional DC motor control": enable high and the inputs different turn the motor, one way or the other; enable high
/// and the inputs equal stop it fast; enable low lets it run free).
/// </summary>
/// <param name="in1">High to turn clockwise.</param>
/// <param name="in2">High to turn counter-clockwise.</param>
/// <param name="enable">How much of the time the bridge has power.</param>
/// <param name="brakes">Whether speed 0 brakes (the motor is shorted) or coasts (it has no power).</param>
internal sealed class HBridge(IOutputLine in1, IOutputLine in2, IPulse enable, bool brakes) : IMotorDriver
{
    private (bool In1, bool In2)? _inputs;

    public void Apply(Movement movement)
    {
        var inputs = movement.IsNone ? (false, false) : (movement.Direction == MotorDirection.Clockwise, movement.Direction == MotorDirection.CounterClockwise);
        if (_inputs != inputs)
        {
            // Without power while the inputs change: in between, the motor would be driven the wrong way.
            enable.Set(0);
            _inputs = null;
            in1.Set(inputs.Item1);
            in2.Set(inputs.Item2);
            _inputs = inputs;
        }

        enable.Set(!movement.IsNone ? movement.Speed : brakes ? 100 : 0);
    }

    /// <summary>Takes the power away, whatever fails on the way, then gives the lines back.</summary>
    public void Dispose()
    {
        try
        {
            enable.Set(0);
        }
        finally
        {
            try
            {
                in1.Set(false);
                in2.Set(false);
            }
            finally
            {
                enable.Dispose();
                in1.Dispose();
                in2.Dispose();
            }
        }
    }
}
