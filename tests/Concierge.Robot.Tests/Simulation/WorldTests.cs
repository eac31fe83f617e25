using Concierge.Client;
using Concierge.Robot.Motors;
using Concierge.Robot.Simulation;

namespace Concierge.Robot.Tests.Simulation;

public class WorldTests
{
    private readonly ManualTime _time = new();
    private readonly World _world;

    public WorldTests() => _world = new World(_time);

    [Fact]
    public void SpeedingUp_LiftsTheNose_UntilTheSpeedIsReached()
    {
        var standing = _world.Orientation();

        Drive(100, 100);
        Pass(0.1);
        var speedingUp = _world.Orientation();
        Pass(5);
        var steady = _world.Orientation();

        speedingUp.Pitch.ShouldBeGreaterThan(standing.Pitch + 5);
        steady.Pitch.ShouldBe(standing.Pitch, 0.2);
    }

    [Fact]
    public void TurningOnTheSpot_ChangesWhichWayTheFloorSlopes()
    {
        var before = _world.Orientation();
        var seen = new List<double>();

        Drive(-20, 20);
        for (var i = 0; i < 20; i++)
        {
            Pass(0.2);
            seen.Add(_world.Orientation().Pitch);
        }

        seen.Max().ShouldBeGreaterThan(before.Pitch - 0.5);
        seen.Min().ShouldBeLessThan(before.Pitch - 3);
    }

    [Fact]
    public void Climate_DriftsAndStaysWhereALivingRoomIs()
    {
        var climates = Enumerable.Range(0, 60).Select(_ =>
        {
            Pass(60);
            return _world.Climate();
        }).ToArray();

        climates.Select(it => it.Temperature).Distinct().Count().ShouldBeGreaterThan(3);
        climates.ShouldAllBe(it => it.Temperature > 19 && it.Temperature < 23 && it.Pressure > 100_900 && it.Pressure < 101_750);
    }

    private void Drive(int left, int right)
    {
        _world.Drive("m1", Of(left));
        _world.Drive("m2", Of(right));
    }

    private static Movement Of(int speed) => new(speed < 0 ? MotorDirection.CounterClockwise : MotorDirection.Clockwise, Math.Abs(speed));

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
