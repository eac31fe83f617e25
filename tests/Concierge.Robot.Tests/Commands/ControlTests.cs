using Concierge.Protocol;
using Concierge.Robot.Commands;

namespace Concierge.Robot.Tests.Commands;

public class ControlTests
{
    private static readonly ClientInfo Ann = new("ann", "Ann", Guid.NewGuid(), []), Bob = new("bob", null, Guid.NewGuid(), []);

    private readonly ManualTime _time = new();
    private readonly Control _control;

    public ControlTests() => _control = new Control(TimeSpan.FromSeconds(2), _time);

    [Fact]
    public void FirstCommand_TakesControl_AndOthersAreRefused()
    {
        _control.TryTake(Ann).ShouldBeTrue();
        _control.TryTake(Bob).ShouldBeFalse();
        _control.Driver.ShouldBe(Ann);
    }

    [Fact]
    public void Control_LapsesWithoutCommands_AndNotWithThem()
    {
        _control.TryTake(Ann);
        Pass(1.9);
        _control.TryTake(Ann).ShouldBeTrue();
        Pass(1.9);
        _control.TryTake(Bob).ShouldBeFalse();
        Pass(0.1);
        _control.TryTake(Bob).ShouldBeTrue();
        _control.Driver.ShouldBe(Bob);
    }

    [Fact]
    public void RefusedCommands_DoNotKeepWhoHasControlInIt()
    {
        _control.TryTake(Ann);
        for (var i = 0; i < 19; i++)
        {
            Pass(0.1);
            _control.TryTake(Bob).ShouldBeFalse();
        }

        Pass(0.1);
        _control.TryTake(Bob).ShouldBeTrue();
    }

    [Fact]
    public void Leaving_FreesIt_ForWhoHasItAlone()
    {
        _control.TryTake(Ann);

        _control.Release(Bob.Uuid).ShouldBeFalse();
        _control.Release(Ann.Uuid).ShouldBeTrue();

        _control.Driver.ShouldBeNull();
    }

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
