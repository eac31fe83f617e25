using Concierge.Client;
using Concierge.Robot.Motors;

namespace Concierge.Robot.Tests.Linux;

public class HBridgeTests
{
    private static readonly Movement Forward = new(MotorDirection.Clockwise, 60), Backward = new(MotorDirection.CounterClockwise, 30);

    private readonly List<string> _done = [];
    private readonly FakeLine _in1, _in2, _enable;

    public HBridgeTests() => (_in1, _in2, _enable) = (new("in1", _done), new("in2", _done), new("enable", _done));

    [Fact]
    public void Clockwise_RaisesIn1_AndCounterClockwiseIn2()
    {
        Apply(Forward).ShouldBe(["enable 0 %", "in1 high", "in2 low", "enable 60 %"]);
        Apply(Backward).ShouldBe(["enable 0 %", "in1 low", "in2 high", "enable 30 %"]);
    }

    [Fact]
    public void Direction_ChangesOnlyWithoutPower()
    {
        var bridge = new HBridge(_in1, _in2, _enable, brakes: true);
        bridge.Apply(Forward);
        _done.Clear();

        bridge.Apply(Backward);

        _done.ShouldBe(["enable 0 %", "in1 low", "in2 high", "enable 30 %"]);
    }

    [Fact]
    public void Speed_ChangesWithoutAGap()
    {
        var bridge = new HBridge(_in1, _in2, _enable, brakes: true);
        bridge.Apply(Forward);
        _done.Clear();

        bridge.Apply(Forward with { Speed = 61 });

        _done.ShouldBe(["enable 61 %"]);
    }

    [Theory]
    [InlineData(true, "enable 100 %")]
    [InlineData(false, "enable 0 %")]
    public void Stop_BrakesOrCoasts(bool brakes, string expected) => Apply(Movement.None, brakes).ShouldBe(["enable 0 %", "in1 low", "in2 low", expected]);

    [Fact]
    public void Dispose_TakesThePowerAway_ThenGivesTheLinesBack()
    {
        new HBridge(_in1, _in2, _enable, brakes: true).Dispose();

        _done.ShouldBe(["enable 0 %", "in1 low", "in2 low", "enable released", "in1 released", "in2 released"]);
    }

    [Fact]
    public void Dispose_WhereTheEnableFails_StillLowersTheInputs()
    {
        _enable.IsFailing = true;

        Should.Throw<IOException>(new HBridge(_in1, _in2, _enable, brakes: true).Dispose);

        _done.ShouldBe(["in1 low", "in2 low", "enable released", "in1 released", "in2 released"]);
    }

    [Fact]
    public void Inputs_ThatFailedHalfway_AreSetAnewTheNextTime()
    {
        var bridge = new HBridge(_in1, _in2, _enable, brakes: true);
        _in2.IsFailing = true;
        Should.Throw<IOException>(() => bridge.Apply(Forward));
        _in2.IsFailing = false;
        _done.Clear();

        bridge.Apply(Movement.None);

        _done.ShouldBe(["enable 0 %", "in1 low", "in2 low", "enable 100 %"]);
    }

    private string[] Apply(Movement movement, bool brakes = true)
    {
        _done.Clear();
        new HBridge(_in1, _in2, _enable, brakes).Apply(movement);
        return [.. _done];
    }
}
