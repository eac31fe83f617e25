using Concierge.Client;
using Concierge.Robot.Motors;
using Concierge.Robot.Sensors;

namespace Concierge.Robot.Simulation;

/// <summary>
/// A physics toy: a robot with a wheel on each side (m1 left, m2 right) on a gently sloping floor, in air that changes
/// slowly. Wheels follow their motors with some inertia; speeding up lifts the nose, a turn leans the body outwards, and
/// which way the floor slopes depends on where the robot faces. Thread-safe.
/// </summary>
internal sealed class World(TimeProvider time)
{
    /// <summary>m/s at full speed, the wheels' distance in m, and the seconds in which a wheel gets two thirds of the way to its speed.</summary>
    private const double TopSpeed = 1.0, Track = 0.2, Inertia = 0.25;

    private const double Gravity = 9.81;

    /// <summary>How steep the floor is, in radians.</summary>
    private const double Slope = 0.05;

    /// <summary>The longest step in s: after a longer pause the world has stood still for the rest.</summary>
    private const double LongestStep = 0.05;

    private readonly Lock _gate = new();
    private readonly long _startedAt = time.GetTimestamp();
    private long _steppedAt = time.GetTimestamp();
    private double _left, _right, _wantedLeft, _wantedRight, _heading, _acceleration, _turning;

    /// <summary>Lets a motor do something from now on.</summary>
    public void Drive(string motor, Movement movement)
    {
        var speed = TopSpeed * movement.Speed / 100 * (movement.Direction == MotorDirection.Clockwise ? 1 : -1);
        lock (_gate)
        {
            Proceed();
            if (motor == "m1") _wantedLeft = speed;
            else _wantedRight = speed;
        }
    }

    /// <summary>How the robot lies, as its accelerometer feels it.</summary>
    public RobotOrientation Orientation()
    {
        lock (_gate)
        {
            Proceed();
            var speed = (_left + _right) / 2;
            var x = (-Gravity * Math.Sin(Slope) * Math.Cos(_heading)) - _acceleration;
            var y = (Gravity * Math.Sin(Slope) * Math.Sin(_heading)) - (speed * _turning);
            return Adxl345.Orientation(x, y, Gravity * Math.Cos(Slope));
        }
    }

    /// <summary>The air: a day of temperature passes in ten minutes, and a low in an hour.</summary>
    public RobotClimate Climate()
    {
        var seconds = time.GetElapsedTime(_startedAt).TotalSeconds;
        return new RobotClimate(
            Math.Round(21 + (1.5 * Math.Sin(seconds * 2 * Math.PI / 600)), 1),
            Math.Round(101325 + (400 * Math.Sin(seconds * 2 * Math.PI / 3600))));
    }

    private void Proceed()
    {
        var now = time.GetTimestamp();
        var left = Math.Min(time.GetElapsedTime(_steppedAt, now).TotalSeconds, 60);
        _steppedAt = now;
        for (; left > 0; left -= LongestStep) Step(Math.Min(left, LongestStep));
    }

    private void Step(double seconds)
    {
        var share = 1 - Math.Exp(-seconds / Inertia);
        var before = (_left + _right) / 2;
        _left += (_wantedLeft - _left) * share;
        _right += (_wantedRight - _right) * share;
        _acceleration = ((_left + _right) / 2 - before) / seconds;
        _turning = (_right - _left) / Track;
        _heading = Math.IEEERemainder(_heading + (_turning * seconds), 2 * Math.PI);
    }
}
