using System.Globalization;

namespace Concierge.Robot.Linux;

/// <summary>
/// A PWM channel of the hardware's, through sysfs (the kernel's Documentation/ABI/testing/sysfs-class-pwm; times in ns). It
/// goes on by itself when its program is killed, so it is switched off first of all when it is claimed.
/// </summary>
internal sealed class SysfsPwm : IPulse
{
    private readonly ISysfs _files;
    private readonly string _channel;
    private readonly long _period;
    private bool _isEnabled;

    private SysfsPwm(ISysfs files, string channel, long period)
    {
        _files = files;
        _channel = channel;
        _period = period;
    }

    /// <summary>Takes a channel, as whoever had it before left it, and switches it off.</summary>
    /// <param name="files">Where sysfs is.</param>
    /// <param name="chip">The number of the chip: <c>/sys/class/pwm/pwmchipN</c>.</param>
    /// <param name="channel">The channel on it.</param>
    /// <param name="frequency">In Hz.</param>
    /// <exception cref="IOException">There is no such channel, or it may not be written.</exception>
    public static SysfsPwm Claim(ISysfs files, int chip, int channel, int frequency)
    {
        var chipPath = string.Create(CultureInfo.InvariantCulture, $"/sys/class/pwm/pwmchip{chip}");
        var path = string.Create(CultureInfo.InvariantCulture, $"{chipPath}/pwm{channel}");
        if (!files.Exists(path)) files.Write($"{chipPath}/export", Text(channel));
        var pwm = new SysfsPwm(files, path, 1_000_000_000L / frequency);
        pwm.SwitchOff();
        // The kernel refuses a period shorter than the duty cycle, whichever is written first: that is 0 by now.
        pwm.Write("period", pwm._period);
        return pwm;
    }

    public void Set(int percent)
    {
        if (percent == 0)
        {
            SwitchOff();
            return;
        }

        Write("duty_cycle", _period * percent / 100);
        if (_isEnabled) return;
        Write("enable", 1);
        _isEnabled = true;
    }

    /// <summary>Switches it off and leaves it exported: the rights to its files, which udev gave, stay for the next start.</summary>
    public void Dispose() => SwitchOff();

    private void SwitchOff()
    {
        // Duty first: some drivers leave the line as it is when they are disabled. A channel that never had a period takes
        // no duty cycle, not even 0 on some kernels, and is off anyway.
        if (_files.Read($"{_channel}/period") is not "0") Write("duty_cycle", 0);
        if (_files.Read($"{_channel}/enable") is not "0") Write("enable", 0);
        _isEnabled = false;
    }

    private void Write(string attribute, long value) => _files.Write($"{_channel}/{attribute}", Text(value));

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
