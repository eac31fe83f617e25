using System.Threading.Channels;
using Concierge.Robot.Safety;

namespace Concierge.Robot.Tests.Safety;

public class ThreadAlarmTests
{
    [Fact]
    public async Task Alarm_RingsWhileTheThreadPoolIsBusy()
    {
        // Not the whole pool of this process, where other tests run: rather a ring that needs none of it.
        var rung = new TaskCompletionSource<bool>();
        using var alarm = new ThreadAlarm("test", () => rung.TrySetResult(Thread.CurrentThread.IsThreadPoolThread));

        alarm.Set(TimeSpan.FromMilliseconds(1));

        (await rung.Task.InTime()).ShouldBeFalse();
    }

    [Fact]
    public async Task Alarm_SetEarlier_RingsEarlier()
    {
        var rings = Channel.CreateUnbounded<int>();
        using var alarm = new ThreadAlarm("test", () => rings.Writer.TryWrite(0));

        alarm.Set(TimeSpan.FromDays(1));
        alarm.Set(TimeSpan.Zero);

        await rings.Reader.ReadAsync().InTime();
    }

    [Fact]
    public async Task Alarm_CanBeSetAgainFromItsRing()
    {
        var rings = Channel.CreateUnbounded<int>();
        ThreadAlarm? alarm = null;
        alarm = new ThreadAlarm("test", () =>
        {
            rings.Writer.TryWrite(0);
            alarm!.Set(TimeSpan.FromMilliseconds(1));
        });
        using var _ = alarm;

        alarm.Set(TimeSpan.Zero);

        await rings.Reader.ReadAsync().InTime();
        await rings.Reader.ReadAsync().InTime();
    }
}
