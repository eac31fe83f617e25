using Concierge.Robot.Linux;

namespace Concierge.Robot.Tests.Linux;

public class SysfsPwmTests
{
    private const string Channel = "/sys/class/pwm/pwmchip0/pwm1";

    private readonly FakeSysfs _sysfs = new();

    [Fact]
    public void Claim_ExportsTheChannel_AndSetsItsPeriod()
    {
        SysfsPwm.Claim(_sysfs, 0, 1, 1000);

        _sysfs.Written.ShouldBe(["/sys/class/pwm/pwmchip0/export = 1", $"{Channel}/period = 1000000"]);
    }

    [Fact]
    public void Claim_OfAChannelThatAKilledProgramLeftRunning_SwitchesItOffFirst()
    {
        _sysfs.Export(Channel, period: 500_000, duty: 400_000, enable: 1);

        SysfsPwm.Claim(_sysfs, 0, 1, 1000);

        _sysfs.Written.ShouldBe([$"{Channel}/duty_cycle = 0", $"{Channel}/enable = 0", $"{Channel}/period = 1000000"]);
    }

    [Fact]
    public void Set_WritesItsShareOfThePeriod_AndEnablesOnce()
    {
        var pwm = SysfsPwm.Claim(_sysfs, 0, 1, 1000);
        _sysfs.Written.Clear();

        pwm.Set(25);
        pwm.Set(100);

        _sysfs.Written.ShouldBe([$"{Channel}/duty_cycle = 250000", $"{Channel}/enable = 1", $"{Channel}/duty_cycle = 1000000"]);
    }

    [Fact]
    public void Set_To0_AndDispose_SwitchItOff()
    {
        var pwm = SysfsPwm.Claim(_sysfs, 0, 1, 1000);
        pwm.Set(50);
        _sysfs.Written.Clear();

        pwm.Set(0);

        _sysfs.Written.ShouldBe([$"{Channel}/duty_cycle = 0", $"{Channel}/enable = 0"]);
        pwm.Set(50);
        _sysfs.Written.Clear();
        pwm.Dispose();
        _sysfs.Written.ShouldBe([$"{Channel}/duty_cycle = 0", $"{Channel}/enable = 0"]);
    }

    /// <summary>Behaves as the kernel does: a channel is there once it is exported, and its duty cycle is no longer than its period.</summary>
    private sealed class FakeSysfs : ISysfs
    {
        private readonly Dictionary<string, long> _values = [];

        public List<string> Written { get; } = [];

        public void Export(string channel, long period, long duty, long enable) =>
            (_values[$"{channel}/period"], _values[$"{channel}/duty_cycle"], _values[$"{channel}/enable"]) = (period, duty, enable);

        public bool Exists(string path) => _values.ContainsKey($"{path}/period");

        public string Read(string path) => $"{_values[path]}";

        public void Write(string path, string value)
        {
            Written.Add($"{path} = {value}");
            if (path.EndsWith("/export", StringComparison.Ordinal))
            {
                Export(path.Replace("export", $"pwm{value}", StringComparison.Ordinal), 0, 0, 0);
                return;
            }

            var channel = path[..path.LastIndexOf('/')];
            _values.ContainsKey(path).ShouldBeTrue();
            _values[path] = long.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
            if (_values[$"{channel}/duty_cycle"] > _values[$"{channel}/period"] || (_values[$"{channel}/enable"] == 1 && _values[$"{channel}/period"] == 0))
                throw new IOException("Invalid argument");
        }
    }
}
