using Concierge.Robot.Linux;

namespace Concierge.Robot.Tests.Linux;

/// <summary>The thread of a software PWM is the test's: its sleeps return at once, after the test has had its say.</summary>
public sealed class SoftwarePwmTests : IDisposable
{
    private readonly List<string> _done = [];
    private readonly FakeLine _line;
    private readonly Queue<Action> _sleeps = [];
    private readonly SoftwarePwm _pwm;
    private ThreadStart _run = null!;

    public SoftwarePwmTests()
    {
        _line = new FakeLine("line", _done);
        _pwm = new SoftwarePwm(_line, 1000, run => _run = run, time =>
        {
            _done.Add($"{time.TotalMicroseconds} µs");
            if (_sleeps.TryDequeue(out var action)) action();
            else _pwm!.Dispose();
        });
        _done.ShouldBe(["line low"]);
        _done.Clear();
    }

    public void Dispose() => _pwm.Dispose();

    [Fact]
    public void Pulse_IsHighForItsShareOfThePeriod()
    {
        _pwm.Set(30);
        Sleep(() => { }, () => { });

        _run();

        _done.ShouldBe(["line high", "300 µs", "line low", "700 µs", "line high", "300 µs", "line released"]);
    }

    [Fact]
    public void Set_To0_LowersTheLineAtOnce_AndNothingRaisesItAgain()
    {
        _pwm.Set(30);
        Sleep(() =>
        {
            _pwm.Set(0);
            _done[^1].ShouldBe("line low");
            _done.Clear();
        });

        _run();

        _done.ShouldNotContain("line high");
        _done[^1].ShouldBe("line released");
    }

    [Fact]
    public void Set_To100_HoldsTheLineHigh()
    {
        _pwm.Set(100);

        _done.ShouldBe(["line high"]);
    }

    [Fact]
    public void Line_ThatFailsInTheThread_IsToldByTheNextSet()
    {
        _pwm.Set(30);
        _line.IsFailing = true;

        _run();

        Should.Throw<IOException>(() => _pwm.Set(40)).Message.ShouldContain("line is cut");
    }

    private void Sleep(params Action[] during)
    {
        foreach (var action in during) _sleeps.Enqueue(action);
    }
}
